"""Whether a finished edition shows the plan's text, character by character, white space aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

_SHOWN_BEFORE: Final = 12
"""How many equal characters a message shows before the first that differs."""

_SHOWN: Final = 6
"""How many characters a message shows from the first that differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a text first differs from what is expected.

    ``at`` counts characters of the text that was found, without white space; ``after`` is the text
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
    """Returns the first difference between two texts without white space, if there is one."""
    if expected == found:
        return None
    pairs = enumerate(zip(expected, found, strict=False))
    shorter = min(len(expected), len(found))
    at = next((index for index, (one, other) in pairs if one != other), shorter)
    end = at + _SHOWN
    before = expected[max(0, at - _SHOWN_BEFORE) : at]
    return Difference(at, before, expected[at:end], found[at:end])


def page_of_difference(difference: Difference, pages: Iterable[str]) -> int:
    """Returns the index of the page, of consecutive pages' texts, that holds a difference."""
    ends = list(accumulate(map(len, pages)))
    return next((page for page, end in enumerate(ends) if difference.at < end), len(ends) - 1)
