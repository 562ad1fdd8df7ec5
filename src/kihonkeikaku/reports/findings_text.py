"""Findings for a reader: place, sentence, the line itself with a marker, and what to do."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from kihonkeikaku.model.finding import Finding, Severity
from kihonkeikaku.reports.findings_summary import listed, summary_line, unlisted
from kihonkeikaku.system.terminal import is_shown, painted, shown
from kihonkeikaku.validation.linter import Checked

_SEVERITIES: Final[dict[Severity, str]] = {"error": "誤り", "warning": "注意", "note": "参考"}
_TAB_WIDTH: Final = 4
_WIDE: Final = ("W", "F", "A")
_LONG: Final = 1000
_REACH: Final = 200
"""Of a line longer than any that a person writes, so many characters show around the place."""


def findings_text(checked: Checked, *, colour: bool = False) -> str:
    """Returns the findings as lines for a reader, ending with the summary."""
    parts = [finding_text(f, checked.loaded.texts, colour) for f in listed(checked.findings)]
    parts += [f"{shown(file)}: ほかに {count} 件あります。\n" for file, count in unlisted(checked)]
    return "\n".join([*parts, summary_line(checked)])


def finding_text(finding: Finding, texts: Mapping[str, str], colour: bool = False) -> str:
    """Returns one finding as lines; ``texts`` holds the files' texts by their names."""
    place = finding.position
    head = (
        painted(f"{shown(place.file)}:{place.line}:{place.column}:", "place", colour)
        + " "
        + painted(_SEVERITIES[finding.severity], finding.severity, colour)
        + f"［{finding.rule}］{shown(finding.message)}"
    )
    lines = [head, *_excerpt(finding, texts, colour), f"  → {shown(finding.hint)}", ""]
    return "\n".join(lines)


def _excerpt(finding: Finding, texts: Mapping[str, str], colour: bool) -> Iterator[str]:
    """The line that the finding is about, with a marker under its place."""
    place = finding.position
    if (place.line, place.column) == (1, 1):  # said of the file as a whole
        return
    lines = _lines(texts.get(place.file, ""))
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return
    line = lines[place.line - 1].replace("\t", " " * _TAB_WIDTH)
    tabs = lines[place.line - 1][: place.column - 1].count("\t")
    column = place.column - 1 + tabs * (_TAB_WIDTH - 1)
    line, column = _clipped(line, column)
    gutter = f"  {place.line} | "
    yield gutter + "".join(c if is_shown(c) else "?" for c in line)
    indent = " " * (len(gutter) - 2) + "| " + " " * _width(line[:column])
    yield indent + painted("^", "mark", colour)


@lru_cache(maxsize=1)  # up to a hundred findings of one file follow each other
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _clipped(line: str, column: int) -> tuple[str, int]:
    """The part of a line around a column (counted from 0), and the column in that part."""
    if len(line) <= _LONG:
        return line, column
    start, end = max(column - _REACH, 0), column + _REACH
    head = "…" if start else ""
    tail = "…" if end < len(line) else ""
    return head + line[start:end] + tail, column - start + len(head)


def _width(text: str) -> int:
    """The columns that a text takes on a terminal (East Asian Width, UAX #11)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in _WIDE else 1
        for c in text
    )
