"""References to a PDF's pages, listed once.

``pydyf.PDF.page_references`` lists all pages each time it is asked for, and WeasyPrint asks for it
once for each tag that names its page. Without this patch the time to tag a document grows with the
square of its pages: at 244 pages the whole PDF takes 1.25 times as long.

Upstream: not offered yet. It would be a cached list in pydyf's ``add_page``.
"""

from contextlib import AbstractContextManager
from typing import Any

import pydyf

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced


def cached_page_references() -> AbstractContextManager[None]:
    """Makes a PDF list its pages again only after one was added."""
    list_references = pydyf.PDF.page_references.fget

    def references(pdf: Any) -> tuple[bytes, ...]:
        cached: tuple[bytes, ...] = getattr(pdf, "cached_page_references", ())
        if len(cached) != pdf.pages["Count"]:
            cached = pdf.cached_page_references = list_references(pdf)
        return cached

    return replaced((pydyf.PDF, "page_references", property(references)))
