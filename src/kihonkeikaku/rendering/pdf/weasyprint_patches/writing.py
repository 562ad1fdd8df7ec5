"""A PDF's file, written without doing anything twice.

Without this, a book of twice the pages takes four times as long to tag, since pydyf lists all pages
for each tag that names one. Besides, it puts each object into bytes once to write it, and again to
make up the file's identifier.
"""

import zlib
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any, Final

import pydyf

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_LEVEL: Final = 6
"""How hard to compress. Pydyf's 9 takes four times as long, for two parts in a hundred."""


def quick_writing() -> AbstractContextManager[None]:
    """While this lasts, a PDF lists its pages once, and is compressed less hard."""
    listed = pydyf.PDF.page_references
    return replaced(
        (pydyf.PDF, "page_references", property(lambda pdf: _kept(pdf, listed))),
        (pydyf, "zlib", SimpleNamespace(compressobj=lambda level: zlib.compressobj(_LEVEL))),
    )


def _kept(pdf: Any, listed: Any) -> tuple[bytes, ...]:
    """Returns the references to a PDF's pages, listed anew if there are more than there were."""
    kept: tuple[bytes, ...] = getattr(pdf, "kept_page_references", ())
    if len(kept) != pdf.pages["Count"]:
        kept = pdf.kept_page_references = listed.fget(pdf)
    return kept


def put_into_bytes(pdf: pydyf.PDF) -> None:
    """Puts a PDF's objects into bytes; none of them may be changed any more."""
    pdf.objects[:] = [each if each.free == "f" else _Bytes(each) for each in pdf.objects]


class _Bytes(pydyf.Object):  # type: ignore[misc] # no type information is published
    """An object that is in bytes already."""

    data = compressible = None  # which are computed anew each time, else

    def __init__(self, original: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = original.number, original.generation
        self.data, self.compressible = original.data, original.compressible
