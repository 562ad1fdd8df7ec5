"""``kihonkeikaku move``."""

from typing import Annotated

import typer

from kihonkeikaku.cli.completion import complete_headings, complete_placed
from kihonkeikaku.cli.editing import (
    AfterOption,
    BeforeOption,
    DryRun,
    PlanOption,
    finish_edit,
    read_anchor,
)
from kihonkeikaku.cli.parameters import Quiet


def move(  # noqa: PLR0913, PLR0917 # one for each option of the command
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="取組か見出しの識別子", autocompletion=complete_placed),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="SECTION", help="移す先の見出し", autocompletion=complete_headings
        ),
    ],
    after: AfterOption = None,
    before: BeforeOption = None,
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> int:
    """取組か見出しを、別の見出しの下に移します。"""
    from kihonkeikaku.drafting import placement
    from kihonkeikaku.drafting.plan_edit import open_for_editing

    edit = open_for_editing(plan)
    placement.move(edit, id, to, read_anchor(after, before))
    return finish_edit(edit, dry_run=dry_run, quiet=quiet)
