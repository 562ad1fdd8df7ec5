"""The fonts and the libraries that PDFs are rendered with.

With another version of one of them, a PDF has other bytes.
"""

import ctypes
import zlib
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS
from kihonkeikaku.system.fingerprint import fingerprint_packaged_file

_VERSION_FUNCTIONS: Final = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "hb_version_string"),
}
"""Each library's file, and its function that returns the version as text."""

_PACKAGES: Final = (
    "weasyprint",
    "pydyf",
    "fonttools",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
    "pyphen",
)
"""WeasyPrint, and the Python packages that have a part in what it writes."""


def library_versions() -> Mapping[str, str]:
    """Returns the libraries' versions by their names; "" for one that is missing."""
    versions = {name: _version(*each) for name, each in _VERSION_FUNCTIONS.items()}
    packages = {name: metadata.version(name) for name in _PACKAGES}
    return versions | {"zlib": zlib.ZLIB_RUNTIME_VERSION} | packages


def pdf_cache_key() -> tuple[str, ...]:
    """Returns the libraries' versions and the fonts' hashes; "" for one that is missing."""
    return (*library_versions().values(), *map(_hash, FONTS))


def _hash(font: Path) -> str:
    try:
        return fingerprint_packaged_file(font).sha256
    except OSError:
        return ""


def _version(library: str, function: str) -> str:
    try:
        version: Callable[[], Any] = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    version.restype = ctypes.c_char_p  # type: ignore[attr-defined] # ctypes types functions when they are called
    return str(version().decode("ascii", "replace"))
