"""Where a character of a scalar's text stands in the line that writes it."""

import re
from typing import Final

_DOUBLE_QUOTED: Final = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|.", re.DOTALL
)
_SINGLE_QUOTED: Final = re.compile(r"''|.", re.DOTALL)


def column_of(line: str, column: int, offset: int) -> int:
    """Returns the column of a scalar's character.

    Args:
        line: the line that holds the scalar, which does not span lines.
        column: where the scalar begins, counted from 1.
        offset: which of its characters, counted from 0, after quotes and escapes are undone.
    """
    written = line[column - 1 :]
    if not written.startswith(("'", '"')):
        return column + offset
    piece = _SINGLE_QUOTED if written[0] == "'" else _DOUBLE_QUOTED
    at = 1
    for _ in range(offset):
        match = piece.match(written, at)
        at = match.end() if match else at
    return column + at
