"""One fault of a file's YAML → the repair with which the rest of the file can be read.

Indentation that is off by some spaces, and a value with a colon in it, are faults whose repair is
found by trial: the first one with which the file can be read further is what was meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.loading.slips import MendedText, Slip, known_keys
from kihonkeikaku.loading.source import FileProblem, LineColumn
from kihonkeikaku.loading.yaml_problems import RUN_IN_TEXT
from kihonkeikaku.model.finding import Fix

LENGTH_LIMIT: Final = 40_000
"""Longest file that is tried to be mended, in characters; a real one has some thousand."""

_LINE: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<dash>- +)?(?:(?P<key>[a-z_]+):(?: +(?P<value>\S.*)|[ ]*$)|(?P<text>.*))"
)
_COLON_IN_TEXT: Final = re.compile(":(?: +|$)")
_NOT_PLAIN: Final = ("'", '"', "[", "{", "|", ">")
_ALIGNMENTS: Final = 3
"""With how many different columns above a line is tried to be aligned."""

FindFault = Callable[[str], FileProblem | None]
"""Reads a text, and returns its first fault of syntax, if it has one."""


@dataclass(frozen=True, slots=True)
class _YamlLine:
    """A line with content: where its dash and its key or text begin, counted from 0."""

    number: int
    indent: str
    dash: int | None
    start: int
    key: str | None
    value: Fix | None

    @property
    def first(self) -> int:
        """Where its content begins."""
        return len(self.indent)


def find_repair(text: str, fault: FileProblem, find_fault: FindFault) -> Slip | None:
    """Returns the repair of a fault with which a text can be read further; nothing without one."""
    if len(text) > LENGTH_LIMIT:
        return None
    lines = list(_content_lines(text))
    for slip in _candidates(lines, fault):
        next_fault = find_fault(MendedText(text, [(slip.line, slip.repair)]).text)
        read_up_to = max(_line_at_fault(fault), slip.line) + 1
        if next_fault is None or _line_at_fault(next_fault) > read_up_to:
            return slip
    return None


def _line_at_fault(fault: FileProblem) -> int:
    """Returns the line that is likely at fault: of a value that goes on, the second one."""
    return fault.place[0] + (fault.rule == "multiline-scalar")


def _content_lines(text: str) -> Iterator[_YamlLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if not match or not line.strip() or line.lstrip().startswith("#"):
            continue
        key, start = match["key"], match.end("dash") if match["dash"] else match.end("indent")
        value = None
        if key and match["value"] and not match["value"].startswith(_NOT_PLAIN):
            without = _COLON_IN_TEXT.sub("：", match["value"])
            value = Fix(match.start("value") + 1, match.end("value") + 1, without, in_value=False)
        dash = match.end("indent") if match["dash"] else None
        is_key = key in known_keys() or (match["dash"] and key)
        yield _YamlLine(number, match["indent"], dash, start, key if is_key else None, value)


def _candidates(lines: Sequence[_YamlLine], fault: FileProblem) -> Iterator[Slip]:
    """Yields repairs of the line with the fault, of the one after, and of the one before."""
    number, column = fault.place
    at = next((i for i, line in enumerate(lines) if line.number >= number), len(lines) - 1)
    if at < 0:
        return
    line = lines[at]
    if line.number == number and line.value and column > line.value.start and line.key:
        if RUN_IN_TEXT.search(line.value.text):
            return
        yield Slip(fault, line.value)
    for index in (at, at + 1, at - 1):
        if 0 <= index < len(lines):
            yield from _alignments(lines, index)


def _alignments(lines: Sequence[_YamlLine], index: int) -> Iterator[Slip]:
    """Yields a line aligned with the lines above it, the nearest first."""
    line = lines[index]
    if line.dash is None and line.key is None:
        return
    if index == 0:
        if line.first:
            yield _alignment(line, 0, "行の頭から書き始めてください。")
        return
    tried = {line.first} if "\t" not in line.indent else set()
    for above in reversed(lines[:index]):
        column = above.start if line.dash is None else above.dash
        if column is None or column in tried or (line.dash is None and above.key is None):
            continue
        tried.add(column)
        mark = f"「{above.key}」" if line.dash is None else "「-」"
        at = f"行の頭から半角の空白 {column} 個" if column else "行の頭"
        where = f"{above.number} 行目の{mark}と同じ位置（{at}）"
        yield _alignment(line, column, f"{where}に揃えてください。")
        if len(tried) > _ALIGNMENTS:
            return
    above = lines[index - 1]
    if line.dash is not None and above.key and not above.value and above.start not in tried:
        where = f"行の頭から半角の空白 {above.start + 2} 個のところ"
        yield _alignment(line, above.start + 2, f"{where}に揃えてください。")


def _alignment(line: _YamlLine, column: int, advice: str) -> Slip:
    word = "「-」" if line.dash is not None else f"「{line.key}」"
    message = f"{word}の字下げが揃っていません。"
    place: LineColumn = (line.number, line.first + 1)
    hint = f"{word}を、{advice}"
    if "\t" in line.indent:
        message = "字下げにタブがあります。"
        place = (line.number, line.indent.index("\t") + 1)
        hint = f"タブではなく半角の空白を使い、{hint}"
    problem = FileProblem("yaml-syntax", message, hint, place)
    return Slip(problem, Fix(1, line.first + 1, " " * column, in_value=False))
