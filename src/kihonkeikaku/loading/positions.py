"""Where a plan's values stand in its files: by path, and columns within their text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from kihonkeikaku.loading.source import LineColumn
from kihonkeikaku.model.finding import PlanPath, Position


@dataclass(frozen=True, slots=True)
class FilePositions:
    """Where the values and keys of one file begin, by their paths within it.

    ``file`` is its name as messages show it.
    """

    file: str
    values: Mapping[PlanPath, LineColumn] = field(default_factory=dict)
    keys: Mapping[PlanPath, LineColumn] = field(default_factory=dict)


@dataclass(slots=True)
class PositionMap:
    """Finds the position of any path of a plan. ``files`` holds each file by its root path.

    Positions are made on request: few of a plan's values are ever reported.
    """

    label: str
    files: dict[PlanPath, FilePositions] = field(default_factory=dict)

    def find(self, path: PlanPath, *, at_key: bool = False) -> Position:
        """Returns the position of ``path``, or of the nearest value around it."""
        root = self._root(path)
        file = self.files.get(root)
        if not file:
            return Position(self.label)
        within = path[len(root) :]
        if at_key and within in file.keys:
            return Position(file.file, *file.keys[within])
        while within and within not in file.values:
            within = within[:-1]
        # What concerns the file as a whole is reported at its beginning.
        return Position(file.file, *file.values[within]) if within else Position(file.file)

    def file_of(self, path: PlanPath) -> str:
        """Returns the file that ``find`` finds ``path`` in."""
        file = self.files.get(self._root(path))
        return file.file if file else self.label

    def _root(self, path: PlanPath) -> PlanPath:
        return next((path[:end] for end in (2, 1) if path[:end] in self.files), ())


_DOUBLE_QUOTED: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|.", re.DOTALL
)

_SINGLE_QUOTED: Final = re.compile(r"''|.", re.DOTALL)

# What ends a plain scalar or makes it something else; the brackets and the comma only within [] {}.
_UNPLAIN: Final = re.compile(r"^[-?:#&*!|>'\"%@`]|^\s|\s$|^$|:(?=\s|$)|\s#|[,\[\]{}]")

_BLOCK_MARKS: Final = ("|", ">")  # a block scalar: its text is in later lines

_PIECES: Final = {"'": _SINGLE_QUOTED, '"': _DOUBLE_QUOTED}


def find_column(line: str, column: int, offset: int) -> int:
    """Returns the column of a scalar's character.

    Of a scalar that goes on in later lines, it is the scalar's own where the character is not
    written in the first one.

    Args:
        line: the line where the scalar begins.
        column: where the scalar begins, counted from 1.
        offset: which of its characters, counted from 0, after quotes and escapes are undone.
    """
    if find_quote(line, column):
        columns = _quoted_columns(line, column)
        return columns[min(offset, len(columns) - 1)]
    is_below = line.startswith(_BLOCK_MARKS, column - 1) or column + offset > len(line) + 1
    return column if is_below else column + offset


def find_columns(line: str, column: int, value: str) -> Sequence[int] | None:
    """Returns the column of each character of a scalar and, last, of the first one after.

    Args:
        line: the line where the scalar begins.
        column: where it begins, counted from 1.
        value: its text, after quotes and escapes are undone.

    Returns:
        Nothing where the scalar goes on in later lines.
    """
    if not find_quote(line, column):
        is_whole = line.startswith(value, column - 1)
        return range(column, column + len(value) + 1) if is_whole else None
    columns = _quoted_columns(line, column)
    ends_here = line[columns[-1] - 1] == find_quote(line, column)
    return columns if ends_here and len(columns) == len(value) + 1 else None


def find_quote(line: str, column: int) -> str:
    """Returns the quote that a scalar begins with; nothing where it is written plainly."""
    return line[column - 1 : column] if line.startswith(("'", '"'), column - 1) else ""


def escape_for_quote(text: str, quote: str) -> str:
    """Returns ``text`` as it is written inside a scalar that begins with ``quote``."""
    if quote == "'":
        return text.replace("'", "''")
    if quote == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text


def can_stay_plain(value: str, first: int, last: int, text: str) -> bool:
    """Whether a scalar without quotes is still read as its text with ``text`` in it.

    Args:
        value: the scalar's text.
        first: the first of the characters that are replaced, counted from 0.
        last: the first one after these.
        text: what is written in their stead.
    """
    before = value[max(first - 1, 0) : first]
    after = value[last : last + 1]
    head = "x" if first > 1 else ""
    tail = "x" if last + 1 < len(value) else ""
    old, new = (head + before + part + after + tail for part in (value[first:last], text))
    return len(_UNPLAIN.findall(new)) <= len(_UNPLAIN.findall(old))


@lru_cache(maxsize=4)  # a line may hold many violations
def _quoted_columns(line: str, column: int) -> tuple[int, ...]:
    """The columns of a quoted scalar's characters, and of its closing quote."""
    quote = line[column - 1]
    at = column
    columns: list[int] = []
    while at < len(line):
        columns.append(at + 1)
        piece = _PIECES[quote].match(line, at)
        if piece is None or piece[0] == quote:
            break
        at = piece.end()
    return tuple(columns) or (column,)
