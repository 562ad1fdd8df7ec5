"""``kihonkeikaku validate``."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.options import FINE, FOUND, Against, PlanArgument, Quiet, print_for_programs

if TYPE_CHECKING:
    from kihonkeikaku.model.plan import Plan
    from kihonkeikaku.validation.linter import Checked


class FindingFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def validate(
    plan: PlanArgument = "plan",
    format: Annotated[FindingFormat, typer.Option(help="出力の形式")] = FindingFormat.TEXT,
    against: Against = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="直し方に疑いのないものを直し、残りを表示します。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """計画を検査し、見つかったことをすべて表示します。--fix がなければ、何も書き換えません。"""
    from kihonkeikaku.loading.loader import load
    from kihonkeikaku.reports import findings_for_programs, findings_text
    from kihonkeikaku.system.terminal import wants_colour
    from kihonkeikaku.validation.linter import check, sound_plan

    old = sound_plan(against) if against else None
    checked = _repaired(plan, old, format, quiet) if fix else check(load(plan), old)
    if format is not FindingFormat.TEXT:
        print_for_programs(findings_for_programs(checked, format.value))
    elif checked.findings or not quiet:
        print(findings_text(checked, colour=wants_colour(sys.stdout)))
    return FOUND if checked.has_errors else FINE


def _repaired(plan: str, old: "Plan | None", format: FindingFormat, quiet: bool) -> "Checked":
    """Repairs the plan, tells what was done, and returns what is left."""
    from kihonkeikaku.reports.fixes_text import repairs_text
    from kihonkeikaku.validation.fixer.fixer import MOST_REPAIRS, repair
    from kihonkeikaku.validation.linter import check

    repaired = repair(plan, lambda loaded: check(loaded, old, kept=MOST_REPAIRS))
    if repaired.fixes or repaired.left or not quiet:
        text = format is FindingFormat.TEXT
        print(repairs_text(repaired), file=sys.stdout if text else sys.stderr)
    return repaired.checked
