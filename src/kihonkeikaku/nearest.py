"""Did-you-mean."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from typing import Final

_LONGEST: Final = 100
"""Longest word that is guessed at, in characters: no name or identifier is longer."""
_EFFORT: Final = 10_000_000
"""What one set of guesses may cost: a pair of words as much as 100 pairs of their characters."""
_PAIR: Final = 100


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
        self._left -= len(self._known) * _PAIR + len(word) * self._characters
        if self._left < 0:
            return None
        return nearest(word, self._known)

    def hint(self, word: str, otherwise: str) -> str:
        """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
        return _hint(self.nearest(word), otherwise)

    @cached_property
    def _known(self) -> list[str]:
        return sorted(self._given)

    @cached_property
    def _characters(self) -> int:
        return sum(map(len, self._known))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word most like ``word``, or nothing where none is like it."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
    return _hint(nearest(word, known), otherwise)


def _hint(guess: str | None, otherwise: str) -> str:
    return f"「{guess}」ではありませんか。" if guess else otherwise
