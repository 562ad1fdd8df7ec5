"""Three editions side by side: 「前回の案｜今回の案｜現行」, as one table of two comparisons.

Each comparison with the present draft is first a table of its own with a row for each line of that
draft; rows of one line are put together. What is the same in all three is then abridged.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.comparison_proof import Proof
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.comparison.pairing import edition_tree, lines_by_key
from kihonkeikaku.rendering.comparison.proof import prove_table
from kihonkeikaku.rendering.comparison.rows import unabridged_table
from kihonkeikaku.rendering.comparison.table import (
    ComparisonTable,
    Piece,
    TableCell,
    TableLine,
    TableRow,
    Underline,
)
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.rendering.comparison.three_column_rows import (
    EMPTY_CELL,
    NO_ROW,
    EditionLines,
    ThreeColumnRow,
    abridge,
)
from kihonkeikaku.rendering.comparison.underlining import merge_pieces

COLUMNS: Final = ("前回の案", "今回の案", "現行")

UNDERLINE_KEY: Final = (
    "（傍線は前回の案と今回の案とで、二重傍線は現行と今回の案とで異なる部分。"
    "今回の案のうち、どちらとも異なる部分は傍線）"
)


@dataclass(frozen=True, slots=True)
class ThreeColumnReport:
    """Two comparisons with one edition, ready to be printed; each proved as the table shows it."""

    previous: ComparisonResult
    current: ComparisonResult
    rows: tuple[ThreeColumnRow, ...]
    metadata_rows: tuple[ThreeColumnRow, ...]
    proofs: tuple[tuple[str, tuple[Proof, ...]], ...]

    def template_values(self) -> dict[str, object]:
        """Returns the values of a template by name."""
        new = self.previous.new
        editions = zip(COLUMNS, (self.previous.old, new, self.current.old), strict=True)
        return {
            "new": new,
            "columns": COLUMNS,
            "editions": tuple(editions),
            "refs_lines": tuple(filter(None, (self.previous.refs_line, self.current.refs_line))),
            "underline_key": UNDERLINE_KEY,
            "rows": self.rows,
            "metadata_rows": self.metadata_rows,
            "counts": tuple(
                (name, len(result.comparison.changes))
                for name, result in ((COLUMNS[0], self.previous), (COLUMNS[2], self.current))
            ),
            "proofs": self.proofs,
        }


def three_column_report(previous: ComparisonResult, current: ComparisonResult) -> ThreeColumnReport:
    """Makes the table of two comparisons with one edition, and proves each as it stands in it.

    Args:
        previous: the last draft, compared with the present one.
        current: the edition in force, compared with the same draft.

    Raises:
        ProofError: the table is not what it claims to be.
    """
    results = previous, current
    tables = tuple(
        unabridged_table(one.comparison, one.old, one.new, TableOptions()) for one in results
    )
    lines = (_lines(previous.old), _lines(previous.new), _lines(current.old))
    whole = list(_join(tables[0].rows, tables[1].rows, (lines[0], lines[2])))
    rows = tuple(abridge(whole, lines))
    metadata = tuple(_join_metadata(tables[0].metadata_rows, tables[1].metadata_rows))
    proofs = tuple(
        (name, prove_column(rows, metadata, at, result))
        for at, (name, result) in enumerate(zip((COLUMNS[0], COLUMNS[2]), results, strict=True))
    )
    return ThreeColumnReport(previous, current, rows, metadata, proofs)


def prove_column(
    rows: Sequence[ThreeColumnRow],
    metadata: Sequence[ThreeColumnRow],
    at: int,
    result: ComparisonResult,
) -> tuple[Proof, ...]:
    """Proves one comparison as the table of three shows it, the other column left aside.

    Args:
        rows: the rows of the text.
        metadata: those of fields and of the register.
        at: 0 for the column of the last draft, 1 for that of the edition in force.
        result: the comparison.

    Raises:
        ProofError: the table leaves out, repeats or alters something.
    """

    def side(row: ThreeColumnRow) -> TableRow:
        shown = row.current if at else row.previous
        return replace(shown, new=row.cells[1], old=row.cells[2 * at])

    def of_side(all_rows: Sequence[ThreeColumnRow]) -> tuple[TableRow, ...]:
        return tuple(
            side(row) for row in all_rows if (row.current if at else row.previous) is not NO_ROW
        )

    table = ComparisonTable(TableOptions(), of_side(rows), of_side(metadata))
    proof = prove_table(table, result.comparison, result.old, result.new)
    return (*result.proofs, proof)


def _lines(document: Document) -> EditionLines:
    return [line for _, line in lines_by_key(edition_tree(document))]


def _join(
    previous: Sequence[TableRow],
    current: Sequence[TableRow],
    olds: tuple[EditionLines, EditionLines],
) -> Iterator[ThreeColumnRow]:
    """Yields the rows of both tables, those of one line of the present draft as one."""
    sides = list(previous), list(current)
    while any(sides):
        loose = [list(_take_loose(rows)) for rows in sides]
        yield from _join_loose(loose[0], loose[1], olds)
        if any(sides):
            before, now = sides[0].pop(0), sides[1].pop(0)
            yield ThreeColumnRow(before, now, _cells(before, now))


def _take_loose(rows: list[TableRow]) -> Iterator[TableRow]:
    """Takes the rows of what the present draft lacks at this place."""
    while rows and rows[0].new.at is None:
        yield rows.pop(0)


def _join_loose(
    previous: list[TableRow], current: list[TableRow], olds: tuple[EditionLines, EditionLines]
) -> Iterator[ThreeColumnRow]:
    """Yields the rows of what the present draft lacks: of both other editions, as one if it can be.

    What stands deeper comes first: it belongs to what stands before.
    """
    while previous or current:
        if not previous or (current and current[0].depth > previous[0].depth):
            yield _alone(current.pop(0))
            continue
        row = previous.pop(0)
        at = _find_same(row, current, olds)
        if at is None:
            yield ThreeColumnRow(row, NO_ROW, (row.old, row.new, EMPTY_CELL))
            continue
        yield from map(_alone, current[:at])
        yield ThreeColumnRow(row, current[at], (row.old, row.new, _in_force(current[at].old)))
        del current[: at + 1]


def _find_same(
    row: TableRow, others: Sequence[TableRow], olds: tuple[EditionLines, EditionLines]
) -> int | None:
    """Returns which of the following rows of the other edition is of the same thing, if any is."""
    name = _name(row, olds[0])
    beside = takewhile(lambda other: other.depth >= row.depth, others)
    return next((at for at, other in enumerate(beside) if _name(other, olds[1]) == name), None)


def _alone(row: TableRow) -> ThreeColumnRow:
    """Returns the row of what only the edition in force has."""
    return ThreeColumnRow(NO_ROW, row, (EMPTY_CELL, row.new, _in_force(row.old)))


def _name(row: TableRow, lines: EditionLines) -> tuple[object, ...]:
    """Returns what is the same for one thing in two editions that a third one lacks."""
    at = row.old.at if row.left is None else row.left
    assert at is not None, "the old edition has it"
    line = lines[at].line
    return row.left is None, row.depth, line.kind, line.id or line.body


def _cells(before: TableRow, now: TableRow) -> tuple[TableCell, TableCell, TableCell]:
    """Returns the cells of a line of the present draft; double lines are for what is in force."""
    own, other = before.new.lines[0], now.new.lines[0]
    notes = dict.fromkeys((*before.new.lines[1:], *now.new.lines[1:]))
    line = replace(own, pieces=_overlay(own.pieces, other.pieces))
    new = replace(before.new, lines=(line, *notes))
    return before.old, new, _in_force(now.old)


def _in_force(cell: TableCell) -> TableCell:
    return replace(cell, lines=tuple(map(_doubled, cell.lines)))


def _doubled(line: TableLine) -> TableLine:
    return replace(line, pieces=tuple(_double(piece) for piece in line.pieces))


def _double(piece: Piece) -> Piece:
    return replace(piece, underline="double" if piece.underline else "")


def _overlay(previous: Iterable[Piece], current: Iterable[Piece]) -> tuple[Piece, ...]:
    """Returns one text with the lines under it of both comparisons."""
    lines = (
        [(character, piece.underline) for piece in side for character in piece.text]
        for side in (previous, current)
    )
    pieces: list[Piece] = []
    for (character, since_previous), (_, since_current) in zip(*lines, strict=True):
        underline: Underline = since_previous or ("double" if since_current else "")
        pieces.append(Piece(character, underline))
    return merge_pieces(pieces)


def _join_metadata(
    previous: Sequence[TableRow], current: Sequence[TableRow]
) -> Iterator[ThreeColumnRow]:
    """Yields the rows of fields and of the register, those of one subject as one."""
    others = {_subject(row): row for row in current}
    for row in previous:
        other = others.get(_subject(row))
        if other and [line.text for line in row.new.lines] == [
            line.text for line in other.new.lines
        ]:
            del others[_subject(row)]
            yield ThreeColumnRow(row, other, _metadata_cells(row, other))
        else:
            yield ThreeColumnRow(row, NO_ROW, (row.old, row.new, EMPTY_CELL))
    for row in others.values():
        yield _alone(row)


def _metadata_cells(row: TableRow, other: TableRow) -> tuple[TableCell, TableCell, TableCell]:
    lines = (
        replace(own, pieces=_overlay(own.pieces, its.pieces))
        for own, its in zip(row.new.lines, other.new.lines, strict=True)
    )
    return row.old, TableCell(tuple(lines)), _in_force(other.old)


def _subject(row: TableRow) -> tuple[object, ...]:
    change: Change = row.changes[0]
    return change.type, change.detail.get("field") if change.type == "edition" else change.id
