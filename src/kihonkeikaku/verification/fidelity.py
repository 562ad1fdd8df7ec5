"""Whether the text of an edition's pages and PDFs is that of its plan."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.fidelity import compare_measure_page, compare_plan_page
from kihonkeikaku.verification.problems import Problem, ProblemKind

HTML: Final = "html/"
PDFS: Final = ("pdf/plan.pdf", "pdf/plan-draft.pdf")


def measure_page_path(id: str) -> str:
    """Returns the path of a measure's page within an edition."""
    return HTML + urls.measure_page(id)


def measures_by_page(document: Document) -> dict[str, NumberedMeasure]:
    """Returns the measures of a plan by the paths of their pages."""
    return {measure_page_path(id): measure for id, measure in document.originals().items()}


def find_missing_pages(
    document: Document, earlier: Sequence[Document], present: frozenset[str]
) -> Iterator[Problem]:
    """Yields the pages that an HTML edition lacks.

    Each measure and each ministry keeps its address in all later editions.

    Args:
        document: the plan.
        earlier: the editions before it.
        present: the paths of all files of the edition.
    """
    needed = {HTML + urls.PLAN: "計画の全文"}
    for each in (document, *earlier):
        needed |= {measure_page_path(id): f"取組「{id}」" for id in each.originals()}
        needed |= {
            HTML + urls.ministry_page(ministry.id): f"府省庁「{ministry.id}」"
            for ministry in each.ministries
        }
    for path, what in needed.items():
        if path not in present:
            yield Problem(path, ProblemKind.MISSING, f"{what}のページがありません。")


def find_page_problems(
    path: str, page: str, document: Document, measures: Mapping[str, NumberedMeasure]
) -> Iterator[Problem]:
    """Yields how the text of the plan's page or of a measure's page differs from the plan.

    Args:
        path: the page's path within the edition.
        page: the page.
        document: the plan.
        measures: its measures by the paths of their pages.
    """
    if path == HTML + urls.PLAN:
        difference = compare_plan_page(page, document)
        if difference:
            yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{difference}）。")
        return
    measure = measures.get(path)
    fault = measure and compare_measure_page(page, measure)
    if fault:
        yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{fault}）。")


def find_pdf_problems(path: str, pdf: bytes, document: Document) -> Iterator[Problem]:
    """Yields how the text of a PDF's body differs from the plan."""
    # Late: only who has a PDF to check needs its reader.
    from pypdfium2 import PdfiumError  # noqa: PLC0415 # loads PDFium, which only a PDF needs

    from kihonkeikaku.rendering.pdf.fidelity import compare_body  # noqa: PLC0415 # likewise
    from kihonkeikaku.rendering.pdf.plan_pdf import expected_body  # noqa: PLC0415 # likewise

    try:
        wrong = compare_body(pdf, expected_body(document))
    except PdfiumError:
        yield Problem(path, ProblemKind.UNREADABLE, "PDF として読めません。")
        return
    if wrong:
        yield Problem(path, ProblemKind.TEXT, f"本文が計画と違います（{wrong}）。")
