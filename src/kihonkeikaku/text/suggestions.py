"""Suggestions for misspelt words: "did you mean …?"."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_LONGEST_WORD: Final = 100
"""Longest word for which one is suggested, in characters: no name or identifier is longer."""
_COMPARISONS: Final = 40_000
"""With how many known words misspelt ones are compared: some 10 to 25 µs each."""


class Suggestions:
    """Suggests known words for misspelt ones.

    A hostile file may hold thousands of unknown words. The first ones get a suggestion, which are
    more than a report lists, until a fixed number of comparisons is spent.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = known
        self._sorted: list[str] | None = None
        self._left = _COMPARISONS

    def find(self, word: str) -> str | None:
        """Returns the known word most like ``word``, or nothing where none is like it."""
        if len(word) > _LONGEST_WORD:
            return None
        if self._sorted is None:  # most plans need none
            self._sorted = sorted(self._known)
        self._left -= len(self._sorted)
        if self._left < 0:
            return None
        return next(iter(get_close_matches(word, self._sorted, n=1)), None)

    def hint(self, word: str, otherwise: str) -> str:
        """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
        suggestion = self.find(word)
        return f"「{suggestion}」ではありませんか。" if suggestion else otherwise


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
    return Suggestions(known).hint(word, otherwise)
