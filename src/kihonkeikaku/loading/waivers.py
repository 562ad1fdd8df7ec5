"""Waivers: comments such as ``# allow spelling: 原文のまま``, which accept a finding in place.

A waiver behind a value speaks of its own line; one on a line of its own, of the next line that
says something, and at the head of a file of the file as a whole, too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.loading.yaml_parser import ParsedYaml
from kihonkeikaku.model.finding import Position

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#(?P<text>.*)$")
_WAIVER: Final = re.compile(r"\s*allow\s+(?P<rule>[a-z-]+)\s*[:：]?\s*(?P<reason>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A comment that accepts what a rule finds on the ``lines`` it speaks of, with a reason."""

    rule: str
    reason: str
    position: Position
    lines: frozenset[int]


def find_waivers(parsed: ParsedYaml, file: str) -> Iterator[Waiver]:
    """Yields the waivers of one file; ``file`` is its name as messages show it."""
    if "allow" not in parsed.text:  # most files have none
        return
    lines = parsed.text.split("\n")
    speaking = [number for number, line in enumerate(lines, start=1) if _says_something(line)]
    for number, line in enumerate(lines, start=1):
        comment = _COMMENT.search(line, parsed.scalar_ends.get(number, 1) - 1)
        waiver = comment and _WAIVER.match(comment["text"])
        if comment and waiver:
            yield Waiver(
                waiver["rule"],
                waiver["reason"],
                Position(file, number, comment.start() + 1),
                frozenset(_lines_spoken_of(line[: comment.start()], number, speaking)),
            )


def _lines_spoken_of(before: str, number: int, speaking: Sequence[int]) -> Iterator[int]:
    """Yields the lines that a waiver speaks of.

    Args:
        before: what stands before it on its line.
        number: its line.
        speaking: the lines that say something, in order.
    """
    if before.strip():
        yield number
        return
    following = bisect_right(speaking, number)
    if following == 0:
        yield 1
    yield from speaking[following : following + 1]


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
