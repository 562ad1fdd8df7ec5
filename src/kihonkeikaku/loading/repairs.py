"""One fault of a file's YAML → the repair with which the rest of the file can be read.

Indentation that is off by some spaces, and a value that has a colon in it or begins with a mark of
YAML's, are faults whose repair is found by trial: the first one with which the file can be read
further is what was meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.loading.mended_text import MendedText, Slip
from kihonkeikaku.loading.slips import known_keys
from kihonkeikaku.loading.source import FileProblem, LineColumn
from kihonkeikaku.loading.yaml_problems import (
    ENDS_EARLY,
    MARKS,
    NEXT_KEY,
    RUN,
    RUN_IN_TEXT,
    WIDE_BRACKETS,
)
from kihonkeikaku.model.finding import Fix

LENGTH_LIMIT: Final = 40_000
"""Longest file that is tried to be mended, in characters; a real one has some thousand."""

_LINE: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<dash>- +)?(?:(?P<key>[a-z_]+):(?: +(?P<value>\S.*)|[ ]*$)|(?P<text>.*))"
)
_COLON_IN_TEXT: Final = re.compile(":(?: +|$)")
_TEXT_KEYS: Final = ("text", "title", "bullet", "note", "legend", "plain", "name", "reason")
_LEADING_MARKS: Final = "".join(MARKS)
_OPENING: Final = ("'", '"', "[", "{")
_ALIGNMENTS: Final = 3
"""With how many different columns above a line is tried to be aligned."""

TryReading = Callable[[str], tuple[FileProblem | None, bool]]
"""Reads a text: returns its first fault of syntax, if there is one, and whether all is sound."""


@dataclass(frozen=True, slots=True)
class _YamlLine:
    """A line with content: where its dash and its key or text begin, counted from 0.

    ``value`` is what stands behind the key or, on a line without one, behind the dash.
    """

    number: int
    indent: str
    dash: int | None
    start: int
    key: str | None
    value: str
    value_at: int

    @property
    def first(self) -> int:
        """Where its content begins."""
        return len(self.indent)


def find_repair(text: str, fault: FileProblem, try_reading: TryReading) -> Slip | None:
    """Returns the repair of a fault with which a text can be read further; nothing without one.

    Args:
        text: the file's text.
        fault: its first fault.
        try_reading: reads the text with a repair; one that leaves it sound is taken before others.
    """
    if len(text) > LENGTH_LIMIT:
        return None
    lines = list(_content_lines(text))
    first = None
    for slip, is_sure in _candidates(lines, fault):
        next_fault, is_sound = try_reading(MendedText(text, [(slip.line, slip.repair)]).text)
        if is_sound:
            return slip
        read_up_to = max(_line_at_fault(fault), slip.line) + 1
        is_further = next_fault is None or _line_at_fault(next_fault) > read_up_to
        if first is None and is_sure and is_further:
            first = slip
    return first


def _line_at_fault(fault: FileProblem) -> int:
    """Returns the line that is likely at fault: of a value that goes on, the second one."""
    return fault.place[0] + (fault.rule == "multiline-scalar")


def _content_lines(text: str) -> Iterator[_YamlLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if not match or not line.strip() or line.lstrip().startswith("#"):
            continue
        key, start = match["key"], match.end("dash") if match["dash"] else match.end("indent")
        dash = match.end("indent") if match["dash"] else None
        is_key = key in known_keys() or (match["dash"] and key)
        behind = "value" if key else "text"
        yield _YamlLine(
            *(number, match["indent"], dash, start, key if is_key else None),
            *(match[behind] or "", match.start(behind)),
        )


def _candidates(lines: Sequence[_YamlLine], fault: FileProblem) -> Iterator[tuple[Slip, bool]]:
    """Yields repairs of the line with the fault, of the one after, and of the one before.

    Each comes with whether it may be right where the text has other faults as well.
    """
    number, _ = fault.place
    at = next((i for i, line in enumerate(lines) if line.number >= number), len(lines) - 1)
    if at < 0 or RUN_IN_TEXT.search(lines[at].value):
        return
    if lines[at].number == number:
        yield from ((slip, True) for slip in _repairs_of_value(lines[at], fault))
    near = [index for index in (at, at + 1, at - 1) if 0 <= index < len(lines)]
    for index in near:
        yield from ((slip, True) for slip in _alignments(lines, index))
    for index in near:
        yield from ((slip, False) for slip in _missing_dash(lines, index))


def _repairs_of_value(line: _YamlLine, fault: FileProblem) -> Iterator[Slip]:
    """Yields a value as it was probably meant: as two of them, as a text, with another colon."""
    value, start, end = line.value, line.value_at + 1, line.value_at + len(line.value) + 1
    if line.dash is not None and line.key and NEXT_KEY.search(value):
        start, value = line.start + 1, NEXT_KEY.sub(r", \g<key>: ", f"{{{line.key}: {value}}}")
    elif (line.key or "text") in _TEXT_KEYS and (
        value.startswith(MARKS) or (ENDS_EARLY.match(value) and not RUN.search(value))
    ):
        value = _as_text(value)
    elif line.key and fault.place[1] > start and not value.startswith(_OPENING):
        value = _COLON_IN_TEXT.sub("：", value)
    if value != line.value and (line.key or line.dash is not None):
        yield Slip(fault, Fix(start, end, value, in_value=False))


def _as_text(value: str) -> str:
    """Returns a value as a text that begins with no mark of YAML's."""
    if value[0] in "[{":
        return value.translate(WIDE_BRACKETS)
    text = value.lstrip(_LEADING_MARKS)
    return "'" + text.replace("'", "''") + "'" if text else value


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
    if above.key and not above.value and above.start + 2 not in tried:
        where = f"行の頭から半角の空白 {above.start + 2} 個のところ"
        yield _alignment(line, above.start + 2, f"{where}に揃えてください。")


def _missing_dash(lines: Sequence[_YamlLine], index: int) -> Iterator[Slip]:
    """Yields a line as an item, where it stands below or above the dash of another one."""
    line = lines[index]
    around = (*lines[:index], *lines[index + 1 : index + 2])
    if line.dash is None and any(other.dash == line.first for other in around):
        problem = FileProblem(
            "yaml-syntax",
            "一覧の中に、「- 」のない行があります。",
            "一覧の項目なら、初めに「- 」を付けてください。前の行の続きなら、前の行とまとめて"
            "一行にしてください。",
            (line.number, line.first + 1),
        )
        yield Slip(problem, Fix(line.first + 1, line.first + 1, "- ", in_value=False))


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
