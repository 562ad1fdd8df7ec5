"""``kihonkeikaku send``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_SUCCESS, PlanArgument, Quiet, print_note
from kihonkeikaku.errors import CommandError


class SheetKind(StrEnum):
    """What kind of file a sheet is."""

    DOCX = "docx"


def send(  # noqa: PLR0913, PLR0917 # one for each option of the command
    kind: Annotated[SheetKind, typer.Argument(metavar="KIND", help="docx（Word）")],
    out: Annotated[
        Path, typer.Option(metavar="PATH", help="出力先のファイル（--each ではフォルダー）")
    ],
    plan: PlanArgument = "plan",
    ministry: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="この府省庁に関わる取組だけにします（例：経産省）。"),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="担当のある府省庁ごとに一つずつ作ります。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """府省庁に送る紙（Word）を作り、送ったものの控えを計画の sheets に残します。"""
    from kihonkeikaku.consultation.sheet_files import write_sheets

    assert kind is SheetKind.DOCX, "there is no other kind"
    if ministry and each:
        raise CommandError("--ministry と --each は、どちらか一方だけにしてください。")
    for path, record in write_sheets(plan, out, ministry, each=each):
        if not quiet:
            print_note(f"{path} を作りました（控え {record}）。")
    return EXIT_SUCCESS
