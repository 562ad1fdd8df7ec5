"""How alike two texts are, and which of many texts belong together.

Likeness is Dice's coefficient over pairs of neighbouring characters: 1 for equal texts, 0 for
texts that share nothing. Unlike difflib's ratio it is symmetric, so that a comparison turned
round pairs the same texts.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

Gram = tuple[str, str, int]
"""Two neighbours, and the how-manieth time they stand so: what is said twice weighs twice."""

Grams = frozenset[Gram]

_EDGE: Final = ""
"""Stands before the first character and after the last, so that one character has pairs too."""


def similarity(old: str, new: str) -> float:
    """Returns how alike two texts are, from 0 to 1."""
    return _dice(_grams(old), _grams(new))


def pair_similar(
    old: Sequence[str],
    new: Sequence[str],
    least: float,
    allowed: Callable[[int, int], bool],
) -> list[tuple[int, int]]:
    """Returns which old text belongs to which new one, as indices, the most alike first.

    Each text is paired once at the most, with one as alike as ``least`` that is ``allowed``; of
    equally alike pairs the nearer in order wins.
    """
    old_grams, new_grams = [_grams(text) for text in old], [_grams(text) for text in new]
    scored = (
        (-_dice(old_grams[i], new_grams[j]), abs(i - j), i + j, i, j)
        for i, j in _candidates(old_grams, new_grams, least)
        if allowed(i, j)
    )
    return list(_one_each((i, j) for score, _, _, i, j in sorted(scored) if -score >= least))


def _one_each(ranked: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _grams(text: str) -> Grams:
    seen: Counter[tuple[str, str]] = Counter()
    grams: list[Gram] = []
    for pair in pairwise((_EDGE, *text, _EDGE)):
        seen[pair] += 1
        grams.append((*pair, seen[pair]))
    return frozenset(grams)


def _dice(old: Grams, new: Grams) -> float:
    return 2 * len(old & new) / (len(old) + len(new))


def _candidates(old: list[Grams], new: list[Grams], least: float) -> set[tuple[int, int]]:
    """Returns every pair that can be as alike as ``least``, and few others.

    Such a pair shares at least ``size * least / (2 - least)`` pairs of characters, so each text
    has one of them among its rarest: only those are looked up (prefix filtering, Chaudhuri 2006).
    """
    frequency = Counter(chain.from_iterable((*old, *new)))
    holders: dict[Gram, list[int]] = defaultdict(list)
    for j, grams in enumerate(new):
        for gram in _rarest(grams, frequency, least):
            holders[gram].append(j)
    return {
        (i, j)
        for i, grams in enumerate(old)
        for gram in _rarest(grams, frequency, least)
        for j in holders.get(gram, ())
    }


def _rarest(grams: Grams, frequency: Counter[Gram], least: float) -> list[Gram]:
    shared = int(len(grams) * least / (2 - least))  # rounded down: too many is only slower
    ranked = sorted(grams, key=lambda gram: (frequency[gram], gram))
    return ranked[: len(grams) - max(shared, 1) + 1]
