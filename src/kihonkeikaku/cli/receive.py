"""``kihonkeikaku receive``."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from kihonkeikaku.cli.editing import DryRun, PlanOption
from kihonkeikaku.cli.parameters import EXIT_FINDINGS, EXIT_SUCCESS, print_for_programs


class ReceiptFormat(StrEnum):
    """How what came back is printed."""

    TEXT = "text"
    MARKDOWN = "md"
    JSON = "json"


def receive(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="返ってきた Word のファイル")],
    take: Annotated[
        list[str] | None,
        typer.Option(metavar="all-clean|ID", help="計画に取り込むもの（何度でも書けます）"),
    ] = None,
    format: Annotated[ReceiptFormat, typer.Option(help="出力の形式")] = ReceiptFormat.TEXT,
    plan: PlanOption = "plan",
    dry_run: DryRun = False,
) -> int:
    """返ってきた紙を、送った文、いまの計画と照らします。--take がなければ何も書き換えません。"""
    from kihonkeikaku.consultation import receipt_report
    from kihonkeikaku.consultation.bins import sort_into_bins
    from kihonkeikaku.consultation.sheet_files import open_consulted_plan, read_sheets
    from kihonkeikaku.consultation.taking_in import take_units
    from kihonkeikaku.system.terminal import supports_colour

    edit = open_consulted_plan(plan)
    receipt = sort_into_bins(read_sheets(files, edit), edit)
    taken = take_units(receipt, edit, take) if take else None
    match format:
        case ReceiptFormat.JSON:
            print_for_programs(receipt_report.receipt_json(receipt))
        case ReceiptFormat.MARKDOWN:
            print_for_programs(receipt_report.receipt_markdown(receipt).removesuffix("\n"))
        case ReceiptFormat.TEXT:
            text = receipt_report.receipt_text(receipt, colour=supports_colour(sys.stdout))
            print(text, end="")
    if taken and dry_run:
        print(edit.diff(), end="", file=sys.stderr)
    elif taken:
        edit.write()
        notes = [f"書き換えました：{edit.display_name(change.name)}" for change in edit.changes()]
        message = f"コミットの説明の案：\n{taken.commit_message()}"
        notes.append(message if taken.units else "取り込むものはありませんでした。")
        print("\n".join(notes), file=sys.stderr)  # beside what programs read
    return EXIT_SUCCESS if receipt.is_calm else EXIT_FINDINGS
