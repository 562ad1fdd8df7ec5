"""What several commands share: exit codes, arguments and options, and output for programs."""

import io
import sys
from typing import Annotated, Final

import typer

from kihonkeikaku.system.output_streams import lossy_stream

EXIT_SUCCESS: Final = 0
EXIT_FINDINGS: Final = 1
"""Findings of severity error; or differences, where they were asked for by exit code."""
EXIT_FAULT: Final = 3
"""A fault of the program or of the machine. A ``CommandError`` brings its own code, mostly 2."""
EXIT_PARTIAL: Final = 4
"""``verify`` could compare only part of an edition, and found nothing wrong with that."""
EXIT_INTERRUPTED: Final = 130

PLAN_HELP: Final = "計画：フォルダー、決定された版のファイルか識別子、または git の版（REV:FOLDER）"
PlanArgument = Annotated[str, typer.Argument(metavar="[PLAN]", help=PLAN_HELP)]
Against = Annotated[str | None, typer.Option(metavar="PLAN", help="比べる前の版")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="経過を表示しません。")]


def print_for_programs(document: str) -> None:
    """Prints what programs read: in UTF-8, whatever the console's encoding."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(document)


def print_note(line: str) -> None:
    """Prints what a command has made, which is there whether or not anybody can read of it."""
    try:
        print(line, flush=True)
    except OSError:  # what is left in the buffer must not fail again
        sys.stdout = lossy_stream(None)
