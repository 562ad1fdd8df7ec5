"""The PDF edition."""

from collections.abc import Mapping, Sequence
from typing import Final

from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.pdf.glyph_coverage import refuse_unprintable
from kihonkeikaku.rendering.pdf.job import Body, Book, SetBook
from kihonkeikaku.rendering.pdf.links import BookLinks
from kihonkeikaku.rendering.pdf.ministry_index import ministry_index
from kihonkeikaku.rendering.pdf.options import PLAIN, Impression
from kihonkeikaku.rendering.pdf.renderer import set_book
from kihonkeikaku.rendering.template_values import edition_values, printed_texts
from kihonkeikaku.rendering.templates import fill

_PARTS: Final = {"page--cover": "表紙", "page--contents": None, "page--colophon": "奥付"}
"""The parts of the book by the id of their first element: the label of their pages, or numbers."""

_BODY_BEGINS: Final = "page--body"
_BODY_ENDS: Final = ("page--index", "page--colophon")


def plan_pdf(document: Document, source_sha256: str | None) -> bytes:
    """Returns the whole plan as a PDF: ``plan_pdfs`` without a draft."""
    [pdf] = plan_pdfs(document, source_sha256, [PLAIN])
    return pdf


def plan_pdfs(
    document: Document,
    source_sha256: str | None,
    impressions: Sequence[Impression],
    set_book: SetBook = set_book,
) -> list[bytes]:
    """Returns the whole plan as PDFs, one an impression; the same plan gives the same bytes.

    Args:
        document: the plan.
        source_sha256: hash of what the plan was read from, for the colophon, where it is known.
        impressions: what to make of it; all of one variant.
        set_book: sets the pages; in this process, unless told otherwise.

    Raises:
        CommandError: the plan has a character that the fonts lack.
        MachineError: a library is missing, the pages could not be set, or their body says
            something else than the plan.
    """
    return set_book(plan_book(document, source_sha256), impressions)


def plan_book(document: Document, source_sha256: str | None) -> Book:
    """Returns the whole plan as a book to be set.

    Args:
        document: the plan.
        source_sha256: hash of what the plan was read from, for the colophon, where it is known.

    Raises:
        CommandError: the plan has a character that the fonts lack.
    """
    refuse_unprintable(printed_texts(document))
    markup = fill(
        "print/plan.html.j2",
        source_sha256=source_sha256,
        index=ministry_index(document),
        links=BookLinks(document),
        **edition_values(document),
    )
    return Book(markup, _PARTS, body_of(document))


def body_of(document: Document) -> Body:
    """Returns what the body of a plan's PDF must say, and where it stands."""
    return Body(tuple(document.blocks()), _BODY_BEGINS, _BODY_ENDS)


def set_pages(markup: str, parts: Mapping[str, str | None]) -> bytes:
    """Returns the pages of a printed template as a PDF, set in this process and not compared."""
    [pdf] = set_book(Book(markup, parts), [PLAIN])
    return pdf
