"""What a finished PDF says, read by pypdfium2.

What is read back was written by another library than the one that reads it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

import pypdfium2
from pypdfium2 import raw

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.fidelity import first_difference, squeezed, where
from kihonkeikaku.rendering.pdf.glyph_coverage import one_for_each_glyph
from kihonkeikaku.rendering.pdf.job import Body

MILLIMETRE: Final = 72 / 25.4
"""In points, which PDFs measure in."""
_BODY_BOTTOM: Final = 22.5 * MILLIMETRE
_BODY_TOP: Final = (297 - 24.5) * MILLIMETRE
"""Between these heights a page holds its text; above and below are the margins of style.css."""

_BROKEN_HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium makes of a hyphen at a line's end; no plan may hold these characters."""
_LIGATURES: Final = {code: normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
"""PDFium reads them as the letters that they are made of."""


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's label, and what a part of it says, without white space."""

    label: str
    text: str


def refuse_unfaithful_pdf(pdf: bytes, body: Body) -> None:
    """Returns if the body of a PDF says what it must.

    Raises:
        MachineError: it doesn't; the message names the first difference and its page.
    """
    wrong = unfaithful_pdf(pdf, body)
    if wrong:
        raise MachineError(f"PDF の本文が計画と違うため、中止しました（{wrong}）。")


def unfaithful_pdf(pdf: bytes, body: Body) -> str | None:
    """Returns where the body of a PDF says something else than it must, if it does: page and text.

    Raises:
        pypdfium2.PdfiumError: it is no PDF.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return difference_in(body.blocks, list(_pages(document, body)))


def difference_in(texts: Iterable[str], pages: Sequence[PageText]) -> str | None:
    """Returns where pages say something else than these texts, if they do: page and text."""
    expected = squeezed(texts).translate(_LIGATURES)
    if expected == "".join(page.text for page in pages):
        return None
    # No reader can tell which of two characters a glyph stands for if it prints both.
    unify = one_for_each_glyph()
    found = [unify(page.text) for page in pages]
    difference = first_difference(unify(expected), "".join(found))
    if not difference:
        return None
    label = pages[where(difference, found)].label if pages else "－"
    return f"ページ {label}、{difference}"


def _pages(document: pypdfium2.PdfDocument, body: Body) -> Iterator[PageText]:
    for index in _body_pages(document, body.begins, body.ends):
        page = document[index]
        text = page.get_textpage().get_text_bounded(bottom=_BODY_BOTTOM, top=_BODY_TOP)
        yield PageText(document.get_page_label(index), as_printed(text))
        page.close()  # and its text: a long book would pile them up


def as_printed(text: str) -> str:
    """Returns what PDFium read without white space, and with hyphens as they were printed."""
    return squeezed([text.translate(_BROKEN_HYPHENS)])


def _body_pages(document: pypdfium2.PdfDocument, begins: str, ends: Sequence[str]) -> range:
    """Returns the pages of the body, found by the PDF's own destinations."""
    first = _page_of(document, begins)
    if first is None:
        return range(0)
    after = (page for page in (_page_of(document, id) for id in ends) if page is not None)
    return range(first, min(after, default=len(document)))


def _page_of(document: pypdfium2.PdfDocument, destination: str) -> int | None:
    found = raw.FPDF_GetNamedDestByName(document, destination.encode())
    return int(raw.FPDFDest_GetDestPageIndex(document, found)) if found else None
