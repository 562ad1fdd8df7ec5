"""Whether a plan is sound is what a full check says of it, errors alone looked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import is_valid, lint
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant


def saying(text: str, severity: str = "") -> dict[str, str]:
    """The sample with another text, and another severity of what it has to do with."""
    setting = f"rules:\n  - {{rule: mixed-comma, severity: {severity}, reason: 試し}}\n"
    return {
        "plan.yaml": SAMPLE["plan.yaml"] + (setting if severity else ""),
        "measures/alpha.yaml": f"id: alpha\ntext: {text}\nassignments:\n  - ministry: 経産省\n",
    }


MIXED: Final = "取組，施策、計画"
WAIVED: Final = f"{MIXED} # allow mixed-comma: 引用"

PLANS: Final[Mapping[str, tuple[Mapping[str, str], bool]]] = {
    "nothing wrong": ({}, True),
    "a warning": (saying(MIXED), True),
    "a warning made an error": (saying(MIXED, "error"), False),
    "a warning made a note": (saying(MIXED, "note"), True),
    "a warning made an error, and waived": (saying(WAIVED, "error"), True),
    "a waiver that waives nothing": (saying("取組 # allow mixed-comma: 試し"), True),
    "an error in a file": (saying("["), False),
    "an error between files": ({"measures/gamma.yaml": "id: gamma\ntext: 取組\n"}, False),
}


@pytest.mark.parametrize(("changes", "sound"), PLANS.values(), ids=PLANS.keys())
def test_it_is_sound_if_a_check_finds_no_error(
    changes: Mapping[str, str], sound: bool, tmp_path: Path
) -> None:
    loaded = load(str(plant(tmp_path / "plan", changes)))
    checked = lint(loaded)
    assert checked.has_errors is not sound, checked.findings
    assert is_valid(loaded) is sound


def test_ours_is() -> None:
    assert is_valid(load(str(REPOSITORY / "plan")))
