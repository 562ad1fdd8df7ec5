"""How similar two texts are, and pairs of similar texts.

Similarity is Dice's coefficient over character bigrams: 1 for equal texts, 0 for texts that share
nothing. Unlike difflib's ratio it is symmetric, so that a comparison with old and new exchanged
pairs the same texts.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

Bigram = tuple[str, str, int]
"""Two adjacent characters and the number of the occurrence, so that repetitions count."""

Bigrams = frozenset[Bigram]

_EDGE: Final = ""
"""Precedes the first character and follows the last, so that one character has bigrams too."""

_ENOUGH: Final = 50
"""With how many others, those that share its rarest bigrams, a text is compared.

Without a bound, the work for a list of texts that are all alike grows with its square.
"""


def similarity(old: str, new: str) -> float:
    """Returns the similarity of two texts, from 0 to 1."""
    return _dice(_bigrams(old), _bigrams(new))


def pair_similar(
    old: Sequence[str],
    new: Sequence[str],
    minimum: float,
    is_allowed: Callable[[int, int], bool],
) -> list[tuple[int, int]]:
    """Returns pairs of similar texts, as indices of the old and new one, the most similar first.

    Each text is in one pair at most. A pair has at least the ``minimum`` similarity and
    ``is_allowed``; of equally similar pairs the one nearer in order wins. No such pair is missed
    unless both of its texts have some 50 others that share bigrams as rare.
    """
    old_bigrams, new_bigrams = [_bigrams(text) for text in old], [_bigrams(text) for text in new]
    scored = (
        (-_dice(old_bigrams[i], new_bigrams[j]), abs(i - j), i + j, i, j)
        for i, j in _candidates(old_bigrams, new_bigrams, minimum)
        if is_allowed(i, j)
    )
    return list(_without_reuse((i, j) for score, _, _, i, j in sorted(scored) if -score >= minimum))


def _without_reuse(ranked: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _bigrams(text: str) -> Bigrams:
    seen: Counter[tuple[str, str]] = Counter()
    bigrams: list[Bigram] = []
    for pair in pairwise((_EDGE, *text, _EDGE)):
        seen[pair] += 1
        bigrams.append((*pair, seen[pair]))
    return frozenset(bigrams)


def _dice(old: Bigrams, new: Bigrams) -> float:
    return 2 * len(old & new) / (len(old) + len(new))


def _candidates(old: list[Bigrams], new: list[Bigrams], minimum: float) -> set[tuple[int, int]]:
    """Returns the pairs that can have the minimum similarity, and few others.

    Such a pair shares at least ``size * minimum / (2 - minimum)`` bigrams, so each text has one of
    them among its rarest: only those are looked up (prefix filtering, Chaudhuri 2006).
    """
    frequency = Counter(chain.from_iterable((*old, *new)))
    before, after = (
        [_rarest(bigrams, frequency, minimum) for bigrams in texts] for texts in (old, new)
    )
    return {*_look_up(before, after), *((i, j) for j, i in _look_up(after, before))}


def _look_up(texts: list[list[Bigram]], others: list[list[Bigram]]) -> Iterator[tuple[int, int]]:
    """Yields each of the texts with the others that share one of its bigrams.

    Once a text has ``_ENOUGH`` others, its more frequent bigrams are left out.
    """
    holders: dict[Bigram, list[int]] = defaultdict(list)
    for j, bigrams in enumerate(others):
        for bigram in bigrams:
            holders[bigram].append(j)
    for i, bigrams in enumerate(texts):
        found: set[int] = set()
        for bigram in filter(holders.__contains__, bigrams):
            found.update(_nearest(holders[bigram], i))
            if len(found) >= _ENOUGH:
                break
        yield from ((i, j) for j in found)


def _nearest(holders: list[int], place: int) -> list[int]:
    """Returns ``_ENOUGH`` of the holders, around a place."""
    start = bisect_left(holders, place) - _ENOUGH // 2
    start = max(0, min(start, len(holders) - _ENOUGH))
    return holders[start : start + _ENOUGH]


def _rarest(bigrams: Bigrams, frequency: Counter[Bigram], minimum: float) -> list[Bigram]:
    shared = int(len(bigrams) * minimum / (2 - minimum))  # rounded down: too many is only slower
    ranked = sorted(bigrams, key=lambda bigram: (frequency[bigram], bigram))
    return ranked[: len(bigrams) - max(shared, 1) + 1]
