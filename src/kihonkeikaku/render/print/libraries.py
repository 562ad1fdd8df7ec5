"""What pages are printed with, the program aside: with another version, they are other pages.

These are fonts, and the libraries of the system that lay out text and draw glyphs.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.publishing.fingerprint import of_packaged_file
from kihonkeikaku.render.print.glyphs import FONTS

_ASKED: Final = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libharfbuzz-subset.so.0", "hb_version_string"),
)


def printed_with() -> tuple[str, ...]:
    """Returns the libraries' versions and the fonts' hashes; nothing for one that is missing."""
    versions = (_version(library, function) for library, function in _ASKED)
    return (*versions, *map(_hash, FONTS))


def _hash(font: Path) -> str:
    try:
        return of_packaged_file(font).sha256
    except OSError:
        return ""


def _version(library: str, function: str) -> str:
    try:
        ask: Callable[[], Any] = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p  # type: ignore[attr-defined]
    return str(ask().decode("ascii", "replace"))
