"""What a rule of the assessment is: a known turn of officialese, and how to find it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kihonkeikaku.diff.redline import Op, Redline

_BOUNDARY: Final = re.compile(r"(?<=[、。])")
"""Where a stretch may end: behind a comma or full stop that both texts have."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words that went and those that came in their place; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True)
class RevisedText:
    """One text in both editions, parted into what was kept, struck out and put in."""

    ops: Redline

    @cached_property
    def old(self) -> str:
        """The text before."""
        return "".join(text for op, text in self.ops if op != "+")

    @cached_property
    def new(self) -> str:
        """The text after."""
        return "".join(text for op, text in self.ops if op != "-")

    @property
    def hunks(self) -> Iterator[Replacement]:
        """What was struck out and put in, each pair that stands together as one."""
        old = new = ""
        for op, text in (*self.ops, ("=", "")):
            if op == "=":
                if old or new:
                    yield Replacement(old, new)
                old = new = ""
            elif op == "-":
                old += text
            else:
                new += text

    @property
    def stretches(self) -> "Iterator[RevisedText]":
        """The parts in which something changed, each between commas or full stops that stayed."""
        ops: list[tuple[Op, str]] = []
        for op, text in self._pieces():
            ops.append((op, text))
            if op == "=" and text[-1] in "、。":
                yield from _if_changed(ops)
                ops = []
        yield from _if_changed(ops)

    def reversed(self) -> "RevisedText":
        """The same text, had it been revised the other way round."""
        return RevisedText(tuple((_OPPOSITE[op], text) for op, text in self.ops))

    def _pieces(self) -> Iterator[tuple[Op, str]]:
        for op, text in self.ops:
            parts = _BOUNDARY.split(text) if op == "=" else [text]
            yield from ((op, part) for part in parts if part)


_OPPOSITE: Final[dict[Op, Op]] = {"=": "=", "-": "+", "+": "-"}


def parse_redline(ops: Iterable[Iterable[str]]) -> RevisedText:
    """Returns a text from the redline in a change's detail."""
    return RevisedText(tuple((op, text) for op, text in ops))  # type: ignore[misc] # JSON's pairs


def _if_changed(ops: list[tuple[Op, str]]) -> Iterator[RevisedText]:
    if any(op != "=" for op, _ in ops):
        yield RevisedText(tuple(ops))


MatchedWords = tuple[str, str]
"""The words that gave rise to a mark: in the old edition and in the new one; either may be none."""


PrintedAssignments = tuple[str, ...]
"""The ministries inside one 【】 as printed: 「◎経産省」."""


@dataclass(frozen=True, slots=True)
class ChangedContent:
    """What of one change is looked at: its texts, and its 【】 before and after."""

    texts: tuple[RevisedText, ...] = ()
    brackets: tuple[tuple[PrintedAssignments, PrintedAssignments], ...] = ()

    def reversed(self) -> "ChangedContent":
        """The same change, had it been made the other way round."""
        return ChangedContent(
            tuple(text.reversed() for text in self.texts),
            tuple((new, old) for old, new in self.brackets),
        )


MarkSearch = Callable[[ChangedContent], Iterator[MatchedWords]]


@dataclass(frozen=True, slots=True)
class MarkExample:
    """A text before and after, perhaps with a 【】, and the words that it is marked for, if any."""

    old: str
    new: str
    words: tuple[MatchedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRule:
    """One known turn of officialese: a row of the rule table.

    ``name`` is what reviewers read beside a change, ``manual`` tells when it applies and why it
    matters. ``fires`` is an example that is marked, ``silent`` one that looks alike and is not.
    """

    id: str
    name: str
    manual: str
    find: MarkSearch
    fires: tuple[MarkExample, ...]
    silent: tuple[MarkExample, ...]


def search_each_text(find: Callable[[RevisedText], Iterator[MatchedWords]]) -> MarkSearch:
    """Returns a rule that looks at each text by itself."""

    def find_in_all(matter: ChangedContent) -> Iterator[MatchedWords]:
        for text in matter.texts:
            yield from find(text)

    return find_in_all


def search_reversed(find: MarkSearch) -> MarkSearch:
    """Returns the rule that finds the opposite: what ``find`` finds in the change turned round."""

    def find_opposite(matter: ChangedContent) -> Iterator[MatchedWords]:
        for old, new in find(matter.reversed()):
            yield new, old

    return find_opposite
