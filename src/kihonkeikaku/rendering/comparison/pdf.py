"""The comparison of two editions as a PDF."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.rendering.comparison.report import ComparisonReport, Remark
from kihonkeikaku.rendering.comparison.table import TableCell, TableRow
from kihonkeikaku.rendering.comparison.table_options import NewSide
from kihonkeikaku.rendering.comparison.three_columns import COLUMNS, ThreeColumnReport
from kihonkeikaku.rendering.pdf.glyph_coverage import require_printable
from kihonkeikaku.rendering.pdf.job import (
    DEFAULT_OPTIONS,
    ExpectedColumn,
    ExpectedTable,
    PdfJob,
    RenderPdfs,
)
from kihonkeikaku.rendering.templates import fill

_PARTS: Final = {"page--summary": None}
_MARGINS: Final = (16.0, 16.0, 15.0, 16.0)
"""Those of print/comparison.css, in millimetres."""
_REMARK_SHARE: Final = 0.16
"""How much of the width print/comparison.css gives to 備考."""
_AFTER: Final = ("page--aside", "page--numbers", "page--proofs")
"""Parts that may follow the table."""


def comparison_pdf(report: ComparisonReport, render: RenderPdfs) -> bytes:
    """Returns the comparison as a PDF; the same comparison gives the same bytes.

    Args:
        report: what to print.
        render: renders the pages.

    Raises:
        CommandError: one of the editions has a character that the fonts lack.
        MachineError: a library is missing, the pages could not be set, or their tables say
            something else than they should.
    """
    require_printable(_texts(report))
    markup = fill(
        "print/comparison.html.j2",
        publication=report.result.new.head.publication,
        document=report.result.new,
        tool_version=__version__,
        **report.template_values(),
    )
    [pdf] = render(PdfJob(markup, _PARTS, tables=tuple(printed_tables(report))), [DEFAULT_OPTIONS])
    return pdf


def three_column_pdf(report: ThreeColumnReport, render: RenderPdfs) -> bytes:
    """Returns the table of three editions as a PDF.

    Args:
        report: what to print.
        render: renders the pages.

    Raises:
        CommandError: one of the editions has a character that the fonts lack.
        MachineError: the pages could not be set, or their tables say something else.
    """
    values = report.template_values()
    rows = (*report.rows, *report.metadata_rows)
    require_printable(line.text for row in rows for cell in row.cells for line in cell.lines)
    document = report.previous.new
    markup = fill(
        "print/three-columns.html.j2",
        publication=document.head.publication,
        document=document,
        tool_version=__version__,
        **values,
    )
    tables = tuple(printed_three_columns(report))
    [pdf] = render(PdfJob(markup, _PARTS, tables=tables), [DEFAULT_OPTIONS])
    return pdf


def printed_three_columns(report: ThreeColumnReport) -> Iterator[ExpectedTable]:
    """Yields the texts that the tables of the PDF must hold, and the elements around them."""
    for rows, begins, ends in (
        (report.rows, "table--text", _AFTER),
        (report.metadata_rows, "table--aside", _AFTER[1:]),
    ):
        columns = (
            ExpectedColumn(name, 1 / len(COLUMNS), tuple(_cells(row.cells[at] for row in rows)))
            for at, name in enumerate(COLUMNS)
        )
        if rows:
            yield ExpectedTable(begins, ends, tuple(columns), _MARGINS)


def printed_tables(report: ComparisonReport) -> Iterator[ExpectedTable]:
    """Yields the texts that the tables of the PDF must hold, and the elements around them."""
    text, metadata = report.table.rows, report.table.metadata_rows
    remarks = report.remarks()
    if text:
        yield _table(report, text, remarks, "table--text", _AFTER)
    if metadata:
        yield _table(report, metadata, remarks[len(text) :], "table--aside", _AFTER[1:])


def _table(
    report: ComparisonReport,
    rows: Sequence[TableRow],
    remarks: Sequence[Remark],
    begins: str,
    ends: tuple[str, ...],
) -> ExpectedTable:
    options = report.table.options
    share = (1 - _REMARK_SHARE if remarks else 1) / 2
    new = ExpectedColumn(options.new_label, share, tuple(_cells(row.new for row in rows)))
    old = ExpectedColumn(options.old_label, share, tuple(_cells(row.old for row in rows)))
    sides = (new, old) if options.side is NewSide.LEFT else (old, new)
    texts = tuple(words for remark in remarks[: len(rows)] for pair in remark for words in pair)
    remark_column = (ExpectedColumn("備考", _REMARK_SHARE, texts),) if remarks else ()
    return ExpectedTable(begins, ends, (*sides, *remark_column), _MARGINS)


def _cells(cells: Iterable[TableCell]) -> Iterator[str]:
    yield from (line.text for cell in cells for line in cell.lines)


def _texts(report: ComparisonReport) -> Iterator[str]:
    yield from (report.result.old.book_title, report.result.new.book_title)
    for row in report.table.all_rows:
        yield from (line.text for cell in (row.new, row.old) for line in cell.lines)
    for group in report.summary.groups:
        for entry in group.entries:
            yield from filter(None, (entry.text, entry.particulars, entry.reason, *entry.marks))
