"""The rows of a table of three editions, and one （略） for what is the same in all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.rendering.comparison.pairing import EditionLine
from kihonkeikaku.rendering.comparison.rows import ABRIDGED_TO_NUMBERS, omission_line
from kihonkeikaku.rendering.comparison.table import TableCell, TableRow, Underline

EMPTY_CELL: Final = TableCell(())
NO_ROW: Final = TableRow(EMPTY_CELL, EMPTY_CELL)
"""In place of the row of a comparison that shows nothing there."""

EditionLines = Sequence[EditionLine]
"""The lines of an edition, by their places in it."""


@dataclass(frozen=True, slots=True)
class ThreeColumnRow:
    """What stands side by side in all three editions.

    ``previous`` and ``current`` are the row's two comparisons: of the last draft and of the edition
    in force with the present draft. ``cells`` are what is printed, from the last draft on.
    """

    previous: TableRow
    current: TableRow
    cells: tuple[TableCell, TableCell, TableCell]

    @property
    def _shown(self) -> TableRow:
        return self.current if self.previous is NO_ROW else self.previous

    @property
    def look(self) -> str:
        """How the row is set."""
        return self._shown.look

    @property
    def level(self) -> int:
        """How deep a heading the row is, 0 for none."""
        return self._shown.level

    @property
    def depth(self) -> int:
        """The rows that follow and are of more depth stand under it."""
        return self._shown.depth

    @property
    def differs(self) -> bool:
        """Whether the row shows anything but context."""
        return self.previous.differs or self.current.differs

    @property
    def length(self) -> int:
        """How many characters the longest of its cells prints."""
        return max(sum(len(line.text) for line in cell.lines) for cell in self.cells)


def abridge(
    rows: Sequence[ThreeColumnRow], lines: tuple[EditionLines, EditionLines, EditionLines]
) -> Iterator[ThreeColumnRow]:
    """Yields the rows, with one （略） for those that are the same in all three editions.

    ``lines`` are those of the last draft, the present one, and the edition in force.
    """
    kept = _find_kept(rows, lines)
    for is_kept, run in groupby(range(len(rows)), key=kept.__contains__):
        if is_kept:
            yield from (rows[at] for at in run)
        else:
            yield from _omissions([rows[at] for at in run], lines)


def _find_kept(
    rows: Sequence[ThreeColumnRow], lines: tuple[EditionLines, EditionLines, EditionLines]
) -> frozenset[int]:
    """Returns the rows that are printed: what differs, what it stands under, and the headings."""
    kept: set[int] = set()
    above: list[int] = []
    for at, row in enumerate(rows):
        while above and rows[above[-1]].depth >= row.depth:
            above.pop()
        above.append(at)
        is_context = row.level and row.look not in ABRIDGED_TO_NUMBERS
        if is_context or not _is_same(row, lines):
            kept.update(above)
    return frozenset(kept)


def _is_same(row: ThreeColumnRow, lines: tuple[EditionLines, EditionLines, EditionLines]) -> bool:
    """Returns whether nothing but perhaps its number differs, and no change says more of it."""
    if any(cell.at is None or len(cell.lines) > 1 for cell in row.cells):
        return False
    own = [one.line for one in _lines_of(row, lines)]
    return (
        own[0].kind != "front"
        and len({line.body for line in own}) == 1
        and all(change.kind == "renumbered" for change in _changes(row))
    )


def _changes(row: ThreeColumnRow) -> tuple[Change, ...]:
    return (*row.previous.changes, *row.current.changes)


def _lines_of(
    row: ThreeColumnRow, lines: tuple[EditionLines, EditionLines, EditionLines]
) -> tuple[EditionLine, ...]:
    return tuple(
        of_edition[cell.at]
        for of_edition, cell in zip(lines, row.cells, strict=True)
        if cell.at is not None
    )


def _omissions(
    run: Sequence[ThreeColumnRow], lines: tuple[EditionLines, EditionLines, EditionLines]
) -> Iterator[ThreeColumnRow]:
    """Yields rows with one （略） each, for what is numbered alike."""
    tops: list[ThreeColumnRow] = []
    below: dict[int, list[ThreeColumnRow]] = {}
    for row in run:
        if not tops or row.depth <= tops[-1].depth:
            tops.append(row)
        below.setdefault(len(tops) - 1, []).append(row)

    def kind(at: int) -> tuple[object, ...]:
        own = [one.line for one in _lines_of(tops[at], lines)]
        labels = [line.label for line in own]
        name = own[1].variant if own[1].kind == "heading" else own[1].kind
        return (
            tops[at].depth,
            name if labels[1] else "unnumbered",
            *(label == labels[1] for label in labels),
        )

    for _, group in groupby(range(len(tops)), key=kind):
        indexes = list(group)
        of_group = [tops[at] for at in indexes]
        yield _omission([row for at in indexes for row in below[at]], of_group, lines)


def _omission(
    rows: Sequence[ThreeColumnRow],
    tops: Sequence[ThreeColumnRow],
    lines: tuple[EditionLines, EditionLines, EditionLines],
) -> ThreeColumnRow:
    """Returns one row for ``rows``, of which ``tops`` stand under none of the others."""
    runs = list(zip(*(_lines_of(row, lines) for row in tops), strict=True))
    labels = [run[0].line.label for run in runs]
    since_previous: Underline = "line" if labels[0] != labels[1] else ""
    since_current: Underline = "double" if labels[2] != labels[1] else ""
    underlines = (since_previous, since_previous or since_current, since_current)
    cells = [
        TableCell((omission_line(run, underline),), cell.at)
        for run, underline, cell in zip(runs, underlines, tops[0].cells, strict=True)
    ]
    return ThreeColumnRow(
        _abridged(tops[0].previous, [change for row in rows for change in row.previous.changes]),
        _abridged(tops[0].current, [change for row in rows for change in row.current.changes]),
        (cells[0], cells[1], cells[2]),
    )


def _abridged(row: TableRow, changes: Sequence[Change]) -> TableRow:
    return replace(row, changes=tuple(changes), related=(), look="abridged", level=0)
