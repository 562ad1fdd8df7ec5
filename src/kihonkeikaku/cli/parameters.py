"""What several commands have in common: exit codes, and how their arguments read."""

import io
import sys
from typing import Annotated, Final

import typer

FINE: Final = 0
FOUND: Final = 1

PLAN_HELP: Final = "計画：フォルダー、決定された版のファイル、または git の版（REV:FOLDER）"
PlanArgument = Annotated[str, typer.Argument(metavar="[PLAN]", help=PLAN_HELP)]
Against = Annotated[str | None, typer.Option(metavar="PLAN", help="比べる前の版")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="経過を表示しません。")]


def print_for_programs(document: str) -> None:
    """Prints what programs read: in UTF-8, whatever the console's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(document)
