"""What pages are printed with, the program aside: with another version, they are other bytes.

These are fonts, and the libraries of the system that lay out text, draw glyphs and compress.
"""

import ctypes
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS
from kihonkeikaku.system.folder_contents import fingerprint_packaged_file

_ASKED: Final = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "hb_version_string"),
}


def library_versions() -> Mapping[str, str]:
    """Returns the libraries' versions by their names; "" for one that is missing."""
    versions = {name: _version(library, ask) for name, (library, ask) in _ASKED.items()}
    return versions | {"zlib": zlib.ZLIB_RUNTIME_VERSION}


def printed_with() -> tuple[str, ...]:
    """Returns the libraries' versions and the fonts' hashes; "" for one that is missing."""
    return (*library_versions().values(), *map(_hash, FONTS))


def _hash(font: Path) -> str:
    try:
        return fingerprint_packaged_file(font).sha256
    except OSError:
        return ""


def _version(library: str, function: str) -> str:
    try:
        ask: Callable[[], Any] = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p  # type: ignore[attr-defined] # ctypes types functions when they are called
    return str(ask().decode("ascii", "replace"))
