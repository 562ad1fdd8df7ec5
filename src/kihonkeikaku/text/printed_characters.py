"""Characters that the packaged fonts can print: a table, so that no font needs to be opened.

``printed_characters.txt`` has a line for each 256 characters: the first of them, the variation
selector that follows them (0 for none), and 256 bits, the lowest for the first character.
scripts/list_printed_characters.py makes it from the fonts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_BLOCK: Final = 256

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_VARIANT: Final = re.compile(f".[{_SELECTORS}]?", re.DOTALL)
"""A character with its variation selector, if there is one."""

_CHARACTER: Final = re.compile(f"[^{_MARKS}{_SELECTORS}][{_MARKS}{_SELECTORS}]*|.", re.DOTALL)
"""What a reader sees as one character."""

_MARKED: Final = re.compile(f"[^<>{_MARKS}][{_MARKS}]+")  # a tag ends before the mark of a text

_SEQUENCES: Final = frozenset(
    {*(kana + "\u309a" for kana in "かきくけこカキクケコセツトㇷ")}
    | {"æ\u0300", *(letter + mark for letter in "ɔʌəɚ" for mark in "\u0300\u0301")}
)
"""Characters with a mark that fonts for Japanese have as one glyph (JIS X 0213), but Unicode not
as one character."""

_WHITE_SPACE: Final = frozenset("\t\n")
"""Printed as a space."""


def split_variants(text: str) -> list[str]:
    """Returns the characters of a text, each with its variation selector."""
    return _VARIANT.findall(text)


def find_unprintable(text: str) -> Iterator[re.Match[str]]:
    """Finds the characters that no packaged font has, with what combines with them."""
    if all(map(_is_in_table, set(text))):  # marks and selectors alone are not in it
        return iter(())
    return (match for match in _CHARACTER.finditer(text) if not _is_printable(match[0]))


def compose_marks(text: str) -> str:
    """Returns a text whose letters and marks are one character wherever Unicode has such a one.

    This is how PDFs print them: the letter may be in another font than the mark. Other characters
    stay as they are, unlike in Unicode's own normal forms.
    """
    return _MARKED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _is_printable(character: str) -> bool:
    if len(character) > 1:
        composed = compose_marks(character)
        return composed in _SEQUENCES or _is_in_table(composed)
    return _is_in_table(character)


@lru_cache(maxsize=1 << 14)
def _is_in_table(character: str) -> bool:
    """Whether a font has a character, which may have a variation selector."""
    if len(character) > 2:
        return False
    code, selector = ord(character[0]), ord(character[1]) if len(character) > 1 else 0
    bits = _table().get((code - code % _BLOCK, selector), 0)
    return bits >> code % _BLOCK & 1 == 1 or character in _WHITE_SPACE


@cache
def _table() -> Mapping[tuple[int, int], int]:
    rows = map(str.split, Path(__file__).with_suffix(".txt").read_text("ascii").splitlines())
    return {(int(first, 16), int(selector, 16)): int(bits, 16) for first, selector, bits in rows}
