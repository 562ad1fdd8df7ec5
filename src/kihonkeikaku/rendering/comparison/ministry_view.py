"""The rows of a table that a view shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kihonkeikaku.diff import Change
from kihonkeikaku.diff.ministry_filter import View
from kihonkeikaku.rendering.comparison.table import Cell, Line, Piece, Row, Table


def viewed(table: Table, view: View | None) -> Table:
    """Returns the table with the rows that show changes of the view, and the headings above them.

    Where changes were left out the table says how many; what did not change is left out silently.
    """
    if view is None:
        return table
    shown = frozenset(id(change) for change in view.changes)
    return replace(
        table,
        rows=tuple(_shown(table.rows, shown)),
        aside=tuple(row for row in table.aside if _has(row.changes, shown)),
    )


def _shown(rows: Sequence[Row], shown: frozenset[int]) -> Iterator[Row]:
    above: list[Row] = []
    left_out = 0
    for row in rows:
        if row.level:
            above = [heading for heading in above if heading.level < row.level]
        if _has((*row.changes, *row.touching), shown):
            if left_out:
                yield _gap(left_out)
            yield from above
            yield row
            above, left_out = [], 0
        else:
            left_out += len(row.changes)
            if row.level:
                above.append(replace(row, changes=()))
    if left_out:
        yield _gap(left_out)


def _has(changes: Sequence[Change], shown: frozenset[int]) -> bool:
    return any(id(change) in shown for change in changes)


def _gap(count: int) -> Row:
    cell = Cell((Line("aside", (Piece(f"（示していない変更{count}件）"),)),))
    return Row(cell, cell, look="gap")
