"""The parts of a 新旧対照表, whatever it is printed as; and the rows that concern one ministry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.ministry_filter import MinistryView
from kihonkeikaku.rendering.comparison.pairing import EditionLine
from kihonkeikaku.rendering.comparison.table_options import TableOptions

OMITTED: Final = "（略）"
ABSENT_OLD: Final = "（新設）"
ABSENT_NEW: Final = "（削る）"
ELSEWHERE: Final = "（移動）"
"""Printed on the new side, at the place from which something moved."""

Underline = Literal["", "line", "double"]
"""No line, 傍線, or 二重傍線."""

EditionSide = Literal["old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, and the line that is drawn under it."""

    text: str
    underline: Underline = ""


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a cell.

    ``look`` is how it is set: as a heading of some kind, a measure (``item``), a paragraph of some
    kind, a footnote (``note``), or as an ``aside``, which is what the table itself says, such as
    （新設）. ``omits`` are the lines that （略） stands for.
    """

    look: str
    pieces: tuple[Piece, ...]
    omits: tuple[EditionLine, ...] = ()

    @property
    def text(self) -> str:
        """As printed."""
        return "".join(piece.text for piece in self.pieces)

    def omitted_texts(self) -> Iterator[str]:
        """Yields the lines of the plan that （略） stands for."""
        for line in self.omits:
            yield from line.texts()


@dataclass(frozen=True, slots=True)
class TableCell:
    """One side of a row.

    ``at`` is the place of its first line of the plan in that edition, counted in lines; None where
    it holds none.
    """

    lines: tuple[TableLine, ...]
    at: int | None = None

    def plan_texts(self) -> Iterator[str]:
        """Yields the lines of the plan that the cell prints or abridges."""
        for line in self.lines:
            if line.omits:
                yield from line.omitted_texts()
            elif line.look != "aside":
                yield line.text


@dataclass(frozen=True, slots=True)
class TableRow:
    """What stands side by side.

    ``changes`` are shown by this row alone; ``related`` are shown by others and changed text of
    this one too, such as the new name of a ministry. ``anchor`` is the line's in the new edition;
    ``look`` how the line is set, and ``level`` how deep a heading it is, 0 for none. The rows that
    follow and are of more ``depth`` stand under it. ``left`` is the place in the old edition of
    what stood here and moved, counted in lines: this row only says where to.
    """

    new: TableCell
    old: TableCell
    changes: tuple[Change, ...] = ()
    related: tuple[Change, ...] = ()
    anchor: str | None = None
    look: str = ""
    level: int = 0
    depth: int = 0
    left: int | None = None

    @property
    def length(self) -> int:
        """How many characters the longer of its sides prints."""
        return max(sum(len(line.text) for line in cell.lines) for cell in (self.new, self.old))

    @property
    def differs(self) -> bool:
        """Whether the row shows anything but context."""
        marked = any(
            piece.underline
            for cell in (self.new, self.old)
            for line in cell.lines
            for piece in line.pieces
        )
        return marked or bool(self.changes)


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """A whole table, in the order of the new edition.

    ``metadata_rows`` are of what the text doesn't print: fields of the edition, and the register
    of ministries.
    """

    options: TableOptions
    rows: tuple[TableRow, ...]
    metadata_rows: tuple[TableRow, ...] = ()

    @property
    def all_rows(self) -> tuple[TableRow, ...]:
        """The rows of the text, then those of the metadata."""
        return (*self.rows, *self.metadata_rows)


def filter_table(table: ComparisonTable, view: MinistryView | None) -> ComparisonTable:
    """Returns the table with the rows that show changes of the view, and the headings above them.

    Where changes were left out the table says how many; what did not change is left out silently.
    """
    if view is None:
        return table
    shown = frozenset(id(change) for change in view.changes)
    return replace(
        table,
        rows=tuple(_filter_rows(table.rows, shown)),
        metadata_rows=tuple(row for row in table.metadata_rows if _shows(row.changes, shown)),
    )


def plain_line(text: str) -> TableLine:
    """Returns a line that the table itself says."""
    return TableLine("aside", (Piece(text),))


def _filter_rows(rows: Sequence[TableRow], shown: frozenset[int]) -> Iterator[TableRow]:
    headings: list[TableRow] = []
    left_out = 0
    for row in rows:
        if row.level:
            headings = [heading for heading in headings if heading.level < row.level]
        if _shows((*row.changes, *row.related), shown):
            if left_out:
                yield _gap(left_out)
            yield from headings
            yield row
            headings, left_out = [], 0
        else:
            left_out += len(row.changes)
            if row.level:
                headings.append(replace(row, changes=()))
    if left_out:
        yield _gap(left_out)


def _shows(changes: Sequence[Change], shown: frozenset[int]) -> bool:
    return any(id(change) in shown for change in changes)


def _gap(count: int) -> TableRow:
    cell = TableCell((plain_line(f"（示していない変更{count}件）"),))
    return TableRow(cell, cell, look="gap")
