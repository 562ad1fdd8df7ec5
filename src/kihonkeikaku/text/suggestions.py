"""Did-you-mean."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property
from heapq import nlargest
from itertools import pairwise
from typing import Final

_LONGEST: Final = 100
"""Longest word that is guessed at, in characters: no name or identifier is longer."""
_CANDIDATES: Final = 5
"""So many known words, those that share most with a word, are compared with it letter by letter."""
_LIKE: Final = 0.6
"""How like a word has to be, from 0 to 1, to be what was probably meant."""
_EFFORT: Final = 500_000
"""What one set of guesses may cost, in known words looked at."""
_GUESS: Final = 1_000
"""What one guess costs beside that."""


class Guesses:
    """Guesses what was meant, among the words that are known at some place of a plan.

    Guessing is slow, and a hostile file may hold thousands of unknown words: the first ones are
    guessed at, which are more than a report lists, until a fixed effort is spent.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._given = known
        self._left = _EFFORT

    def nearest(self, word: str) -> str | None:
        """Returns the known word most like ``word``, or nothing where none is like it."""
        if len(word) > _LONGEST:
            return None
        self._left -= len(self._known) + _GUESS
        return self._most_like(word) if self._left >= 0 else None

    def hint(self, word: str, otherwise: str) -> str:
        """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
        guess = self.nearest(word)
        return f"「{guess}」ではありませんか。" if guess else otherwise

    def _most_like(self, word: str) -> str | None:
        parts = _parts(word)
        shared = [2 * len(parts & of) / (len(parts) + len(of)) for of in self._parts_of_known]
        candidates = nlargest(_CANDIDATES, range(len(shared)), key=shared.__getitem__)
        matcher = SequenceMatcher(b=word, autojunk=False)
        best, most = None, _LIKE
        for index in filter(shared.__getitem__, candidates):
            matcher.set_seq1(self._known[index])
            likeness = matcher.ratio()
            if likeness > most or (likeness == most and best is None):
                best, most = self._known[index], likeness
        return best

    @cached_property
    def _known(self) -> list[str]:
        return sorted(self._given)

    @cached_property
    def _parts_of_known(self) -> list[frozenset[str]]:
        return [_parts(word) for word in self._known]


def _parts(word: str) -> frozenset[str]:
    """A word's letters and pairs of neighbouring letters."""
    return frozenset((*word, *map("".join, pairwise(word))))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
    return Guesses(known).hint(word, otherwise)
