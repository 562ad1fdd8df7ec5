"""Findings' fixes → edits of a file's text, each inside one string of its data."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kihonkeikaku.loading.positions import (
    can_stay_plain,
    escape_for_quote,
    find_columns,
    find_quote,
)
from kihonkeikaku.loading.source import BYTE_ORDER_MARK, LineColumn
from kihonkeikaku.loading.yaml_composer import ParsedYaml
from kihonkeikaku.model.finding import Finding, PlanPath


@dataclass(frozen=True, slots=True)
class Edit:
    """``new`` for ``old``, as both are written, from column ``start`` up to ``end`` of a line.

    In the data, it makes the characters from ``first`` up to ``last`` of the string at ``path``
    into ``text``; where the path is empty, the data is as if it had been made already.
    """

    line: int
    start: int
    end: int
    old: str
    new: str
    path: PlanPath
    first: int
    last: int
    text: str


class StringIndex:
    """Finds the strings of one file that are on one line each, by their positions."""

    def __init__(self, parsed: ParsedYaml) -> None:
        self._lines = parsed.text.split("\n")
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._strings: dict[LineColumn, tuple[PlanPath, str]] = {}
        self._columns: dict[LineColumn, Sequence[int] | None] = {}
        for path, value in find_strings(parsed.data):
            if value:
                place = parsed.values[path]
                self._starts[place[0]].append(place[1])
                self._strings[place] = path, value

    def edit(self, finding: Finding) -> Edit | None:
        """Returns the edit that makes a finding's fix; nothing where it can't be made safely.

        It has to lie within one string, and may not make a string without quotes something else.
        """
        fix, line = finding.fix, finding.position.line
        if fix is None:
            return None
        if not fix.in_value:
            old = self._lines[line - 1][fix.start - 1 : fix.end - 1] or BYTE_ORDER_MARK
            return Edit(line, fix.start, fix.end, old, fix.text, (), 0, 0, "")
        starts = self._starts[line]  # in order, since data is read from left to right
        nearest = bisect_right(starts, fix.start) - 1
        if nearest < 0:
            return None
        place = line, starts[nearest]
        columns = self._columns_at(place)
        first, last = _index(columns, fix.start), _index(columns, fix.end)
        if first is None or last is None:
            return None
        path, value = self._strings[place]
        text = self._lines[line - 1]
        quote = find_quote(text, place[1])
        if not quote and not can_stay_plain(value, first, last, fix.text):
            return None
        old = text[fix.start - 1 : fix.end - 1]
        new = escape_for_quote(fix.text, quote)
        return Edit(line, fix.start, fix.end, old, new, path, first, last, fix.text)

    def _columns_at(self, place: LineColumn) -> Sequence[int]:
        if place not in self._columns:
            line, column = place
            value = self._strings[place][1]
            self._columns[place] = find_columns(self._lines[line - 1], column, value)
        return self._columns[place] or ()


def _index(columns: Sequence[int], column: int) -> int | None:
    at = bisect_left(columns, column)
    return at if at < len(columns) and columns[at] == column else None


def find_strings(data: object, path: PlanPath = ()) -> Iterator[tuple[PlanPath, str]]:
    """Yields every string of a file's data, keys excepted, in the order of the file."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from find_strings(value, (*path, key))
    elif isinstance(data, tuple):
        for index, value in enumerate(data):
            yield from find_strings(value, (*path, index))


def drop_overlapping(edits: Iterable[Edit]) -> list[Edit]:
    """Returns the edits in the order of their places, of overlapping ones the first only."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.line, edit.start, edit.end)):
        if not kept or (kept[-1].line, kept[-1].end) <= (edit.line, edit.start):
            kept.append(edit)
    return kept


def apply_to_text(text: str, edits: Iterable[Edit]) -> str:
    """Returns a file's text after edits that are apart; every other character is as it was."""
    lines = text.split("\n")
    by_line: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for edit in edits:
        by_line[edit.line].append((edit.start - 1, edit.end - 1, edit.new))
    for line, spans in by_line.items():
        lines[line - 1] = _splice(lines[line - 1], spans)
    return "\n".join(lines)


def apply_to_data(data: object, edits: Iterable[Edit]) -> object:
    """Returns a file's data as it is meant to be after edits that are apart."""
    by_path: dict[PlanPath, list[tuple[int, int, str]]] = defaultdict(list)
    for edit in edits:
        by_path[edit.path].append((edit.first, edit.last, edit.text))

    def apply(data: object, path: PlanPath) -> object:
        if isinstance(data, str):
            return _splice(data, by_path[path]) if path in by_path else data
        if isinstance(data, dict):
            return {key: apply(value, (*path, key)) for key, value in data.items()}
        assert isinstance(data, tuple), "data is strings, dicts and tuples"
        return tuple(apply(value, (*path, index)) for index, value in enumerate(data))

    return apply(data, ())


def _splice(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Returns ``text`` with spans replaced, which are in order and apart."""
    parts, at = [], 0
    for start, end, new in spans:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
