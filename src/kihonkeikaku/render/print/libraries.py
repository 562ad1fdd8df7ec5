"""The libraries of the system that lay out text and draw glyphs: another version, another page."""

import ctypes
from collections.abc import Callable
from typing import Any, Final

_ASKED: Final = (
    ("libpango-1.0.so.0", "pango_version_string"),
    ("libharfbuzz.so.0", "hb_version_string"),
    ("libharfbuzz-subset.so.0", "hb_version_string"),
)


def native_versions() -> tuple[str, ...]:
    """Returns their versions; nothing for one that can't be asked."""
    return tuple(_version(library, function) for library, function in _ASKED)


def _version(library: str, function: str) -> str:
    try:
        ask: Callable[[], Any] = getattr(ctypes.CDLL(library), function)
    except (OSError, AttributeError):
        return ""
    ask.restype = ctypes.c_char_p  # type: ignore[attr-defined]
    return str(ask().decode("ascii", "replace"))
