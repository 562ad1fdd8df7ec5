"""HTML laid out as pages and written as PDFs: the module that calls WeasyPrint.

Imported only when a PDF is made, since WeasyPrint takes time to load and needs Pango.
"""

import logging
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Any, Final

import pydyf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.figures import MEDIA_TYPES
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.job import PdfOptions
from kihonkeikaku.rendering.pdf.line_numbers import add_line_numbers, line_table
from kihonkeikaku.rendering.pdf.weasyprint_patches import patched_weasyprint
from kihonkeikaku.rendering.pdf.weasyprint_patches.layout_tree import remove_elements
from kihonkeikaku.rendering.pdf.weasyprint_patches.page_numbers import fill_in_page_numbers
from kihonkeikaku.rendering.pdf.weasyprint_patches.pdf_writing import serialize_objects
from kihonkeikaku.rendering.pdf.weasyprint_patches.tagging import (
    describe_changes,
    describe_links,
    keep_one_area_per_link,
)
from kihonkeikaku.text.printed_characters import compose_marks

_DRAFT_ONLY: Final = "document-number"
"""The class of what only a draft shows on its first page."""

_FONT_FAMILY: Final = "kihonkeikaku "
"""The beginning of the style sheet's names for the packaged fonts."""

_SCHEME: Final = "asset:"
"""Style sheets and templates name a packaged file as ``asset:fonts/….ttf``."""

_PACKAGED_FILES: Final = {
    _SCHEME + path.relative_to(TEMPLATES).as_posix(): path
    for pattern in ("print/*.css", "fonts/*.ttf", "fonts/*.otf")
    for path in TEMPLATES.glob(pattern)
}

_CONTENT_TYPES: Final = {".css": "text/css", ".ttf": "font/ttf", ".otf": "font/otf"}

_Parts = Mapping[str, str | None]
"""Ids of the elements that open a part; a label for its pages, or None to number them from 1."""


def typeset(
    markup: str,
    parts: _Parts,
    options: Sequence[PdfOptions],
    figures: Mapping[str, str],
) -> list[bytes]:
    """Returns ``markup`` as PDFs, one for each of the options: tagged, with bookmarks and labels.

    The pages are laid out once, so that lines and pages of all PDFs break at the same places. If
    there is a draft, a CSV follows the PDFs: what stands in each numbered line, by page.

    Args:
        markup: an HTML page; it may use packaged style sheets and fonts only.
        parts: see ``job.PdfJob``.
        options: the PDFs to make of the pages; all of one variant.
        figures: the pictures in Base64 that the page may use, too; see ``job.PdfJob``.

    Raises:
        MachineError: the page asks for anything outside of the package, another font was used, or
            WeasyPrint logged a warning.
    """
    with patched_weasyprint(), _logged_warnings() as messages:
        pdfs = _lay_out_and_write(compose_marks(markup), parts, options, figures)
    if messages:
        raise _aborted(messages[0])
    return pdfs


def _lay_out_and_write(
    markup: str, parts: _Parts, options: Sequence[PdfOptions], figures: Mapping[str, str]
) -> list[bytes]:
    [variant] = {each.variant for each in options}
    try:
        html = HTML(string=markup, base_url=_SCHEME, url_fetcher=PackagedFiles(figures))
        pages = html.render(pdf_variant=variant)
        keep_one_area_per_link(pages)
        labels = _label_of_each_page(pages, parts)
        fill_in_page_numbers(pages, labels)
        lines = [line_table(pages, labels)] if any(each.draft for each in options) else []
        source = markup + "".join(figures.values())
        # Drafts first: what only they show is removed from the pages for good.
        drafts_first = sorted(options, key=lambda each: not each.draft)
        pdfs = {each: _write_pdf(pages.copy(), source, parts, each) for each in drafts_first}
    except FatalURLFetchingError as error:
        raise _aborted(f"外部の資源 {str(error)!r} が求められました") from None
    return [*(pdfs[each] for each in options), *lines]


