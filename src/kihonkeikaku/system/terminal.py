"""What a terminal is given: colours where it has them, and no character that does more than show.

The codes are those of ECMA-48 (SGR). A plan's own text can bring none in, and no library reads
markup into it.
"""

import os
import unicodedata
from typing import Final, Literal, TextIO

Style = Literal["error", "warning", "note", "place", "mark", "struck", "inserted"]

_CODES: Final[dict[Style, str]] = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "place": "1",
    "mark": "1;32",
    "struck": "9;31",
    "inserted": "4;32",
}


def wants_colour(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal with colours, and nobody asked for none (NO_COLOR)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and stream.isatty()


def painted(text: str, style: Style, colour: bool) -> str:
    """Returns ``text`` in a style; as it is where ``colour`` is off."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if colour else text


def shown(text: str) -> str:
    """Returns ``text`` with whatever is not printed escaped: controls, line ends, bidi marks."""
    if text.isprintable():
        return text
    return "".join(c if is_shown(c) else ascii(c)[1:-1] for c in text)


def is_shown(character: str) -> bool:
    """Whether a character prints; an ideographic space does, though Python thinks otherwise."""
    return character.isprintable() or unicodedata.category(character) == "Zs"
