"""Sentences of this plan, revised as ministries revise them, with the expected redlines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kihonkeikaku.diff.redline import Redline

_PARTS = re.compile(r"\[-(?P<gone>.+?)-\]|\{\+(?P<come>.+?)\+\}")
_MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}


@dataclass(frozen=True)
class Pair:
    """A sentence before and after, and its expected redline."""

    marked: str

    @property
    def old(self) -> str:
        return _PARTS.sub(lambda part: part["gone"] or "", self.marked)

    @property
    def new(self) -> str:
        return _PARTS.sub(lambda part: part["come"] or "", self.marked)


def pairs(name: str) -> list[Pair]:
    """Returns the pairs of one of the files here."""
    return [Pair(line) for line in _lines(name)]


def marked(redline: Redline) -> str:
    """Returns a redline with ``[-…-]`` for what was struck out, ``{+…+}`` for what was inserted."""
    return "".join(_MARKS[op].format(text) for op, text in redline)


def _lines(name: str) -> Iterator[str]:
    text = (Path(__file__).parent / name).read_text("utf-8")
    yield from (line for line in text.splitlines() if line and not line.startswith("#"))
