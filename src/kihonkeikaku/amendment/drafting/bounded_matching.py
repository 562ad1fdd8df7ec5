"""What differs between two texts, found within a bound of work.

The bound is in steps, not in time: the same on every machine.
"""

from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Final

_BASE_STEPS: Final = 100_000
_STEPS_PER_WORD: Final = 200
"""Work may grow with a text, not with its square. A paragraph of 500 words needs some 20,000."""


class TooMuchWorkError(Exception):
    """A text would take more work than it may: it is better replaced as a whole."""


class WorkLimit:
    """Counts the steps spent on one text.

    Args:
        words: how many words the text has before and after, together.
    """

    def __init__(self, words: int) -> None:
        self._left = _BASE_STEPS + _STEPS_PER_WORD * words

    def spend(self, steps: int) -> None:
        """Counts steps that are about to be taken.

        Raises:
            TooMuchWorkError: there are no more.
        """
        self._left -= steps
        if self._left < 0:
            raise TooMuchWorkError


class _LimitedMatcher(SequenceMatcher[str]):
    """difflib's matcher, which counts the pairs of equal words that it looks at."""

    def __init__(
        self, old: Sequence[str], new: Sequence[str], limit: WorkLimit, *, autojunk: bool
    ) -> None:
        super().__init__(None, old, new, autojunk)
        self._limit = limit
        equal = (1 + len(self.b2j.get(word, ())) for word in old)  # type: ignore[attr-defined] # typeshed lacks it
        self._steps_before = [*accumulate(equal, initial=0)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Finds the longest match as difflib does.

        Raises:
            TooMuchWorkError: that would exceed the limit.
        """
        end = len(self._steps_before) - 1 if ahi is None else ahi
        self._limit.spend(self._steps_before[end] - self._steps_before[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)


def differences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yields start and end of what differs in the old and in the new words.

    Where all words take too much work, those between the equal beginnings and ends are compared,
    and very frequent ones among them passed over.

    Raises:
        TooMuchWorkError: these take too much work as well.
    """
    start, end = 0, 0
    try:
        limit = WorkLimit(len(old) + len(new))
        opcodes = _LimitedMatcher(old, new, limit, autojunk=False).get_opcodes()
    except TooMuchWorkError:
        start, end = count_common_ends(old, new)
        inner = old[start : len(old) - end], new[start : len(new) - end]
        limit = WorkLimit(len(old) + len(new))
        opcodes = _LimitedMatcher(*inner, limit, autojunk=True).get_opcodes()
    for op, a, b, c, d in opcodes:
        if op != "equal":
            yield a + start, b + start, c + start, d + start


def count_common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Returns how many words are equal at the start and, of the others, at the end."""
    pairs = zip(old, new, strict=False)
    shorter = min(len(old), len(new))
    start = next((at for at, (a, b) in enumerate(pairs) if a != b), shorter)
    pairs = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    return start, next((at for at, (a, b) in enumerate(pairs) if a != b), shorter - start)
