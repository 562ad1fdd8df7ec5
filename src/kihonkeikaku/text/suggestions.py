"""Suggestions for misspelt words: "did you mean …?"."""

import unicodedata
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
        self._plain: dict[str, str] | None = None
        self._left = _COMPARISONS

    def find(self, word: str) -> str | None:
        """Returns the known word most like ``word``, or nothing where none is like it."""
        if len(word) > _LONGEST_WORD:
            return None
        if self._plain is None:  # most plans need none
            self._plain = {_plain(known): known for known in sorted(self._known)}
        self._left -= len(self._plain)
        if self._left < 0:
            return None
        close = get_close_matches(_plain(word), self._plain, n=1)
        return self._plain[close[0]] if close else None

    def hint(self, word: str, otherwise: str) -> str:
        """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
        suggestion = self.find(word)
        return f"「{suggestion}」ではありませんか。" if suggestion else otherwise


def _plain(word: str) -> str:
    """Returns a word in one width and case: these are what is wrong most often."""
    return unicodedata.normalize("NFKC", word).lower()


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
    return Suggestions(known).hint(word, otherwise)
