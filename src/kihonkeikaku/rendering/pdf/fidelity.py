"""Whether the text of a finished PDF, read back by pypdfium2, is the text it must show.

PDFium shares no code with what has written the PDF.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from ctypes import c_float, c_int
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final
from unicodedata import normalize

import pypdfium2
from pypdfium2 import raw

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.fidelity import first_difference, page_of_difference, squeezed
from kihonkeikaku.rendering.pdf.glyph_coverage import unify_glyphs
from kihonkeikaku.rendering.pdf.job import ExpectedBody, ExpectedTable
from kihonkeikaku.text.printed_characters import compose_marks

_MILLIMETRE: Final = 72 / 25.4
"""In points, the unit of PDFs."""

_BODY_BOTTOM: Final = 22.5 * _MILLIMETRE
_BODY_TOP: Final = (297 - 24.5) * _MILLIMETRE
"""The heights between which a page shows its text; outside are the margins of style.css."""

_BROKEN_HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium returns for a hyphen at a line's end; no plan may hold these characters."""

_LIGATURES: Final = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""PDFium returns the letters that they are made of."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's label, and the text of a part of it, without white space."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class _PagePart:
    """The part of a page, given by its index, that a table takes up; heights in points."""

    page: int
    top: float
    bottom: float


def require_faithful_body(pdf: bytes, body: ExpectedBody) -> None:
    """Checks that the body of a PDF shows the text it must.

    Raises:
        MachineError: it doesn't; the message names the first difference and its page.
    """
    difference = compare_body(pdf, body)
    if difference:
        raise MachineError(f"PDF の本文が計画と違うため、中止しました（{difference}）。")


def require_faithful_tables(pdf: bytes, tables: Sequence[ExpectedTable]) -> None:
    """Checks that the tables of a PDF show the text they must.

    Raises:
        MachineError: one doesn't; the message names column, page and the first difference.
    """
    difference = compare_tables(pdf, tables)
    if difference:
        raise MachineError(f"PDF の表の文が、作った表と違うため、中止しました（{difference}）。")


def compare_body(pdf: bytes, body: ExpectedBody) -> str | None:
    """Returns how the body of a PDF differs from the text it must show, in Japanese, if at all.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return _compare(body.blocks, list(_read_body(document, body)))


def compare_tables(pdf: bytes, tables: Sequence[ExpectedTable]) -> str | None:
    """Returns how the tables of a PDF differ from the text they must show, in Japanese, if at all.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    if not tables:
        return None
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        differences = (each for table in tables for each in _compare_table(document, table))
        return next(differences, None)


def _compare(expected: Iterable[str], pages: Sequence[PageText]) -> str | None:
    """Returns the first difference between texts and pages, with its page, if there is one."""
    text = squeezed(expected).translate(_LIGATURES)
    if text == "".join(page.text for page in pages):
        return None
    # No reader can tell which of two characters a glyph stands for if it prints both, nor whether
    # a letter with its mark was one character or two.
    found = [unify_glyphs(compose_marks(page.text)) for page in pages]
    difference = first_difference(unify_glyphs(compose_marks(text)), "".join(found))
    if not difference:
        return None
    label = pages[page_of_difference(difference, found)].label if pages else "－"
    return f"ページ {label}、{difference}"


def _compare_table(document: pypdfium2.PdfDocument, table: ExpectedTable) -> Iterator[str]:
    pages = [_read_columns(document, part, table) for part in _table_parts(document, table)]
    for index, column in enumerate(table.columns):
        difference = _compare(column.cells, [page[index] for page in pages])
        if difference:
            yield f"「{column.title}」の欄、{difference}"


def _read_body(document: pypdfium2.PdfDocument, body: ExpectedBody) -> Iterator[PageText]:
    for index in _body_pages(document, body):
        page = document[index]
        text = page.get_textpage().get_text_bounded(bottom=_BODY_BOTTOM, top=_BODY_TOP)
        yield PageText(document.get_page_label(index), _normalize(text))
        page.close()  # and its text: the pages of a long document take much memory


def _normalize(text: str) -> str:
    """Returns what PDFium read without white space, and with hyphens as they were printed."""
    return squeezed([text.translate(_BROKEN_HYPHENS)])


def _body_pages(document: pypdfium2.PdfDocument, body: ExpectedBody) -> range:
    """Returns the indexes of the pages of the body."""
    first = _find_destination(document, body.first_id)
    if first is None:
        return range(0)
    ends = filter(None, (_find_destination(document, id) for id in body.end_ids))
    return range(first[0], min((page for page, _ in ends), default=len(document)))


def _find_destination(document: pypdfium2.PdfDocument, id: str) -> tuple[int, float] | None:
    """Returns the page of a named destination, by its index, and the height of its top edge."""
    found = raw.FPDF_GetNamedDestByName(document, id.encode())
    if not found:
        return None
    has_x, has_y, has_zoom, x, y, zoom = c_int(), c_int(), c_int(), c_float(), c_float(), c_float()
    raw.FPDFDest_GetLocationInPage(found, has_x, has_y, has_zoom, x, y, zoom)
    return int(raw.FPDFDest_GetDestPageIndex(document, found)), y.value


def _read_columns(
    document: pypdfium2.PdfDocument, part: _PagePart, table: ExpectedTable
) -> list[PageText]:
    """Returns the text of each column on one page, below its title."""
    page = document[part.page]
    label = document.get_page_label(part.page)
    textpage = page.get_textpage()
    texts = [
        textpage.get_text_bounded(left=left, right=right, bottom=part.bottom, top=part.top)
        for left, right in pairwise(_column_edges(page.get_width(), table))
    ]
    page.close()
    return [
        PageText(label, _normalize(text).removeprefix(_normalize(column.title)))
        for text, column in zip(texts, table.columns, strict=True)
    ]


def _column_edges(width: float, table: ExpectedTable) -> list[float]:
    _, right, _, left = (margin * _MILLIMETRE for margin in table.margins)
    shares = accumulate((column.share for column in table.columns), initial=0.0)
    return [left + (width - left - right) * share for share in shares]


def _table_parts(document: pypdfium2.PdfDocument, table: ExpectedTable) -> Iterator[_PagePart]:
    """Yields the parts of pages that a table takes up, in order."""
    start = _find_destination(document, table.first_id)
    if start is None:
        return
    ends = filter(None, (_find_destination(document, id) for id in table.end_ids))
    last, end_height = next(ends, (len(document), 0.0))
    first, start_height = start
    for index in range(first, min(last + 1, len(document))):
        height = document.get_page_size(index)[1]
        top = start_height if index == first else height - table.margins[0] * _MILLIMETRE
        bottom = end_height if index == last else table.margins[2] * _MILLIMETRE
        if bottom < top:
            yield _PagePart(index, top, bottom)
