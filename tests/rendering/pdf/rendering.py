"""Plans and pages rendered as PDFs in this process."""

from collections.abc import Sequence

from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.pdf.job import DEFAULT_OPTIONS, PdfJob, PdfOptions, RenderPdfs
from kihonkeikaku.rendering.pdf.plan_pdf import make_plan_job
from kihonkeikaku.rendering.pdf.worker import render_pdfs


def render_plan(document: Document, source_sha256: str | None = None) -> bytes:
    [pdf] = render_plans(document, source_sha256, [DEFAULT_OPTIONS])
    return pdf


def render_plans(
    document: Document,
    source_sha256: str | None,
    options: Sequence[PdfOptions],
    render: RenderPdfs = render_pdfs,
) -> list[bytes]:
    return render(make_plan_job(document, source_sha256), options)


def render_page(markup: str) -> bytes:
    [pdf] = render_pdfs(PdfJob(markup, {}), [DEFAULT_OPTIONS])
    return pdf
