"""``kihonkeikaku remove``."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.completion import complete_measures
from kihonkeikaku.cli.editing import DryRun, PlanOption, finish_edit
from kihonkeikaku.cli.parameters import Quiet

if TYPE_CHECKING:
    from kihonkeikaku.drafting.plan_edit import PlanEdit


class OutcomeChoice(StrEnum):
    """What can become of a measure."""

    COMPLETED = "completed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
    ABOLISHED = "abolished"


def remove(  # noqa: PLR0913, PLR0917 # one for each option of the command
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="取組の識別子", autocompletion=complete_measures),
    ],
    became: Annotated[
        OutcomeChoice | None,
        typer.Option("--became", help="どうなったか：完了、統合、分割、移管、廃止"),
    ] = None,
    into: Annotated[
        list[str] | None,
        typer.Option(
            "--into", metavar="ID", help="統合・分割の先の取組", autocompletion=complete_measures
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="理由")] = None,
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> int:
    """取組を除き、前の版にあったものなら、どうなったかを記録します。"""
    from kihonkeikaku.drafting.plan_edit import open_for_editing
    from kihonkeikaku.drafting.removal import needs_outcome, remove_measure

    edit = open_for_editing(plan)
    successors = tuple(into or ())
    if became is None and sys.stdin.isatty() and needs_outcome(edit, id):
        became, asked = _ask(edit, id)
        successors = successors or asked
    remove_measure(edit, id, became.value if became else None, successors, reason)
    code = finish_edit(edit, dry_run=dry_run, quiet=quiet)
    if (became or successors or reason) and not needs_outcome(edit, id):
        print(f"前の版に「{id}」はないため、どうなったかは記録していません。", file=sys.stderr)
    return code


def _ask(edit: "PlanEdit", id: str) -> tuple[OutcomeChoice, tuple[str, ...]]:
    """Asks on the terminal what became of a measure, and into which it went."""
    from kihonkeikaku.model.plan import OUTCOME_NAMES

    names = {japanese: key for key, japanese in OUTCOME_NAMES.items()}
    while True:
        answer = typer.prompt(f"取組「{id}」はどうなりましたか（{'、'.join(names)}）").strip()
        answer = names.get(answer, answer)
        if answer in OUTCOME_NAMES:
            break
    into = ""
    if answer in ("merged", "split"):
        into = typer.prompt("行き先の取組の識別子（いくつかあれば空白で区切ります）")
    return OutcomeChoice(answer), tuple(into.split())
