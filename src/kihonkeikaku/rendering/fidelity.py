"""Whether a finished edition says what the plan says: character by character, white space aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_BEFORE: Final = 12
"""How many characters that agree a message shows before the one that doesn't."""
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a text first says something else than it should.

    ``at`` counts characters of what was found, without white space; ``after`` is what stands
    before, ``expected`` and ``found`` what comes next, empty at the end.
    """

    at: int
    after: str
    expected: str
    found: str

    def __str__(self) -> str:
        """In Japanese, as part of a sentence."""
        expected, found = (
            f"「{text}」" if text else "何も" for text in (self.expected, self.found)
        )
        wrong = f"{found}ない" if not self.found else f"{found}がある"
        right = f"{expected}ない" if not self.expected else f"{expected}がある"
        return f"「{self.after}」のあとに{right}はずが、{wrong}"


def squeezed(texts: Iterable[str]) -> str:
    """Returns texts as one, without white space."""
    return "".join(part for text in texts for part in text.split())


def first_difference(expected: str, found: str) -> Difference | None:
    """Returns where two squeezed texts part, if they do."""
    if expected == found:
        return None
    pairs = enumerate(zip(expected, found, strict=False))
    shorter = min(len(expected), len(found))
    at = next((index for index, (one, other) in pairs if one != other), shorter)
    end = at + _SHOWN
    return Difference(at, expected[max(0, at - _BEFORE) : at], expected[at:end], found[at:end])


def where(difference: Difference, pages: Iterable[str]) -> int:
    """Returns which of some squeezed pages, one after the other, holds the difference; from 0."""
    ends = list(accumulate(map(len, pages)))
    return next((page for page, end in enumerate(ends) if difference.at < end), len(ends) - 1)
