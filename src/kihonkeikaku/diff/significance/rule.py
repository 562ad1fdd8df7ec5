"""What a rule of the judgement is: a known turn of officialese, and how to find it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kihonkeikaku.diff.significance.revised_text import Revised

Words = tuple[str, str]
"""The words that gave rise to a mark: in the old edition and in the new one; either may be none."""

Bracket = tuple[str, ...]
"""The ministries inside one 【】 as printed: 「◎経産省」."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What of one change is looked at: its texts, and its 【】 before and after."""

    texts: tuple[Revised, ...] = ()
    brackets: tuple[tuple[Bracket, Bracket], ...] = ()

    def reversed(self) -> "Matter":
        """The same change, had it been made the other way round."""
        return Matter(
            tuple(text.reversed() for text in self.texts),
            tuple((new, old) for old, new in self.brackets),
        )


Find = Callable[[Matter], Iterator[Words]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text before and after, perhaps with a 【】, and the words that it is marked for, if any."""

    old: str
    new: str
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One known turn of officialese: a row of the rule table.

    ``name`` is what reviewers read beside a change, ``manual`` tells when it applies and why it
    matters. ``fires`` is an example that is marked, ``silent`` one that looks alike and is not.
    """

    id: str
    name: str
    manual: str
    find: Find
    fires: tuple[Example, ...]
    silent: tuple[Example, ...]


def in_texts(find: Callable[[Revised], Iterator[Words]]) -> Find:
    """Returns a rule that looks at each text by itself."""

    def find_in_all(matter: Matter) -> Iterator[Words]:
        for text in matter.texts:
            yield from find(text)

    return find_in_all


def mirrored(find: Find) -> Find:
    """Returns the rule that finds the opposite: what ``find`` finds in the change turned round."""

    def find_opposite(matter: Matter) -> Iterator[Words]:
        for old, new in find(matter.reversed()):
            yield new, old

    return find_opposite
