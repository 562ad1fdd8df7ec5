"""YAML scalars on one line: the column of each character, and how a character is written."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

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
