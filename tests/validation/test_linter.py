"""``is_valid`` runs the rules that find errors only, and agrees with ``lint``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import is_valid, lint
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant


def with_text(text: str, severity: str = "") -> dict[str, str]:
    """The sample with another text, and another severity of the rule mixed-comma."""
    setting = f"rules:\n  - {{rule: mixed-comma, severity: {severity}, reason: 試し}}\n"
    return {
        "plan.yaml": SAMPLE["plan.yaml"] + (setting if severity else ""),
        "measures/alpha.yaml": f"id: alpha\ntext: {text}\nassignments:\n  - ministry: 経産省\n",
    }


MIXED: Final = "取組，施策、計画"
WAIVED: Final = f"{MIXED} # allow mixed-comma: 引用"

PLANS: Final[Mapping[str, tuple[Mapping[str, str], bool]]] = {
    "nothing wrong": ({}, True),
    "a warning": (with_text(MIXED), True),
    "a warning made an error": (with_text(MIXED, "error"), False),
    "a warning made a note": (with_text(MIXED, "note"), True),
    "a warning made an error, and waived": (with_text(WAIVED, "error"), True),
    "a waiver that waives nothing": (with_text("取組 # allow mixed-comma: 試し"), True),
    "an error in a file": (with_text("["), False),
    "an error between files": ({"measures/gamma.yaml": "id: gamma\ntext: 取組\n"}, False),
}


@pytest.mark.parametrize(("changes", "is_valid_plan"), PLANS.values(), ids=PLANS.keys())
def test_plan_is_valid_if_lint_finds_no_error(
    changes: Mapping[str, str], is_valid_plan: bool, tmp_path: Path
) -> None:
    loaded = load(str(plant(tmp_path / "plan", changes)))
    result = lint(loaded)
    assert result.has_errors is not is_valid_plan, result.findings
    assert is_valid(loaded) is is_valid_plan


def test_plan_of_this_repository_is_valid() -> None:
    assert is_valid(load(str(REPOSITORY / "plan")))
