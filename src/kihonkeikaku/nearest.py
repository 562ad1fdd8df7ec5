"""Did-you-mean."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known word most like ``word``, or nothing where none is like it."""
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Returns a hint that names the known word most like ``word``, or ``otherwise``."""
    guess = nearest(word, known)
    return f"「{guess}」ではありませんか。" if guess else otherwise
