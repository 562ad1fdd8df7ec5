"""Which characters are Japanese, and which brackets among them: for rules about widths."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_JAPANESE: Final = re.compile(
    "["
    "\u2e80-\u2fdf"  # radicals, which stand in place of ideographs
    "\u3001-\u33ff"  # punctuation, kana, enclosed and squared characters; not the space U+3000
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # variation selectors: the character before is one
    "\uff61-\uff9f"  # half-width katakana
    "！（），：；？［］｛｝～※◎①-⒛"
    "]"
)
_HALF_WIDTH: Final = {"(": "（", ")": "）", "[": "［", "]": "］"}
_CLOSING: Final = {")": "(", "]": "["}
_BRACKET: Final = re.compile(r"[()\[\]]")
_LETTER: Final = re.compile(r"[^\s()\[\]（）［］]")
_HEADING_NUMBER: Final = re.compile(r"[\[(][0-9]{1,2}[\])]")


def is_japanese(character: str) -> bool:
    """Whether a character belongs to Japanese text; none (an empty string) does not."""
    return bool(_JAPANESE.match(character))


@dataclass(frozen=True, slots=True)
class WideBracket:
    """A half-width bracket where Japanese text wants a full-width one.

    ``certain`` is whether it may be replaced unseen: not so where a Latin word and brackets
    around Latin form one word, as in 「GPT-4(V)」.
    """

    offset: int
    written: str
    meant: str
    certain: bool


@lru_cache(maxsize=4)  # two rules ask, and a text may be long
def wide_brackets(text: str) -> tuple[WideBracket, ...]:
    """Returns the half-width brackets of a text that stand in or next to Japanese.

    Brackets that only have Latin around and inside them are right, and so are those of a
    heading's number, such as (1).
    """
    return tuple(_wide_brackets(text))


def _wide_brackets(text: str) -> Iterator[WideBracket]:
    brackets = list(_BRACKET.finditer(text))
    if not brackets or not _JAPANESE.search(text):
        return
    # Widths of other brackets don't count, lest mending one bracket show that of the next.
    letters = [match.start() for match in _LETTER.finditer(text)]
    japanese = [offset for offset in letters if is_japanese(text[offset])]
    for start, end in _pairs(text, [bracket.start() for bracket in brackets]):
        if _HEADING_NUMBER.fullmatch(text, start, end + 1):
            continue
        first, behind = bisect_left(letters, start), bisect_left(letters, end)
        inside = bisect_left(japanese, start) < bisect_left(japanese, end)
        before = any(is_japanese(text[offset]) for offset in letters[max(first - 1, 0) : first])
        after = any(is_japanese(text[offset]) for offset in letters[behind : behind + 1])
        if before or inside or after:
            certain = before or inside or not text[start - 1 : start].isalnum()
            for offset in dict.fromkeys((start, end)):
                yield WideBracket(offset, text[offset], _HALF_WIDTH[text[offset]], certain)


def _pairs(text: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Yields where each pair begins and ends; a bracket without its partner is both."""
    opened: list[int] = []
    for offset in offsets:
        opening = _CLOSING.get(text[offset])
        if opening is None:
            opened.append(offset)
        elif opened and text[opened[-1]] == opening:
            yield opened.pop(), offset
        else:
            yield offset, offset
    yield from ((offset, offset) for offset in opened)
