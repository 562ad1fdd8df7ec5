"""The PDF of a plan: cover, contents, body, index of ministries and colophon."""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.figures import FigureFile
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.pdf.glyph_coverage import require_printable
from kihonkeikaku.rendering.pdf.job import ExpectedBody, PdfJob
from kihonkeikaku.rendering.pdf.ministry_index import index_ministries
from kihonkeikaku.rendering.templates import fill

_PARTS: Final = {"page--cover": "表紙", "page--contents": None, "page--colophon": "奥付"}
"""The parts of the document by the id of their first element; see ``job.PdfJob``."""

_BODY_ID: Final = "page--body"
_IDS_AFTER_BODY: Final = ("page--index", "page--colophon")


def make_plan_job(
    document: Document, source_sha256: str | None, figures: tuple[FigureFile, ...] = ()
) -> PdfJob:
    """Returns the job that renders a plan; the same plan gives the same job.

    Args:
        document: the plan.
        source_sha256: hash of the plan's files, for the colophon, where it is known.
        figures: the pictures that the plan shows.

    Raises:
        CommandError: the plan has a character that the fonts lack.
    """
    require_printable(_printed_texts(document))
    markup = fill(
        "print/plan.html.j2",
        document=document,
        head=document.head,
        terms=document.head.terms,
        lead_mark=document.head.assignments.lead,
        publication=document.head.publication,
        originals=document.originals(),
        index=index_ministries(document),
        links=_PdfLinks(document),
        source_sha256=source_sha256,
        tool_version=__version__,
    )
    pictures = {figure.file: figure.content for figure in figures}
    return PdfJob(markup, _PARTS, expected_body(document), figures=pictures)


def expected_body(document: Document) -> ExpectedBody:
    """Returns the text that the body of a plan's PDF must show, and where the body is."""
    return ExpectedBody(tuple(document.blocks()), _BODY_ID, _IDS_AFTER_BODY)


def _printed_texts(document: Document) -> Iterator[str]:
    """Yields all text of the plan that is printed: about the edition, then the body."""
    head, publication = document.head, document.head.publication
    yield document.book_title
    yield document.contents_title
    for basis in head.basis:
        yield basis.law + basis.number + basis.article
    yield from filter(None, (head.subtitle, head.edition.label, document.date_line))
    if publication:
        texts = (publication.publisher, publication.attribution, publication.notice)
        yield from filter(None, (*texts, publication.document_number))
    yield from document.blocks()


class _PdfLinks:
    """Links of the plan's pieces (see pieces.html.j2) within the PDF.

    They lead from a measure to its first reprint, and from its ministries to their index.
    """

    def __init__(self, document: Document) -> None:
        self._reprints = document.first_reprints()

    def to(self, anchor: str) -> str:
        """Returns the link to an element."""
        return f"#{anchor}"

    def to_figure(self, file: str) -> str:
        """Returns the address of a picture that comes with the job."""
        return f"asset:{file}"

    def of_label(self, measure: NumberedMeasure) -> str | None:
        """Returns the link to the first reprint of a measure, if there is one."""
        reprint = None if measure.reprint else self._reprints.get(measure.measure)
        return self.to(reprint.anchor) if reprint else None

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Returns the link to the ministry's measures in the index."""
        return f"#page--ministry--{ministry.id}"
