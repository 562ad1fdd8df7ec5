"""The comparison of two editions as a PDF."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.rendering.comparison.options import NewSide
from kihonkeikaku.rendering.comparison.report import Remark, Sheet
from kihonkeikaku.rendering.comparison.table import Cell, Row
from kihonkeikaku.rendering.pdf.glyph_coverage import refuse_unprintable
from kihonkeikaku.rendering.pdf.job import Book, Column, PrintedTable, SetBook
from kihonkeikaku.rendering.pdf.options import PLAIN
from kihonkeikaku.rendering.pdf.renderer import set_book
from kihonkeikaku.rendering.templates import fill

_PARTS: Final = {"page--summary": None}
_MARGINS: Final = (16.0, 16.0, 15.0, 16.0)
"""Those of print/comparison.css, in millimetres."""
_REMARK_SHARE: Final = 0.16
"""How much of the width print/comparison.css gives to 備考."""
_AFTER: Final = ("page--aside", "page--numbers", "page--proofs")
"""What stands below the table, if there is any of it."""


def comparison_pdf(sheet: Sheet, set_book: SetBook = set_book) -> bytes:
    """Returns the comparison as a PDF; the same comparison gives the same bytes.

    Args:
        sheet: what to print.
        set_book: sets the pages; in this process, unless told otherwise.

    Raises:
        CommandError: one of the editions has a character that the fonts lack.
        MachineError: a library is missing, the pages could not be set, or their tables say
            something else than they should.
    """
    refuse_unprintable(_texts(sheet))
    markup = fill(
        "print/comparison.html.j2",
        publication=sheet.compared.new.head.publication,
        document=sheet.compared.new,
        tool_version=__version__,
        **sheet.values(),
    )
    [pdf] = set_book(Book(markup, _PARTS, tables=tuple(printed_tables(sheet))), [PLAIN])
    return pdf


def printed_tables(sheet: Sheet) -> Iterator[PrintedTable]:
    """Yields what the tables of the PDF must say, and where they stand."""
    of_text, of_aside = sheet.table.rows, sheet.table.aside
    remarks = sheet.remarks()
    if of_text:
        yield _table(sheet, of_text, remarks, "table--text", _AFTER)
    if of_aside:
        yield _table(sheet, of_aside, remarks[len(of_text) :], "table--aside", _AFTER[1:])


def _table(
    sheet: Sheet,
    rows: Sequence[Row],
    remarks: Sequence[Remark],
    begins: str,
    ends: tuple[str, ...],
) -> PrintedTable:
    form = sheet.table.form
    share = (1 - _REMARK_SHARE if remarks else 1) / 2
    new = Column(form.new_label, share, tuple(_cells(row.new for row in rows)))
    old = Column(form.old_label, share, tuple(_cells(row.old for row in rows)))
    sides = (new, old) if form.side is NewSide.LEFT else (old, new)
    said = tuple(words for remark in remarks[: len(rows)] for pair in remark for words in pair)
    beside = (Column("備考", _REMARK_SHARE, said),) if remarks else ()
    return PrintedTable(begins, ends, (*sides, *beside), _MARGINS)


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    yield from (line.text for cell in cells for line in cell.lines)


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.compared.old.book_title, sheet.compared.new.book_title)
    for row in (*sheet.table.rows, *sheet.table.aside):
        yield from (line.text for cell in (row.new, row.old) for line in cell.lines)
    for group in sheet.summary.groups:
        for entry in group.entries:
            yield from filter(None, (entry.text, entry.particulars, entry.reason, *entry.marks))
