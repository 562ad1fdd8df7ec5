"""``kihonkeikaku build``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_SUCCESS, PlanArgument, Quiet, print_note

if TYPE_CHECKING:
    from kihonkeikaku.publishing.transaction import PublishedEdition


def build(  # noqa: PLR0913, PLR0917 # one parameter an option
    plan: PlanArgument = "plan",
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="出力先")] = Path("build/edition"),
    only: Annotated[str, typer.Option(help="作るもの（html、pdf、docx をコンマで）")] = "html,pdf",
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="PLAN", help="比べる前の版（いくつでも。初めのものが主です）"),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="行番号と資料番号のある PDF（plan-draft.pdf）も作ります。"),
    ] = False,
    pdf_variant: Annotated[
        str, typer.Option(metavar="V", help="PDF の種類（pdf/ua-1、保存用の pdf/a-3u など）")
    ] = "pdf/ua-1",
    afresh: Annotated[
        bool, typer.Option("--afresh", help="変わっていないものも、すべて作り直します。")
    ] = False,
    quiet: Quiet = False,
) -> int:
    """HTML と PDF の版を作ります。誤りがあれば何も作りません。"""
    from kihonkeikaku.publishing.edition_builder import BuildRequest, parse_only
    from kihonkeikaku.publishing.edition_builder import build as build_edition
    from kihonkeikaku.publishing.output_folder import resolve_output_folder
    from kihonkeikaku.rendering.pdf.job import PdfOptions, parse_variant
    from kihonkeikaku.system.terminal import progress_reporter

    request = BuildRequest(
        plan, tuple(against or ()), parse_only(only), PdfOptions(parse_variant(pdf_variant), draft)
    )
    with progress_reporter(quiet) as report_progress:
        published = build_edition(
            request, resolve_output_folder(out), report_progress, from_scratch=afresh
        )
    _report(out, published, quiet)
    return EXIT_SUCCESS


def _report(out: Path, published: "PublishedEdition | None", quiet: bool) -> None:
    """Says what was made, if anything was, and what the user has to know about it."""
    from kihonkeikaku.publishing.staging import ExchangeMethod

    if not published:
        if not quiet:
            print_note(f"{out} は、このままで最新です（何も変わっていません）。")
        return
    if published.method is ExchangeMethod.TWO_RENAMES:
        print(
            f"{out} を二段階で置き換えました。このファイルシステムには、"
            "フォルダーを一度に入れ替える機能がありません。",
            file=sys.stderr,
        )
    if published.leftover:
        print(
            f"前の版を消しきれませんでした（{published.leftover}）。"
            "それを消せる人の次の build が片付けます。",
            file=sys.stderr,
        )
    if not quiet:
        print_note(f"{out} に作りました（{_amount(published)}）。")


def _amount(published: "PublishedEdition") -> str:
    total = sum(file.size for file in published.files.values())
    reused = f"、うち変わらないもの {published.reused} 個" if published.reused else ""
    return f"ファイル {len(published.files)} 個{reused}、{total / 1_000_000:.1f} MB"
