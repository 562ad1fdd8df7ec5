"""Makes the table of the characters that the packaged fonts can print.

A character is printed in the first font that has it, and so is one with a variation selector:
that font must have the variant too. Characters that are written from right to left are left out,
since the plan's pages are not laid out for them, and so are those for private use, and marks: these
are printed as part of a letter.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from kihonkeikaku.rendering.pdf.glyph_coverage import FACES, variants_of
from kihonkeikaku.text import printed_characters

TABLE: Final = Path(printed_characters.__file__).with_suffix(".txt")

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_BLOCK: Final = 256


def printed_characters_file() -> str:
    """Returns the text of the table."""
    blocks: defaultdict[tuple[int, int], int] = defaultdict(int)
    for code, selector in _printable():
        blocks[code - code % _BLOCK, selector] |= 1 << code % _BLOCK
    return "".join(
        f"{first:04X} {selector:X} {bits:064X}\n"
        for (first, selector), bits in sorted(blocks.items())
    )


def _printable() -> Iterator[tuple[int, int]]:
    """Yields each character with its variation selector, or 0."""
    seen: set[int] = set()
    for path in FACES:
        with TTFont(path, lazy=True) as font:
            new = {code for code in font.getBestCmap() if _is_allowed(chr(code))} - seen
            yield from ((code, 0) for code in new)
            yield from ((code, selector) for code, selector, _ in variants_of(font) if code in new)
        seen |= new


def _is_allowed(character: str) -> bool:
    return (
        unicodedata.category(character) not in ("Cc", "Cf", "Co", "Mn", "Mc", "Me")
        and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT
    )


if __name__ == "__main__":
    TABLE.write_text(printed_characters_file(), "ascii")
