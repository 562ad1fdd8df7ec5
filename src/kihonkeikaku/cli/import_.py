"""``kihonkeikaku import``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kihonkeikaku.cli.parameters import (
    EXIT_FINDINGS,
    EXIT_SUCCESS,
    PLAN_HELP,
    Quiet,
    print_for_programs,
    print_note,
)
from kihonkeikaku.errors import CommandError


class ImportFormat(StrEnum):
    """How the report of an import is printed."""

    TEXT = "text"
    JSON = "json"


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="文書（.docx、.pdf、.txt、.md）")],
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="計画を書くフォルダー（まだないか、空のもの）")
    ] = Path("plan"),
    like: Annotated[
        str | None,
        typer.Option(metavar="PLAN", help=f"識別子、府省庁、設定を引き継ぐ{PLAN_HELP}"),
    ] = None,
    format: Annotated[ImportFormat, typer.Option(help="報告の形式")] = ImportFormat.TEXT,
    quiet: Quiet = False,
) -> int:
    """Word、PDF、テキストの文書から計画を作り、どの行をどこに入れたかを報告します。"""
    from kihonkeikaku.importing.importer import import_source
    from kihonkeikaku.importing.plan_folder import require_empty, write_plan_folder
    from kihonkeikaku.importing.reading import FILE_LIMIT, read_document
    from kihonkeikaku.loading.folder import read_regular_file
    from kihonkeikaku.reports.import_report import import_json, import_text
    from kihonkeikaku.validation.linter import load_valid_plan

    require_empty(out)
    content = read_regular_file(file, FILE_LIMIT)
    if not isinstance(content, bytes):
        raise CommandError(f"{file} を読めません。{content.message}{content.hint}")
    plan = load_valid_plan(like) if like else None
    result = import_source(read_document(str(file), content), plan)
    write_plan_folder(out, result.files)
    if format is ImportFormat.JSON:
        print_for_programs(import_json(result))
    elif not quiet:
        print_note(import_text(result, out))
    return EXIT_SUCCESS if result.is_complete else EXIT_FINDINGS
