"""A text before and after, as the judgement looks at it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kihonkeikaku.diff.redline.redline import Op, Redline

_BOUNDARY: Final = re.compile(r"(?<=[、。])")
"""Where a stretch may end: behind a comma or full stop that both texts have."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Words that went and those that came in their place; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True)
class Revised:
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
    def hunks(self) -> Iterator[Hunk]:
        """What was struck out and put in, each pair that stands together as one."""
        old = new = ""
        for op, text in (*self.ops, ("=", "")):
            if op == "=":
                if old or new:
                    yield Hunk(old, new)
                old = new = ""
            elif op == "-":
                old += text
            else:
                new += text

    @property
    def stretches(self) -> "Iterator[Revised]":
        """The parts in which something changed, each between commas or full stops that stayed."""
        ops: list[tuple[Op, str]] = []
        for op, text in self._pieces():
            ops.append((op, text))
            if op == "=" and text[-1] in "、。":
                yield from _if_changed(ops)
                ops = []
        yield from _if_changed(ops)

    def reversed(self) -> "Revised":
        """The same text, had it been revised the other way round."""
        return Revised(tuple((_OPPOSITE[op], text) for op, text in self.ops))

    def _pieces(self) -> Iterator[tuple[Op, str]]:
        for op, text in self.ops:
            parts = _BOUNDARY.split(text) if op == "=" else [text]
            yield from ((op, part) for part in parts if part)


_OPPOSITE: Final[dict[Op, Op]] = {"=": "=", "-": "+", "+": "-"}


def revised(ops: Iterable[Iterable[str]]) -> Revised:
    """Returns a text from the redline in a change's detail."""
    return Revised(tuple((op, text) for op, text in ops))  # type: ignore[misc] # JSON's pairs


def _if_changed(ops: list[tuple[Op, str]]) -> Iterator[Revised]:
    if any(op != "=" for op, _ in ops):
        yield Revised(tuple(ops))
