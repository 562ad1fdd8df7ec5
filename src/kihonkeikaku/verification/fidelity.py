"""What the pages and PDFs of an edition say, beside what its plan says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.fidelity import compare_measure_page, compare_plan_page
from kihonkeikaku.verification.problem import Kind, Problem

HTML: Final = "html/"
PDFS: Final = ("pdf/plan.pdf", "pdf/plan-draft.pdf")


def page_of_measure(id: str) -> str:
    """Returns the path of a measure's page within an edition."""
    return HTML + urls.measure_page(id)


def measures_by_page(document: Document) -> dict[str, NumberedMeasure]:
    """Returns the measures of a plan by the paths of their pages."""
    return {page_of_measure(id): item for id, item in document.originals().items()}


def missing_pages(
    document: Document, earlier: Sequence[Document], present: frozenset[str]
) -> Iterator[Problem]:
    """Yields the pages that an HTML edition must have and that aren't there.

    Each measure keeps its address for ever, and so does each ministry.

    Args:
        document: the plan.
        earlier: the editions before it.
        present: the paths of all files of the edition.
    """
    needed = {HTML + urls.PLAN: "計画の全文"}
    for each in (document, *earlier):
        needed |= {page_of_measure(id): f"取組「{id}」" for id in each.originals()}
        needed |= {
            HTML + urls.ministry_page(ministry.id): f"府省庁「{ministry.id}」"
            for ministry in each.ministries
        }
    for path, what in needed.items():
        if path not in present:
            yield Problem(path, Kind.MISSING, f"{what}のページがありません。")


def page_problems(
    path: str, page: str, document: Document, measures: Mapping[str, NumberedMeasure]
) -> Iterator[Problem]:
    """Yields what a page says that the plan doesn't: of the whole plan, and of each measure.

    Args:
        path: the page's path within the edition.
        page: the page.
        document: the plan.
        measures: its measures by the paths of their pages.
    """
    if path == HTML + urls.PLAN:
        difference = compare_plan_page(page, document)
        if difference:
            yield Problem(path, Kind.TEXT, f"本文が計画と違います（{difference}）。")
        return
    item = measures.get(path)
    wrong = item and compare_measure_page(page, item)
    if wrong:
        yield Problem(path, Kind.TEXT, f"本文が計画と違います（{wrong}）。")


def pdf_problems(path: str, pdf: bytes, document: Document) -> Iterator[Problem]:
    """Yields what the body of a PDF says that the plan doesn't."""
    # Late: only who has a PDF to check needs its reader.
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    from kihonkeikaku.rendering.pdf.plan import body_of  # noqa: PLC0415
    from kihonkeikaku.rendering.pdf.read_text import unfaithful_pdf  # noqa: PLC0415

    try:
        wrong = unfaithful_pdf(pdf, body_of(document))
    except PdfiumError:
        yield Problem(path, Kind.UNREADABLE, "PDF として読めません。")
        return
    if wrong:
        yield Problem(path, Kind.TEXT, f"本文が計画と違います（{wrong}）。")
