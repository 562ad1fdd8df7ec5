"""The style that a plan has chosen for itself: what it mostly does is right.

Official documents ask for one style in a document, not for a certain one (「公用文作成の考え方」,
2022). A plan of a few words has no style yet: until it has done something ``ENOUGH`` times, the
usual form of official documents is right.
"""

import re
from collections import Counter
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.text.characters import find_narrow_brackets

ENOUGH: Final = 10

_NUMBER: Final = re.compile(  # those of words (5G, GPT-4) are written as the words are
    "(?<![0-9A-Za-zＡ-Ｚａ-ｚ])[0-9]+(?![0-9A-Za-zＡ-Ｚａ-ｚ])"
    "|(?<![０-９A-Za-zＡ-Ｚａ-ｚ])[０-９]+(?![０-９A-Za-zＡ-Ｚａ-ｚ])"
)
_WIDE_BRACKET: Final = re.compile("[（）［］]")
_LATIN: Final = re.compile("(?P<wide>[Ａ-Ｚａ-ｚ]+)|[A-Za-z]+")
_KANA_OR_KANJI: Final = "[々\u3041-\u30ff\u3400-\u9fff]"
LATIN_BOUNDARY: Final = re.compile(
    rf"(?<={_KANA_OR_KANJI}) ?(?=[A-Za-z])|(?<=[A-Za-z]) ?(?={_KANA_OR_KANJI})"
)
"""Between Japanese and a Latin word: one half-width space, or nothing."""


def find_wide_digits(draft: Draft) -> frozenset[bool]:
    """Returns whether most numbers of one digit (True), and of more (False), are full-width."""
    balance: Counter[bool] = Counter()
    for _, text in draft.prose:
        for number in _NUMBER.finditer(text):
            balance[len(number[0]) == 1] += -1 if number[0].isascii() else 1
    return frozenset(is_single for is_single, more in balance.items() if more > 0)


def has_wide_letters(draft: Draft) -> bool:
    """Returns whether most Latin words are written in full-width letters."""
    wide = sum(bool(word["wide"]) for _, text in draft.prose for word in _LATIN.finditer(text))
    words = sum(1 for _, text in draft.prose for _ in _LATIN.finditer(text))
    return _is_usual(wide, words - wide)


def has_narrow_brackets(draft: Draft) -> bool:
    """Returns whether most brackets in Japanese are half-width."""
    narrow = sum(len(find_narrow_brackets(text)) for _, text in draft.prose)
    wide = sum(len(_WIDE_BRACKET.findall(text)) for _, text in draft.prose)
    return _is_usual(narrow, wide)


def has_spaces_around_latin(draft: Draft) -> bool:
    """Returns whether most Latin words have half-width spaces towards Japanese."""
    gaps = [gap[0] for _, text in draft.prose for gap in LATIN_BOUNDARY.finditer(text)]
    return _is_usual(gaps.count(" "), gaps.count(""))


def _is_usual(count: int, other: int) -> bool:
    return count >= ENOUGH and count > other
