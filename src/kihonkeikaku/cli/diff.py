"""``kihonkeikaku diff``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kihonkeikaku.cli.parameters import EXIT_FINDINGS, EXIT_SUCCESS, PLAN_HELP, print_for_programs
from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.comparison.table_options import (
    NewSide,
    Remarks,
    SideLabels,
    TableOptions,
    UnderlineStyle,
)

if TYPE_CHECKING:
    from kihonkeikaku.diff.comparison import ComparisonResult
    from kihonkeikaku.rendering.comparison.three_columns import ThreeColumnReport
    from kihonkeikaku.validation.linter import LoadedPair


class DiffFormat(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    REDLINE = "redline"
    AMENDMENT = "amendment"


_FOR_FILES = (DiffFormat.PDF, DiffFormat.DOCX, DiffFormat.REDLINE)
"""Formats that are no text."""


def diff(  # noqa: PLR0913, PLR0917 # one parameter an option
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"前の{PLAN_HELP}")],
    new: Annotated[str | None, typer.Argument(metavar="[NEW]", help="新しい計画")] = None,
    current: Annotated[
        str | None,
        typer.Argument(
            metavar="[CURRENT]",
            help="現行の計画。OLD を前回の案、NEW を今回の案とした三段表（html、pdf）になります。",
        ),
    ] = None,
    format: Annotated[DiffFormat, typer.Option(help="出力の形式")] = DiffFormat.TEXT,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="出力先")] = None,
    ministry: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="この府省庁に関わる変更だけを示します（例：経産省）。"),
    ] = None,
    noise: Annotated[
        bool,
        typer.Option(
            "--noise", help="表記だけの変更（空白、送り仮名など）も示します（text、md）。"
        ),
    ] = False,
    side: Annotated[
        NewSide, typer.Option(help="新旧対照表（html、pdf、docx）：新しい版を置く側")
    ] = NewSide.LEFT,
    labels: Annotated[SideLabels, typer.Option(help="新旧対照表：欄の名前")] = SideLabels.DRAFT,
    remarks: Annotated[
        Remarks, typer.Option(help="新旧対照表：備考欄（なし、区分、理由）")
    ] = Remarks.NONE,
    style: Annotated[
        UnderlineStyle, typer.Option(help="新旧対照表：傍線の引き方（通常、府省令方式）")
    ] = UnderlineStyle.NATIONAL,
    links: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="変更のあるファイルへのリンクの元（md。https://…/blob/<commit> の形）",
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="違いがあれば 1 で終わります。")
    ] = False,
) -> int:
    """二つの版の違いを示します。OLD だけなら、改める版（supersedes）か plan と比べます。"""
    from kihonkeikaku.diff.comparison import compare_editions
    from kihonkeikaku.loading.plan_resolver import named_record
    from kihonkeikaku.publishing.output_folder import require_writable_file, write_output_file
    from kihonkeikaku.system.terminal import supports_colour
    from kihonkeikaku.validation.linter import load_plan_pair

    if ministry and format in (DiffFormat.AMENDMENT, DiffFormat.REDLINE):
        name = "改め文" if format is DiffFormat.AMENDMENT else "見え消し"
        raise CommandError(
            f"{name}は全体で一つなので、--ministry で一部だけを示すことはできません。"
        )
    if links is not None and not links.startswith(("https://", "http://")):
        raise CommandError("--links には、https:// で始まるアドレスを書いてください。")
    if out:
        plans = [plan for plan in (old, new, current) if plan]
        require_writable_file(out, [named_record(plan) or plan for plan in plans])
    if new and current:
        return _three_columns((old, new, current), format, out, ministry, exit_code=exit_code)
    pair = load_plan_pair(old, new)
    result = compare_editions(
        pair.old.draft.plan(), pair.new.draft.plan(), ministry, pair.new.draft.adopted, pair.refs
    )
    options = TableOptions(side, labels, remarks, style)
    if out:
        write_output_file(
            out, _render(result, pair, format, options, links, colour=False, noise=noise)
        )
    else:
        _require_no_terminal(format)
        colour = supports_colour(sys.stdout)
        _print(_render(result, pair, format, options, links, colour=colour, noise=noise), format)
    return EXIT_FINDINGS if exit_code and result.shown.changes else EXIT_SUCCESS


def _three_columns(
    plans: tuple[str, str, str],
    format: DiffFormat,
    out: Path | None,
    ministry: str | None,
    *,
    exit_code: bool,
) -> int:
    """Shows 「前回の案｜今回の案｜現行」, the last draft, the present one, the edition in force."""
    from kihonkeikaku.diff.comparison import compare_editions
    from kihonkeikaku.publishing.output_folder import write_output_file
    from kihonkeikaku.rendering.comparison.three_columns import three_column_report
    from kihonkeikaku.validation.linter import load_plans

    if ministry or format not in (DiffFormat.HTML, DiffFormat.PDF):
        raise CommandError(
            "三つの版は、全体の表として並べます。--format html か --format pdf を指定し、"
            "--ministry は書かないでください。"
        )
    previous, new, current = plans
    olds, after = load_plans([previous, current], new)
    results = [
        compare_editions(
            old.draft.plan(),
            after.draft.plan(),
            adopted=after.draft.adopted,
            refs=(old.ref, after.ref),
        )
        for old in olds
    ]
    report = three_column_report(results[0], results[1])
    if not out:
        _require_no_terminal(format)
    page = _render_three_columns(report, format)
    if out:
        write_output_file(out, page)
    else:
        _print(page if format is DiffFormat.PDF else page.decode(), format)
    differs = any(result.comparison.changes for result in results)
    return EXIT_FINDINGS if exit_code and differs else EXIT_SUCCESS


def _render_three_columns(report: "ThreeColumnReport", format: DiffFormat) -> bytes:
    if format is DiffFormat.HTML:
        from kihonkeikaku.rendering.comparison.html import three_column_file

        return three_column_file(report)
    from kihonkeikaku.rendering.comparison.pdf import three_column_pdf
    from kihonkeikaku.rendering.pdf.worker_client import PdfWorker

    with PdfWorker() as worker:
        return three_column_pdf(report, worker.render)


def _require_no_terminal(format: DiffFormat) -> None:
    if format in _FOR_FILES and sys.stdout.isatty():
        name = "PDF" if format is DiffFormat.PDF else "Word"
        raise CommandError(f"{name} は端末に表示できません。--out FILE で出力先を書いてください。")


def _print(report: str | bytes, format: DiffFormat) -> None:
    from kihonkeikaku.system.pager import print_paged

    if isinstance(report, bytes):
        sys.stdout.buffer.write(report)
    elif format is DiffFormat.TEXT:
        print_paged(report)
    else:
        print_for_programs(report.removesuffix("\n"))


def _render(  # noqa: PLR0913 # all that some format needs
    result: "ComparisonResult",
    pair: "LoadedPair",
    format: DiffFormat,
    options: TableOptions,
    links: str | None,
    *,
    colour: bool,
    noise: bool,
) -> str | bytes:
    """Returns the comparison in a format; text ends with a line end."""
    from kihonkeikaku.amendment.amendment import amendment_or_notice, proved_amendment

    match format:
        case DiffFormat.JSON:
            from kihonkeikaku.reports.changes import changes_json

            return changes_json(result) + "\n"
        case DiffFormat.MARKDOWN:
            from kihonkeikaku.reports.changes_markdown import changes_markdown

            return changes_markdown(result, pair, links=links, noise=noise) + "\n"
        case DiffFormat.HTML:
            from kihonkeikaku.rendering.comparison.html import comparison_file
            from kihonkeikaku.rendering.comparison.report import comparison_report

            return comparison_file(
                comparison_report(result, options, amendment_or_notice(*result.plans)[1])
            ).decode()
        case DiffFormat.PDF | DiffFormat.DOCX | DiffFormat.REDLINE:
            return _render_file(result, format, options)
        case DiffFormat.AMENDMENT:
            return proved_amendment(*result.plans)[0]
    from kihonkeikaku.reports.changes import changes_text

    return changes_text(result, colour=colour, noise=noise) + "\n"


def _render_file(result: "ComparisonResult", format: DiffFormat, options: TableOptions) -> bytes:
    """Returns the comparison in a format that is no text."""
    from kihonkeikaku.amendment.amendment import amendment_or_notice
    from kihonkeikaku.rendering.comparison.report import comparison_report

    if format is DiffFormat.REDLINE:
        from kihonkeikaku.rendering.word.redline_docx import redline_docx

        return redline_docx(result)
    if format is DiffFormat.DOCX:
        from kihonkeikaku.rendering.word.comparison_docx import comparison_docx

        report = comparison_report(result, options, amendment_or_notice(*result.plans)[1])
        return comparison_docx(report)
    from kihonkeikaku.rendering.comparison.pdf import comparison_pdf
    from kihonkeikaku.rendering.pdf.worker_client import PdfWorker

    with PdfWorker() as worker:
        report = comparison_report(result, options, amendment_or_notice(*result.plans)[1])
        return comparison_pdf(report, worker.render)
