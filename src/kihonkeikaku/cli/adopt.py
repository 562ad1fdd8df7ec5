"""``kihonkeikaku adopt``."""

from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_SUCCESS, PlanArgument, Quiet, print_note


def adopt(
    plan: PlanArgument = "plan",
    into: Annotated[Path | None, typer.Option(metavar="FOLDER", help="記録の置き場所")] = None,
    quiet: Quiet = False,
) -> int:
    """版を決定されたものとして凍結し、editions に記録します。"""
    from kihonkeikaku.publishing import adoption
    from kihonkeikaku.validation.linter import load_valid_plan

    folder = into or adoption.editions_folder(plan)
    file = adoption.adopt(load_valid_plan(plan), folder)
    if not quiet:
        print_note(f"{file} に記録しました。")
    return EXIT_SUCCESS
