"""Comments of a plan's files: waivers, and what else is written behind a value.

Waivers are comments such as ``# allow spelling: 原文のまま``, which accept a finding in place. A
waiver behind a value is about its own line; one on a line of its own, about the next line with
content, and at the head of a file about the file as a whole, too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.loading.yaml_composer import ParsedYaml
from kihonkeikaku.model.draft import TrailingComment
from kihonkeikaku.model.finding import PlanPath, Position

_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#(?P<text>.*)$")
_WAIVER: Final = re.compile(r"\s*allow\s+(?P<rule>[a-z-]+)\s*[:：]?\s*(?P<reason>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A comment that accepts what a rule finds on the ``lines`` it is about, with a reason."""

    rule: str
    reason: str
    position: Position
    lines: frozenset[int]


def find_waivers(parsed: ParsedYaml, file: str) -> Iterator[Waiver]:
    """Yields the waivers of one file; ``file`` is its name as messages show it."""
    if "allow" not in parsed.text:  # most files have none
        return
    lines = parsed.text.split("\n")
    content_lines = [number for number, line in enumerate(lines, start=1) if _has_content(line)]
    for number, line in enumerate(lines, start=1):
        comment = _COMMENT.search(line, parsed.scalar_ends.get(number, 1) - 1)
        waiver = comment and _WAIVER.match(comment["text"])
        if comment and waiver:
            yield Waiver(
                waiver["rule"],
                waiver["reason"],
                Position(file, number, comment.start() + 1),
                frozenset(_waived_lines(line[: comment.start()], number, content_lines)),
            )


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a file: the value that it stands behind, or else the next one; its text."""

    path: PlanPath
    text: str
    is_behind: bool


def find_comments(parsed: ParsedYaml) -> Iterator[Comment]:
    """Yields all comments of one file; one at the end of the file is about the last value."""
    lines = parsed.text.split("\n")
    first: dict[int, PlanPath] = {}  # of each line, the deepest value and the first of these
    places = [*parsed.keys.items(), *parsed.values.items()]
    for path, (number, _) in sorted(places, key=lambda one: (-len(one[0]), one[1])):
        first.setdefault(number, path)
    numbers = sorted(first)
    for number, line in enumerate(lines, start=1):
        comment = _COMMENT.search(line, parsed.scalar_ends.get(number, 1) - 1)
        if not comment:
            continue
        text = comment[0].rstrip()
        if line[: comment.start()].strip():
            path = parsed.last_values.get(number) or first.get(number, ())
            yield Comment(path, text, is_behind=True)
        else:
            following = min(bisect_right(numbers, number), len(numbers) - 1)
            yield Comment(first[numbers[following]], text, is_behind=False)


def find_trailing_comments(parsed: ParsedYaml, root: PlanPath) -> Iterator[TrailingComment]:
    """Yields the comments behind values of one file, waivers excepted; ``root`` is its path."""
    if "#" not in parsed.text:
        return
    lines = parsed.text.split("\n")
    for number, path in parsed.last_values.items():
        line = lines[number - 1]
        comment = _COMMENT.search(line, parsed.scalar_ends[number] - 1)
        if comment and not _WAIVER.match(comment["text"]):
            begins, column = parsed.values[path]
            offset = comment.start() + 1 - column if begins == number else 0
            yield TrailingComment((*root, *path), offset, comment[0].rstrip())


def _waived_lines(before: str, number: int, content_lines: Sequence[int]) -> Iterator[int]:
    """Yields the lines that a waiver is about.

    Args:
        before: the text before it on its line.
        number: its line.
        content_lines: the lines that are not empty or comments, in order.
    """
    if before.strip():
        yield number
        return
    following = bisect_right(content_lines, number)
    if following == 0:
        yield 1
    yield from content_lines[following : following + 1]


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
