"""``kihonkeikaku rename``."""

from typing import Annotated

import typer

from kihonkeikaku.cli.completion import complete_ids
from kihonkeikaku.cli.editing import DryRun, PlanOption, finish_edit
from kihonkeikaku.cli.parameters import Quiet


def rename(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD", help="今の識別子か、府省庁の名前", autocompletion=complete_ids
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新しい識別子か、府省庁の名前")],
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> int:
    """識別子か府省庁の名前を、使っているところのすべてで変えます。"""
    from kihonkeikaku.drafting import renaming
    from kihonkeikaku.drafting.plan_edit import open_for_editing

    edit = open_for_editing(plan)
    renaming.rename(edit, old, new)
    return finish_edit(edit, dry_run=dry_run, quiet=quiet)
