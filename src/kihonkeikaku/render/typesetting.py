"""Markup into pages: where WeasyPrint is called.

Imported only when a PDF is made, since WeasyPrint takes time to load and needs Pango.
"""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from typing import Any, Final

import pydyf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.render.assets import SCHEME, PackagedAssets
from kihonkeikaku.render.justification import flush_lines

_VARIANT: Final = "pdf/ua-1"
_FONT_FAMILY: Final = "kihonkeikaku "
"""How the style sheet's names for the vendored fonts begin."""


def typeset(markup: str, parts: Mapping[str, str | None]) -> bytes:
    """Returns ``markup`` as a PDF: tagged, with bookmarks and page labels.

    Args:
        markup: an HTML page; it may ask for packaged style sheets and fonts only.
        parts: ids of the elements that open a part of the book, in order. The value labels each
            page of the part; None counts its pages from 1.

    Raises:
        MachineTrouble: something outside the package was asked for, another font stepped in, or
            WeasyPrint complained of anything.
    """
    with flush_lines(), _collector_off(), _complaints() as complaints:
        pdf = _written(markup, parts)
    if complaints:
        raise _stopped(complaints[0])
    return pdf


def _written(markup: str, parts: Mapping[str, str | None]) -> bytes:
    try:
        page = HTML(string=markup, base_url=SCHEME, url_fetcher=PackagedAssets())
        pdf: bytes = page.write_pdf(
            finisher=partial(_finish, parts=parts),
            pdf_variant=_VARIANT,
            pdf_identifier=sha256(markup.encode()).hexdigest()[:32].encode(),
        )
    except FatalURLFetchingError as error:
        raise _stopped(f"外部の資源 {str(error)!r} が求められました") from None
    return pdf


def _finish(pages: Any, pdf: Any, parts: Mapping[str, str | None]) -> None:
    """Adds what WeasyPrint leaves out, before the file is written."""
    _refuse_foreign_fonts(pages)
    pdf.catalog["PageLabels"] = _page_labels(pages, parts)


def _refuse_foreign_fonts(pages: Any) -> None:
    for font in pages.fonts.values():
        if not font.family.startswith(_FONT_FAMILY):
            raise _stopped(f"同梱していない書体 {font.family} が使われました")


def _page_labels(pages: Any, parts: Mapping[str, str | None]) -> pydyf.Dictionary:
    ranges = pydyf.Array()
    for anchor, label in parts.items():
        first = next(i for i, page in enumerate(pages.pages) if anchor in page.anchors)
        named = {"P": pydyf.String(label)} if label else {"S": "/D"}
        ranges.extend([first, pydyf.Dictionary(named)])
    return pydyf.Dictionary({"Nums": ranges})


def _stopped(reason: str) -> MachineTrouble:
    return MachineTrouble(f"PDF の組版を中止しました（{reason.strip()}）。")


@contextmanager
def _collector_off() -> Iterator[None]:
    """Boxes make many cycles that live to the end: looking for garbage among them is in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Yields a list that takes what WeasyPrint warns of, in place of the console."""
    complaints: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: complaints.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    propagated, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield complaints
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated
