"""The list of a PDF's pages, made once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf


@contextmanager
def page_references_kept() -> Iterator[None]:
    """While this lasts, a PDF lists its pages once, not again for each tag that names one.

    Without this, a book of twice the pages takes four times as long to tag.
    """
    listed = pydyf.PDF.page_references
    pydyf.PDF.page_references = property(lambda pdf: _kept(pdf, listed))
    try:
        yield
    finally:
        pydyf.PDF.page_references = listed


def _kept(pdf: Any, listed: Any) -> tuple[bytes, ...]:
    """Returns the references to a PDF's pages, listed anew if there are more than there were."""
    kept: tuple[bytes, ...] = getattr(pdf, "kept_page_references", ())
    if len(kept) != pdf.pages["Count"]:
        kept = pdf.kept_page_references = listed.fget(pdf)
    return kept
