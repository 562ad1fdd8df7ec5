"""``kihonkeikaku new``."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kihonkeikaku.cli.completion import complete_headings, complete_ministries
from kihonkeikaku.cli.editing import (
    AfterOption,
    BeforeOption,
    DryRun,
    PlanOption,
    finish_edit,
    read_anchor,
)
from kihonkeikaku.cli.parameters import Quiet
from kihonkeikaku.errors import CommandError


class NewKind(StrEnum):
    """What can be made."""

    MEASURE = "measure"


def new(  # noqa: PLR0913, PLR0917 # one for each option of the command
    kind: Annotated[NewKind, typer.Argument(metavar="KIND", help="measure（取組）")],
    id: Annotated[str, typer.Argument(metavar="ID", help="新しい識別子")],
    section: Annotated[
        str,
        typer.Option(
            "--in", metavar="SECTION", help="置く見出し", autocompletion=complete_headings
        ),
    ],
    after: AfterOption = None,
    before: BeforeOption = None,
    text: Annotated[str | None, typer.Option("--text", help="取組の本文")] = None,
    ministry: Annotated[
        list[str] | None,
        typer.Option(
            "--ministry",
            metavar="NAME",
            help="担当府省庁（主な府省庁は ◎経産省）",
            autocompletion=complete_ministries,
        ),
    ] = None,
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> int:
    """取組を新しく作り、見出しの下に置きます。"""
    from kihonkeikaku.drafting.placement import NewMeasure, add_measure
    from kihonkeikaku.drafting.plan_edit import open_for_editing

    assert kind is NewKind.MEASURE, "there is no other kind"
    edit = open_for_editing(plan)
    if text is None:
        if not sys.stdin.isatty():
            raise CommandError("取組の本文を --text に書いてください。")
        text = typer.prompt("取組の本文")
    measure = NewMeasure(id, text, tuple(ministry or ()))
    add_measure(edit, measure, section, read_anchor(after, before))
    return finish_edit(edit, dry_run=dry_run, quiet=quiet)
