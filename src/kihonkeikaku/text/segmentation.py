"""Splits a text into words, the smallest pieces that a redline strikes out or inserts.

Japanese has no spaces. Changes of script mark most word boundaries. Small tables (``word_lists``)
find the others: where inflectional kana end and particles begin, and which characters are affixes
in a compound. A dictionary would know more words, but weighs 50 times what
all the rest of this program does (docs/decisions/0007).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from kihonkeikaku.text.dates import DATE
from kihonkeikaku.text.grapheme_clusters import join_clusters
from kihonkeikaku.text.numerals import WRITTEN_NUMBER
from kihonkeikaku.text.word_lists import (
    FUNCTION_WORDS,
    KANA_WORDS,
    KATAKANA_WORDS,
    NEVER_FIRST,
    PREFIXES,
    SUFFIXES,
    VERB_STEMS,
    WHOLE_WORDS,
    WORDS_IN_AFFIXES,
)

KANJI: Final = r"\u3400-\u9fff\uf900-\ufaff々〆ヶ"

_JOINTS: Final = r"及び|並びに|又は|若しくは|(?<![上下中初劣優同均対平高])等"
"""Words of officialese that would otherwise stick to the kanji before them (but 平等 is one)."""

_WHOLE: Final = "|".join(WHOLE_WORDS)

_NUMBER: Final = rf"(?:{DATE}|{WRITTEN_NUMBER})"
"""A date or a number; all of it is one word."""

_KANJI_NUMBER: Final = rf"(?=[第令平昭〇一二三四五六七八九十百千]){_NUMBER}"

_RUN: Final = re.compile(
    rf"(?P<whole>{_WHOLE}|{_JOINTS})"
    rf"|(?P<number>{_NUMBER})"
    rf"|(?P<kanji>(?:(?!{_WHOLE}|{_JOINTS}|{_KANJI_NUMBER})[{KANJI}]){{1,40}})"
    r"|(?P<katakana>[ァ-ヺヽヾー]{1,40})"
    r"|(?P<kana>[ぁ-ゖゝゞ]{1,40})"
    rf"|(?P<latin>(?:(?![12１２][0-9０-９]{{3}}年)[A-Za-z0-9Ａ-Ｚａ-ｚ０-９])+"
    r"(?:[-.,．，][0-9０-９]+[A-Za-zＡ-Ｚａ-ｚ]*)*)"  # G7, 5G, GPT-4, Web3.0, 1.5Mbps
    r"|(?P<mark>.)",
    re.DOTALL,
)
"""Runs of one script. A longer one than 40 is no Japanese, and would take long to cut."""

_UNKNOWN_COST: Final = 4
"""The cost of an unknown word, beside that of each of its kana."""
_SINGLE_KANJI_COST: Final = 6
"""The cost of a single kanji that is no affix."""

_MAX_WORD_LENGTH: Final = 6
"""The most kanji in one word, with affixes."""

_Segmentation = tuple[int, int, tuple[str, ...]]
"""A segmentation of a run: its cost, the number of words, the words."""


def words(text: str) -> tuple[str, ...]:
    """Returns the words of a text; joined they give the text again."""
    return tuple(join_clusters(_with_compound_verbs(_split(text))))


def _split(text: str) -> Iterator[str]:
    kanji = ""  # a run to the last character of which kana may belong
    for run in _RUN.finditer(text):
        kind, part = run.lastgroup, run[0]
        if kind == "kana":
            yield from _japanese(kanji, part)
            kanji = ""
            continue
        if kanji:
            yield from _kanji(kanji)[2]
            kanji = ""
        if kind == "kanji":
            kanji = part
        elif kind == "katakana":
            yield from _katakana(part)
        else:
            yield part
    if kanji:
        yield from _kanji(kanji)[2]


@lru_cache(maxsize=4096)
def _japanese(kanji: str, kana: str) -> tuple[str, ...]:
    """Returns the words of kanji (perhaps none) and the kana behind them.

    The kana may begin with the inflection of the last word, or of the last kanji alone where that
    is a verb behind a noun: 当該考え.
    """
    candidates = []
    cost, count, before = _kanji(kanji)
    last = min(len(before[-1]), 2) if before else 0
    if kanji.endswith(VERB_STEMS):
        last = 1
    candidates.append(_append_kana((cost, count, before), kana, last))
    if len(kanji) > 2 and not kanji.endswith(VERB_STEMS):
        cost, count, before = _kanji(kanji[:-1])
        way = _append_kana((cost, count + 1, (*before, kanji[-1])), kana, 1)
        if way[2][count] != kanji[-1]:  # it inflects
            candidates.append(way)
    return min(candidates)[2]


def _append_kana(before: _Segmentation, kana: str, stem: int) -> _Segmentation:
    cost, (inflection, *rest) = _kana(kana, stem)
    words = before[2]
    if words:
        words = (*words[:-1], words[-1] + inflection)
    elif inflection:
        words = (inflection,)
    words = (*words, *rest)
    return before[0] + cost, len(words), words


@lru_cache(maxsize=4096)
def _kanji(run: str) -> _Segmentation:
    """Returns the words of a run of kanji: mostly of two characters, and affixes with them."""
    best: list[_Segmentation] = [(0, 0, ())]
    for end in range(1, len(run) + 1):
        candidates = []
        for start in range(max(end - _MAX_WORD_LENGTH, 0), end):
            cost, count, before = best[start]
            candidates.append((cost + _cost(run[start:end]), count + 1, (*before, run[start:end])))
        best.append(min(candidates))
    return best[-1]


@lru_cache(maxsize=4096)
def _cost(word: str) -> int:
    """Returns how unlikely some kanji are to be one word; 0 for two that no affix explains."""
    if len(word) == 1:
        return _SINGLE_KANJI_COST
    if len(word) == 2:
        if word in WORDS_IN_AFFIXES:
            return 0
        return 2 if word[0] in NEVER_FIRST else word[1] in SUFFIXES or word[0] in PREFIXES
    costs = [4 if len(word) == 3 else _SINGLE_KANJI_COST * len(word)]
    if word[-1] in SUFFIXES:
        costs.append(1 + _cost(word[:-1]))
    if word[0] in PREFIXES:
        costs.append(1 + _cost(word[1:]))
    return min(costs)


@lru_cache(maxsize=4096)
def _katakana(run: str) -> tuple[str, ...]:
    """Returns the words of a compound of which each is known, or else the run whole."""
    candidates: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(run) + 1):
        starts = (start for start in range(end) if run[start:end] in KATAKANA_WORDS)
        found = [(*before, run[s:end]) for s in starts if (before := candidates[s]) is not None]
        candidates.append(min(found, key=len) if found else None)
    return candidates[-1] or (run,)


@lru_cache(maxsize=4096)
def _kana(run: str, stem: int) -> tuple[int, tuple[str, ...]]:
    """Returns the words of a run of hiragana, first what inflects the kanji before, or nothing.

    ``stem`` is the length of the kanji word before: 0 for none, 1 for one that may be a verb's
    stem, 2 for one that seldom is.
    """
    best: list[tuple[int, tuple[str, ...]]] = [(0, ("",))]
    for end in range(1, len(run) + 1):
        candidates = []
        for start in range(end):
            cost, before = best[start]
            word = run[start:end]
            if start == 0 or _can_begin_word(run[start - 1], word, inflects=len(before) == 1):
                candidates.append((cost + _kana_cost(word), (*before, word)))
        if stem:
            inflection = (stem * 2 - 1 + end * 2, (run[:end],))
            candidates.append(inflection)
            if stem == 1 and run[0] in "さしすせ":  # 資する and 示した, not する and した alone
                candidates = [way for way in candidates if way[1][0]]
        best.append(min(candidates, key=lambda way: (way[0], -len(way[1]))))
    return best[-1]


def _can_begin_word(before: str, word: str, *, inflects: bool) -> bool:
    """Returns whether a word may begin here: not so in 進ん|で and, as it inflects, 生か|した."""
    return before not in "んっ" and not (inflects and word[0] in "さしすせ")


def _kana_cost(word: str) -> int:
    if word in FUNCTION_WORDS:
        return 1
    return 2 if word in KANA_WORDS else _UNKNOWN_COST + 2 * len(word)


def _with_compound_verbs(parts: Iterable[str]) -> Iterator[str]:
    """Yields the words, those of two verbs as one: 取り組む, 在り方."""
    whole = ""
    for part in parts:
        if whole and not _is_compound(whole, part):
            yield whole
            whole = ""
        whole += part
    if whole:
        yield whole


_STEM: Final = re.compile(rf"[{KANJI}](?:[ぁ-ゖ]?[きぎしちにびみりえけげせてねべめれ])|[あや]り")
_STEM_BEFORE_WAY: Final = re.compile(
    rf"[{KANJI}][ぁ-ゖ]?[いきぎしちにびみりえけげせてねべめれ]|[あや]り"
)
_SECOND: Final = re.compile(rf"[{KANJI}][ぁ-ゖ]+")


def _is_compound(first: str, second: str) -> bool:
    if second in ("方", "筋"):
        return _STEM_BEFORE_WAY.fullmatch(first) is not None
    return _STEM.fullmatch(first) is not None and _SECOND.fullmatch(second) is not None
