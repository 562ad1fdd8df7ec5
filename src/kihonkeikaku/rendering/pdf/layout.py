"""Markup into pages: where WeasyPrint is called.

Imported only when a PDF is made, since WeasyPrint takes time to load and needs Pango.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Any, Final

import pydyf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.line_numbers import add_line_numbers
from kihonkeikaku.rendering.pdf.options import Impression
from kihonkeikaku.rendering.pdf.url_fetcher import SCHEME, PackagedAssets
from kihonkeikaku.rendering.pdf.weasyprint_patches import patched_weasyprint
from kihonkeikaku.rendering.pdf.weasyprint_patches.layout_tree import remove_elements
from kihonkeikaku.rendering.pdf.weasyprint_patches.page_numbers import fill_in_page_numbers
from kihonkeikaku.rendering.pdf.weasyprint_patches.tagging import (
    describe_changes,
    describe_links,
    keep_one_area_per_link,
)

_ONLY_IN_DRAFTS: Final = "document-number"
"""The class of what a draft alone shows on its first page."""

_FONT_FAMILY: Final = "kihonkeikaku "
"""How the style sheet's names for the vendored fonts begin."""


def typeset(
    markup: str, parts: Mapping[str, str | None], impressions: Sequence[Impression]
) -> list[bytes]:
    """Returns ``markup`` as PDFs: tagged, with bookmarks and page labels, one an impression.

    The pages are laid out once, so that no two impressions can break lines or pages otherwise.

    Args:
        markup: an HTML page; it may ask for packaged style sheets and fonts only.
        parts: ids of the elements that open a part of the book, in order. The value labels each
            page of the part; None counts its pages from 1.
        impressions: what to make of the pages; all of one variant.

    Raises:
        MachineError: something outside the package was asked for, another font stepped in, or
            WeasyPrint complained of anything.
    """
    with patched_weasyprint(), _complaints() as complaints:
        pdfs = _written(markup, parts, impressions)
    if complaints:
        raise _stopped(complaints[0])
    return pdfs


def _written(
    markup: str, parts: Mapping[str, str | None], impressions: Sequence[Impression]
) -> list[bytes]:
    [variant] = {impression.variant for impression in impressions}
    try:
        page = HTML(string=markup, base_url=SCHEME, url_fetcher=PackagedAssets())
        pages = page.render(pdf_variant=variant)
        keep_one_area_per_link(pages)
        fill_in_page_numbers(pages, _labels(pages, parts))
        # Drafts first: what only they show is taken from the pages for good.
        drafts_first = sorted(impressions, key=lambda impression: not impression.draft)
        pdfs = {each: _impressed(pages.copy(), markup, parts, each) for each in drafts_first}
    except FatalURLFetchingError as error:
        raise _stopped(f"外部の資源 {str(error)!r} が求められました") from None
    return [pdfs[impression] for impression in impressions]


def _impressed(
    pages: Any, markup: str, parts: Mapping[str, str | None], impression: Impression
) -> bytes:
    if not impression.draft:
        remove_elements(pages.pages[0], _ONLY_IN_DRAFTS)
    pdf: bytes = pages.write_pdf(
        finisher=partial(_finish, parts=parts, draft=impression.draft),
        pdf_variant=impression.variant,
        pdf_identifier=sha256(f"{impression} {markup}".encode()).hexdigest()[:32].encode(),
        pdf_tags=True,  # which not every variant asks for
    )
    return pdf


def _finish(pages: Any, pdf: Any, parts: Mapping[str, str | None], draft: bool) -> None:
    """Adds what WeasyPrint leaves out, before the file is written."""
    _refuse_foreign_fonts(pages)
    describe_links(pages)
    describe_changes(pdf)
    _leave_metadata_plain(pdf)
    pdf.catalog["PageLabels"] = _page_labels(pages, parts)
    if draft:
        add_line_numbers(pages, pdf)


def _leave_metadata_plain(pdf: pydyf.PDF) -> None:
    """PDF/A wants metadata that can be read without knowing PDF (ISO 19005-2, 6.6.2.1)."""
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False


def _refuse_foreign_fonts(pages: Any) -> None:
    for font in pages.fonts.values():
        if not font.family.startswith(_FONT_FAMILY):
            raise _stopped(f"同梱していない書体 {font.family} が使われました")


def _page_labels(pages: Any, parts: Mapping[str, str | None]) -> pydyf.Dictionary:
    ranges = pydyf.Array()
    for first, label in _parts(pages, parts):
        named = {"P": pydyf.String(label)} if label else {"S": "/D"}
        ranges.extend([first, pydyf.Dictionary(named)])
    return pydyf.Dictionary({"Nums": ranges})


def _labels(pages: Any, parts: Mapping[str, str | None]) -> list[str]:
    """Returns the label of each page, as ``_page_labels`` describes them to readers."""
    count = len(pages.pages)
    labels = [str(number) for number in range(1, count + 1)]
    for first, label in _parts(pages, parts):
        length = count - first
        labels[first:] = [label] * length if label else map(str, range(1, length + 1))
    return labels


def _parts(pages: Any, parts: Mapping[str, str | None]) -> Iterator[tuple[int, str | None]]:
    """Yields the first page of each part, from 0, and the part's label."""
    for anchor, label in parts.items():
        yield next(i for i, page in enumerate(pages.pages) if anchor in page.anchors), label


def _stopped(reason: str) -> MachineError:
    return MachineError(f"PDF の組版を中止しました（{reason.strip()}）。")


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Yields a list that takes what WeasyPrint warns of, in place of the console."""
    complaints: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign] # a handler of one line
    logger = logging.getLogger("weasyprint")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
