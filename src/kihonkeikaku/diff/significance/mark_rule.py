"""What a mark rule is: a known change of phrase in official texts, and how to find it."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from kihonkeikaku.diff.redline import Op, Redline

T = TypeVar("T")

_BOUNDARY: Final = re.compile(r"(?<=[、。])")
"""Where a passage may end: after a comma or full stop that both texts have."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words struck out and the words inserted in their place; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True)
class RevisedText:
    """One text in both editions: what was kept, struck out and inserted."""

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
    def replacements(self) -> Iterator[Replacement]:
        """What was struck out and inserted, adjacent words as one replacement."""
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
    def passages(self) -> "Iterator[RevisedText]":
        """The passages, each between commas or full stops that were kept."""
        ops: list[tuple[Op, str]] = []
        for op, text in self._pieces():
            ops.append((op, text))
            if op == "=" and text[-1] in "、。":
                yield RevisedText(tuple(ops))
                ops = []
        if ops:
            yield RevisedText(tuple(ops))

    @property
    def changed_passages(self) -> "Iterator[RevisedText]":
        """The passages with changes."""
        for passage in self.passages:
            if any(op != "=" for op, _ in passage.ops):
                yield passage

    def reversed(self) -> "RevisedText":
        """The same text with old and new exchanged."""
        return RevisedText(tuple((_OPPOSITE[op], text) for op, text in self.ops))

    def _pieces(self) -> Iterator[tuple[Op, str]]:
        for op, text in self.ops:
            parts = _BOUNDARY.split(text) if op == "=" else [text]
            yield from ((op, part) for part in parts if part)


_OPPOSITE: Final[dict[Op, Op]] = {"=": "=", "-": "+", "+": "-"}


def parse_redline(ops: Iterable[Iterable[str]]) -> RevisedText:
    """Returns the text of a redline in a change's detail."""
    return RevisedText(tuple((op, text) for op, text in ops))  # type: ignore[misc] # JSON's pairs


MatchedWords = tuple[str, str]
"""The words that a rule matched, in the old and in the new edition; either may be empty."""


PrintedAssignments = tuple[str, ...]
"""The ministries inside one 【】 as printed: 「◎経産省」."""


@dataclass(frozen=True, slots=True)
class ChangedContent:
    """The content of one change that rules examine: its texts, and its 【】 before and after."""

    texts: tuple[RevisedText, ...] = ()
    brackets: tuple[tuple[PrintedAssignments, PrintedAssignments], ...] = ()

    def reversed(self) -> "ChangedContent":
        """The same change with old and new exchanged."""
        return ChangedContent(
            tuple(text.reversed() for text in self.texts),
            tuple((new, old) for old, new in self.brackets),
        )


MarkSearch = Callable[[ChangedContent], Iterator[MatchedWords]]


@dataclass(frozen=True, slots=True)
class MarkExample:
    """A text before and after, possibly with a 【】, and the words that the rule matches."""

    old: str
    new: str
    words: tuple[MatchedWords, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRule:
    """One known change of phrase: a row of the rule table.

    ``name`` is printed beside a change, ``manual`` explains when the rule applies and why that
    contents. The rule matches the examples ``fires``, and not the similar ones ``silent``.
    """

    id: str
    name: str
    manual: str
    find: MarkSearch
    fires: tuple[MarkExample, ...]
    silent: tuple[MarkExample, ...]


def search_each_text(find: Callable[[RevisedText], Iterator[MatchedWords]]) -> MarkSearch:
    """Returns a search that applies ``find`` to each text."""

    def find_in_all(content: ChangedContent) -> Iterator[MatchedWords]:
        for text in content.texts:
            yield from find(text)

    return find_in_all


def search_reversed(find: MarkSearch) -> MarkSearch:
    """Returns a search for the opposite: what ``find`` finds with old and new exchanged."""

    def find_opposite(content: ChangedContent) -> Iterator[MatchedWords]:
        for old, new in find(content.reversed()):
            yield new, old

    return find_opposite


def find_unmatched(
    entries: Iterable[T], others: Iterable[T], key: Callable[[T], Hashable]
) -> list[T]:
    """Returns the entries whose key no other has; an equal key matches once."""
    common = Counter(map(key, others))
    unmatched = []
    for entry in entries:
        if common[key(entry)]:
            common[key(entry)] -= 1
        else:
            unmatched.append(entry)
    return unmatched
