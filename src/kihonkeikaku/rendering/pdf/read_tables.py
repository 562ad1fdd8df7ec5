"""What the tables of a finished PDF say, column by column."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from ctypes import c_float, c_int
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pypdfium2
from pypdfium2 import raw

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.job import PrintedTable
from kihonkeikaku.rendering.pdf.read_text import MILLIMETRE, PageText, as_printed, difference_in


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The part of a page, given by its index, that a table takes up; heights in points."""

    page: int
    top: float
    bottom: float


def refuse_unfaithful_tables(pdf: bytes, tables: Sequence[PrintedTable]) -> None:
    """Returns if the tables of a PDF say what they must.

    Raises:
        MachineError: one doesn't; the message names column, page and the first difference.
    """
    wrong = unfaithful_table(pdf, tables)
    if wrong:
        raise MachineError(f"PDF の表の文が、作った表と違うため、中止しました（{wrong}）。")


def unfaithful_table(pdf: bytes, tables: Sequence[PrintedTable]) -> str | None:
    """Returns where a table says something else than it must, if one does: column, page and text.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    if not tables:
        return None
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        differences = (wrong for table in tables for wrong in _differences(document, table))
        return next(differences, None)


def _differences(document: pypdfium2.PdfDocument, table: PrintedTable) -> Iterator[str]:
    pages = [_columns(document, stretch, table) for stretch in _stretches(document, table)]
    for index, column in enumerate(table.columns):
        wrong = difference_in(column.cells, [page[index] for page in pages])
        if wrong:
            yield f"「{column.title}」の欄、{wrong}"


def _columns(
    document: pypdfium2.PdfDocument, stretch: _Stretch, table: PrintedTable
) -> list[PageText]:
    """Returns what each column says on one page, below its title."""
    page = document[stretch.page]
    label = document.get_page_label(stretch.page)
    text = page.get_textpage()
    said = [
        text.get_text_bounded(left=left, right=right, bottom=stretch.bottom, top=stretch.top)
        for left, right in pairwise(_edges(page.get_width(), table))
    ]
    page.close()
    return [
        PageText(label, as_printed(one).removeprefix(as_printed(column.title)))
        for one, column in zip(said, table.columns, strict=True)
    ]


def _edges(width: float, table: PrintedTable) -> list[float]:
    _, right, _, left = (margin * MILLIMETRE for margin in table.margins)
    shares = accumulate((column.share for column in table.columns), initial=0.0)
    return [left + (width - left - right) * share for share in shares]


def _stretches(document: pypdfium2.PdfDocument, table: PrintedTable) -> Iterator[_Stretch]:
    """Yields the parts of pages that the table takes up, in order."""
    begins = _place_of(document, table.begins)
    if begins is None:
        return
    ends = next(filter(None, (_place_of(document, id) for id in table.ends)), None)
    after, end = ends or (len(document), 0.0)
    first, start = begins
    for index in range(first, min(after + 1, len(document))):
        height = document.get_page_size(index)[1]
        top = start if index == first else height - table.margins[0] * MILLIMETRE
        bottom = end if index == after else table.margins[2] * MILLIMETRE
        if bottom < top:
            yield _Stretch(index, top, bottom)


def _place_of(document: pypdfium2.PdfDocument, destination: str) -> tuple[int, float] | None:
    """Returns the page of a named destination, by its index, and the height of its top edge."""
    found = raw.FPDF_GetNamedDestByName(document, destination.encode())
    if not found:
        return None
    has_x, has_y, has_zoom, x, y, zoom = c_int(), c_int(), c_int(), c_float(), c_float(), c_float()
    raw.FPDFDest_GetLocationInPage(found, has_x, has_y, has_zoom, x, y, zoom)
    return int(raw.FPDFDest_GetDestPageIndex(document, found)), y.value
