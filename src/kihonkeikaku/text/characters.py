"""Bytes → text: encodings, and the characters that no plan may hold."""

import re
from collections.abc import Iterator
from typing import Final

_PLANES: Final = range(0x10000, 0x110000, 0x10000)

_FORBIDDEN_TO_FFFF: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; U+0085 counts as a line break in YAML
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width and bidi controls: Trojan Source
    "\u061c\u180e\u00ad\u034f\u115f\u1160\u3164\uffa0"  # invisible letters and fillers
    "\u17b4\u17b5\u180b-\u180f\ufff0-\ufffb"  # likewise
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # surrogates and non-characters
)

_FORBIDDEN_BEYOND: Final = (
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # invisible letters
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES)
    # Tag characters, and what may become invisible; the variation selectors E0100–E01EF are kept.
    + "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)

FORBIDDEN: Final = re.compile(f"[{_FORBIDDEN_TO_FFFF}{_FORBIDDEN_BEYOND}]")
"""Characters that are invisible, that break lines, or that reorder what is read.

Among them are all that Unicode ignores by default (Default_Ignorable_Code_Point), variation
selectors excepted.
"""

# One range stands for all beyond U+FFFF: these are not looked up in a table but compared in turn,
# which takes ten times as long.
_SUSPECT: Final = re.compile(f"[{_FORBIDDEN_TO_FFFF}\U00010000-\U0010ffff]")


def forbidden_in(text: str) -> Iterator[re.Match[str]]:
    """Finds the characters of a text that no plan may hold."""
    return FORBIDDEN.finditer(text) if _SUSPECT.search(text) else iter(())


def forbidden_name(character: str) -> str:
    """Returns how messages name a character that can't be shown."""
    return f"U+{ord(character):04X}"
