"""Where the preview scrolls to after an edit, and beside what it puts a finding."""

import shutil
from pathlib import Path

import pytest

from kihonkeikaku.editor.shown_finding import first_change, shown_findings
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.document import Document
from kihonkeikaku.validation.linter import lint
from tests.conftest import REPOSITORY
from tests.rendering.plan_data import document


def saying(**texts: str) -> Document:
    return document(
        chapters=[{"id": "vision", "title": "章", "measures": list(texts)}],
        measures=[{"id": id, "text": text} for id, text in texts.items()],
    )


OLD = saying(first="一つめの推進", second="二つめの推進", third="三つめの推進")


@pytest.mark.parametrize(
    ("new", "anchor"),
    [
        (saying(first="一つめの推進", second="二つめの推進", third="三つめの推進"), ""),
        (saying(first="一つめの推進", second="二つめの検討", third="三つめの推進"), "second"),
        (
            saying(new="新設", first="一つめの推進", second="二つめの推進", third="三つめの推進"),
            "new",
        ),
        (saying(first="一つめの推進", third="三つめの推進"), "third"),
        (saying(first="一つめの推進", second="二つめの推進"), "second"),
        (saying(second="二つめの推進", first="一つめの推進", third="三つめの推進"), "second"),
    ],
    ids=["nothing", "worded", "added", "removed", "last-removed", "moved"],
)
def test_the_first_change_is_the_first_new_line_or_else_the_first_moved_one(
    new: Document, anchor: str
) -> None:
    assert first_change(OLD, new) == anchor


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "anchor"),
    [
        ("measures/ai-chips.yaml", "text: ", "txt: ", 4, "ai-chips"),
        ("chapters/vision.yaml", "title: ", "titel: ", 3, "vision"),
        ("ministries.yaml", "ministries:", "ministry:", 2, ""),
    ],
)
def test_a_finding_is_put_beside_what_it_is_about(  # noqa: PLR0917 # input and expectation
    tmp_path: Path, file: str, old: str, new: str, line: int, anchor: str
) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(REPOSITORY / "examples" / "next-edition", plan)
    text = (plan / file).read_text("utf-8")
    assert old in text
    (plan / file).write_text(text.replace(old, new, 1), "utf-8")
    found = {
        (one.place.rsplit(":", 1)[0], one.anchor) for one in shown_findings(lint(load(str(plan))))
    }
    assert (f"{plan / file}:{line}", anchor) in found
