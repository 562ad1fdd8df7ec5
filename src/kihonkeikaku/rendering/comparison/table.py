"""The parts of a 新旧対照表, whatever it is printed as; and the rows that concern one ministry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.ministry_filter import View
from kihonkeikaku.rendering.comparison.edition_lines import Thing
from kihonkeikaku.rendering.comparison.options import TableForm

OMITTED: Final = "（略）"

ABSENT_OLD: Final = "（新設）"

ABSENT_NEW: Final = "（削る）"

ELSEWHERE: Final = "（移動）"
"""Stands on the new side of a place that something left for another one."""

Mark = Literal["", "line", "double"]
"""No line, 傍線, or 二重傍線."""

Side = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, and the line that is drawn under it."""

    text: str
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell.

    ``look`` tells how it is set: as a heading of some kind, an item, a paragraph of some kind, a
    note, or as an ``aside``, which is what the table itself says, such as （新設）. ``omits`` is
    what （略） stands for.
    """

    look: str
    pieces: tuple[Piece, ...]
    omits: tuple[Thing, ...] = ()

    @property
    def text(self) -> str:
        """As printed."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row.

    ``at`` is the place of its first line of the plan in that edition, counted in lines; None where
    it holds none.
    """

    lines: tuple[Line, ...]
    at: int | None = None

    def sources(self) -> Iterator[str]:
        """Yields the lines of the plan that the cell prints or abridges."""
        for line in self.lines:
            if line.omits:
                for thing in line.omits:
                    yield from thing.lines()
            elif line.look != "aside":
                yield line.text


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side.

    ``changes`` are told by this row alone; ``touching`` are told elsewhere and show here too, such
    as the new name of a ministry. ``anchor`` is the thing's in the new edition; ``look`` how its
    line is set, and ``level`` how deep a heading it is, 0 for none. The rows that follow and are of
    more ``depth`` stand under it. ``left`` is the place in the old edition of what stood here and
    moved, counted in lines: this row only says where to.
    """

    new: Cell
    old: Cell
    changes: tuple[Change, ...] = ()
    touching: tuple[Change, ...] = ()
    anchor: str | None = None
    look: str = ""
    level: int = 0
    depth: int = 0
    left: int | None = None

    @property
    def differs(self) -> bool:
        """Whether the row shows anything but context."""
        marked = any(
            piece.mark
            for cell in (self.new, self.old)
            for line in cell.lines
            for piece in line.pieces
        )
        return marked or bool(self.changes)


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table, in the order of the new edition; ``aside`` are rows of what the text lacks.

    Those are fields of the edition and the register of ministries.
    """

    form: TableForm
    rows: tuple[Row, ...]
    aside: tuple[Row, ...] = field(default=())


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