def _write_pdf(pages: Any, source: str, parts: _Parts, options: PdfOptions) -> bytes:
    if not options.draft:
        remove_elements(pages.pages[0], _DRAFT_ONLY)
    identifier = sha256(f"{options} {source}".encode()).hexdigest()[:32]
    pdf: bytes = pages.write_pdf(
        finisher=partial(_finish, parts=parts, draft=options.draft),
        pdf_variant=options.variant,
        pdf_identifier=identifier.encode(),
        pdf_tags=True,  # not every variant implies it
    )
    return pdf


def _finish(pages: Any, pdf: pydyf.PDF, parts: _Parts, draft: bool) -> None:
    """Adds what WeasyPrint leaves out, before the file is written."""
    _require_packaged_fonts(pages)
    describe_links(pages)
    describe_changes(pdf)
    _leave_metadata_uncompressed(pdf)
    pdf.catalog["PageLabels"] = _page_labels(pages, parts)
    if draft:
        add_line_numbers(pages, pdf)
    serialize_objects(pdf)


def _leave_metadata_uncompressed(pdf: pydyf.PDF) -> None:
    """PDF/A requires metadata that can be read without a PDF reader (ISO 19005-2, 6.6.2.1)."""
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False


def _require_packaged_fonts(pages: Any) -> None:
    for font in pages.fonts.values():
        if not font.family.startswith(_FONT_FAMILY):
            raise _aborted(f"同梱していない書体 {font.family} が使われました")


def _page_labels(pages: Any, parts: _Parts) -> pydyf.Dictionary:
    """Returns the PDF's number tree of page labels (ISO 32000-1, 12.4.2)."""
    ranges = pydyf.Array()
    for first, label in _first_pages(pages, parts):
        style = {"P": pydyf.String(label)} if label else {"S": "/D"}
        ranges.extend([first, pydyf.Dictionary(style)])
    return pydyf.Dictionary({"Nums": ranges})


def _label_of_each_page(pages: Any, parts: _Parts) -> list[str]:
    """Returns the label of each page, as readers show it by ``_page_labels``."""
    count = len(pages.pages)
    labels = [str(number) for number in range(1, count + 1)]
    for first, label in _first_pages(pages, parts):
        length = count - first
        labels[first:] = [label] * length if label else map(str, range(1, length + 1))
    return labels


def _first_pages(pages: Any, parts: _Parts) -> Iterator[tuple[int, str | None]]:
    """Yields the index of each part's first page, and the part's label."""
    for anchor, label in parts.items():
        yield next(i for i, page in enumerate(pages.pages) if anchor in page.anchors), label


class PackagedFiles(URLFetcher):  # type: ignore[misc] # no type information is published
    """Serves the packaged style sheets and fonts, and pictures that come with the page.

    It aborts on any other address.
    """

    def __init__(self, figures: Mapping[str, str]) -> None:
        """``figures`` are the pictures in Base64 by their paths."""
        super().__init__()
        self._figures = figures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Returns the packaged file that ``url`` names.

        Raises:
            FatalURLFetchingError: ``url`` names anything else. Any other exception WeasyPrint
                would turn into a warning, and go on without the resource.
        """
        figure = self._figures.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
        if figure:
            media_type = MEDIA_TYPES[url.rpartition(".")[2]]
            return URLFetcherResponse(url, b64decode(figure), {"Content-Type": media_type})
        path = _PACKAGED_FILES.get(url)
        if path is None:
            raise FatalURLFetchingError(url)
        content_type = _CONTENT_TYPES[path.suffix]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": content_type})


@contextmanager
def _logged_warnings() -> Iterator[list[str]]:
    """Yields a list that collects what WeasyPrint would print as warnings."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign] # a handler of one line
    logger = logging.getLogger("weasyprint")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def _aborted(reason: str) -> MachineError:
    return MachineError(f"PDF の組版を中止しました（{reason.strip()}）。")
