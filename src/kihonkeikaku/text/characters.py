"""Characters: which no plan may hold, which are Japanese, and which brackets are too narrow."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
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

ZERO_WIDTH: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Those of them that come along with pasted text, and without which the text is the same."""

# One range stands for all beyond U+FFFF: these are not looked up in a table but compared in turn,
# which takes ten times as long.
_SUSPECT: Final = re.compile(f"[{_FORBIDDEN_TO_FFFF}\U00010000-\U0010ffff]")


def find_forbidden(text: str) -> Iterator[re.Match[str]]:
    """Finds the characters of a text that no plan may hold."""
    return FORBIDDEN.finditer(text) if _SUSPECT.search(text) else iter(())


def name_character(character: str) -> str:
    """Returns how messages name a character that can't be shown."""
    return f"U+{ord(character):04X}"


_JAPANESE: Final = re.compile(
    "["
    "\u2e80-\u2fdf"  # radicals, which stand for ideographs
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
class NarrowBracket:
    """A half-width bracket where Japanese text wants a full-width one.

    ``certain`` is whether it may be replaced unseen: not so where a Latin word and brackets
    around Latin form one word, as in 「GPT-4(V)」.
    """

    offset: int
    written: str
    meant: str
    certain: bool


@lru_cache(maxsize=4)  # two rules ask, and a text may be long
def find_narrow_brackets(text: str) -> tuple[NarrowBracket, ...]:
    """Returns the half-width brackets of a text that are in or next to Japanese.

    Brackets that only have Latin around and inside them are right, and so are those of a
    heading's number, such as (1).
    """
    return tuple(_wide_brackets(text))


def _wide_brackets(text: str) -> Iterator[NarrowBracket]:
    brackets = list(_BRACKET.finditer(text))
    if not brackets or not _JAPANESE.search(text):
        return
    # Other brackets don't count: else fixing one would reveal a violation of the next.
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
                yield NarrowBracket(offset, text[offset], _HALF_WIDTH[text[offset]], certain)


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
