"""Slips of the pen, as drafters make them: each is answered where it is, and the advice mends it.

``slips.yaml`` holds them as data. Each is an edit of one file of ``PLAN``: ``old`` (once in the
file) becomes ``new``; a file that is not in the plan is added, and one whose ``new`` is null is
left out. ``edits`` are several such. ``found`` is the finding, ``rule line:column``, in ``file``
unless it names another one before that. ``advice`` is what its message or hint has to say.
``also`` lists further findings; there may be no others. ``mended`` is what ``old`` becomes when
the advice is followed, where that is not what it was before; with ``fix``, ``validate --fix`` does
it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.finding import Finding
from kihonkeikaku.validation.fixer import fix_plan
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant

PLAN: Final = {
    **SAMPLE,
    "chapters/vision.yaml": """\
id: vision
title: 基本構想
body:
  - id: vision-goal
    plain: 国民の誰もが使える社会を築く。
  - 安全な環境の整備
  - note: 詳細は別に示す
  - bullet: [これまでの, {ref: alpha}, を踏まえた対応]
""",
    "chapters/promotion.yaml": """\
id: promotion
title: 必要な事項
measures:
  - reprint: alpha
""",
    "measures/beta.yaml": """\
id: beta
text: 施策
assignments:
  - ministry: 経産省
    role: lead
  - ministry: 文科省
body:
  - 調査の実施
  - plain: '「AI」の調査'
""",
}

SLIPS: Final[list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "slips.yaml").read_text("utf-8")
)


def edited(slip: Mapping[str, Any], key: str) -> dict[str, str | bytes | None]:
    """The plan with a slip in it (``new``), or with the slip mended (``mended``)."""
    files: dict[str, str | bytes | None] = dict(PLAN)
    for edit in slip.get("edits", [slip]):
        file, text = edit["file"], files.get(edit["file"])
        new = edit[key] if key in edit else edit.get("old")
        if "old" in edit and new is not None:
            assert isinstance(text, str) and text.count(edit["old"]) == 1, edit
            files[file] = text.replace(edit["old"], new)
        elif "old" not in edit or key in edit:
            files[file] = new
    return files


def findings(folder: Path) -> list[Finding]:
    return list(lint(load(str(folder))).findings)


def place(finding: Finding, folder: Path, file: str) -> str:
    named = finding.position.file.removeprefix(f"{folder}/")
    prefix = "" if named == file else f"{named} "
    return f"{prefix}{finding.rule} {finding.position.line}:{finding.position.column}"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip["slip"])
def test_slip_is_answered_where_it_is(slip: dict[str, Any], tmp_path: Path) -> None:
    assert findings(plant(tmp_path / "before", PLAN)) == []
    folder = plant(tmp_path / "slip", edited(slip, "new"))
    file = slip.get("edits", [slip])[0]["file"]
    found = findings(folder)
    told = [place(finding, folder, file) for finding in found]
    expected = slip["found"]
    assert sorted(told) == sorted([expected, *slip.get("also", [])])
    first = found[told.index(expected)]
    assert slip["advice"] in first.message + first.hint
    assert findings(plant(tmp_path / "mended", edited(slip, "mended"))) == []
    if slip.get("fix"):
        fix_plan(str(folder), lint)
        assert findings(folder) == []
        fixed = {name: (folder / name).read_text("utf-8") for name in PLAN}
        assert fixed == edited(slip, "mended")


def test_there_are_400_slips_and_each_has_a_name() -> None:
    assert len({slip["slip"] for slip in SLIPS}) == len(SLIPS) >= 400
