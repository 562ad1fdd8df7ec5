"""Texts that were sent and texts that came back without a bookmark: equal ones, then similar ones.

All pairs keep the order of both; what stands elsewhere now is not matched.
"""

from bisect import bisect
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from kihonkeikaku.text.similarity import pair_similar

_SIMILAR: Final = 0.5
"""Least similarity of a paragraph without a bookmark to the unit that it may be."""


def match_texts(sent: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Returns which of the texts that were found is which of those that were sent, by index."""
    pairs = _OrderedPairs()
    matcher = SequenceMatcher(None, sent, found)  # its heuristic bounds the work for equal texts
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            pairs.add(block.a + offset, block.b + offset)
    rest_sent = [i for i in range(len(sent)) if i not in pairs.found_of]
    taken = set(pairs.found_of.values())
    rest_found = [j for j in range(len(found)) if j not in taken]
    similar = pair_similar(
        [sent[i] for i in rest_sent],
        [found[j] for j in rest_found],
        _SIMILAR,
        lambda i, j: pairs.allow(rest_sent[i], rest_found[j]),
    )
    for i, j in similar:
        if pairs.allow(rest_sent[i], rest_found[j]):
            pairs.add(rest_sent[i], rest_found[j])
    return pairs.found_of


class _OrderedPairs:
    """Pairs of indexes that rise together."""

    def __init__(self) -> None:
        self.found_of: dict[int, int] = {}
        self._sent: list[int] = []
        self._found: list[int] = []

    def allow(self, i: int, j: int) -> bool:
        """Whether a pair would rise together with all others."""
        at = bisect(self._sent, i)
        is_after = at == 0 or self._found[at - 1] < j
        is_before = at == len(self._found) or j < self._found[at]
        return is_after and is_before

    def add(self, i: int, j: int) -> None:
        """Adds a pair that is allowed."""
        at = bisect(self._sent, i)
        self._sent.insert(at, i)
        self._found.insert(at, j)
        self.found_of[i] = j
