"""Adopted editions beside a plan become the history that its pages tell."""

import json
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import freeze, hash_content
from kihonkeikaku.model.plan_head import FORMAT
from kihonkeikaku.validation.linter import load_valid
from tests.sample import SUPERSEDING, plant


def adopt_first(plan: Path, text: str = "前の文") -> Path:
    """Adopts the sample as its own predecessor, with another text of one measure."""
    planted = plant(plan, {})
    content = json.loads(freeze(load_valid(str(planted)).draft.plan()))["plan"]
    content["head"]["edition"] = {"id": "first", "stage": "決定"}
    content["measures"][0]["text"] = text
    (planted / "plan.yaml").write_text(SUPERSEDING)
    return write(planted, content)


def write(plan: Path, content: dict[str, object]) -> Path:
    edition = {"format": FORMAT, "sha256": hash_content(content), "plan": content}
    (plan / "editions").mkdir(exist_ok=True)
    (plan / "editions" / "first.json").write_text(json.dumps(edition, ensure_ascii=False))
    return plan


def build(plan: Path, out: Path) -> int:
    return cli.run(["build", str(plan), "--only", "html", "--out", str(out), "--quiet"])


def test_a_measures_page_tells_how_the_adopted_edition_worded_it(tmp_path: Path) -> None:
    assert build(adopt_first(tmp_path / "plan"), tmp_path / "out") == 0
    page = (tmp_path / "out/html/measures/alpha.html").read_text("utf-8")
    assert "版ごとの経緯" in page
    assert "前の文【経産省】" in page


def test_an_adopted_edition_that_contradicts_itself_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = adopt_first(tmp_path / "plan")
    content = json.loads((plan / "editions" / "first.json").read_text("utf-8"))["plan"]
    content["measures"][1]["assignments"][0]["ministry"] = "ない省"
    write(plan, content)
    assert build(plan, tmp_path / "out") != 0
    message = "決定された版の記録の「ない省」は、ないものを指す識別子です。"
    assert message in "".join(capsys.readouterr())
    assert not (tmp_path / "out").exists()
