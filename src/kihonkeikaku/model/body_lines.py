"""What is printed below a heading or a measure, line by line: paragraphs, rows, entries, items.

Lists, tables, figures, boxes and items are containers. Each of their lines says in which it stands,
and how many of these begin with it, so that the lines alone tell the whole structure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from kihonkeikaku.model.blocks import (
    BodyBlock,
    BodyRow,
    BoxBlock,
    FigureBlock,
    ListBlock,
    TableBlock,
)
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.plan import Assignment, Heading, Item, Measure, PrintedDeadline
from kihonkeikaku.model.values import CellBreak, Id, Paragraph, Runs

LineMarker = Literal[
    "bullet",
    "note",
    "legend",
    "plain",
    "entry",
    "table-title",
    "table-unit",
    "columns",
    "row",
    "table-note",
    "figure",
    "figure-source",
    "box-title",
    "item",
]
"""What a line of a body is. A figure's line is its caption."""

Container = Literal["list", "table", "figure", "box", "items"]


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line of a body.

    ``path`` leads to what is written in the file, ``text_path`` to its text, both from the file's
    root. ``text`` is the whole text; the cells of a row are parted by ``CellBreak``. ``within``
    names the containers around it from the outside in, of which the last ``opens`` begin here.
    ``label`` is what an entry begins with, ``columns`` the alignments of a table's columns,
    ``figure`` the file and the alternative text of a figure.
    """

    path: PlanPath
    text_path: PlanPath
    id: Id | None
    marker: LineMarker
    text: Runs
    within: tuple[Container, ...] = ()
    opens: int = 0
    label: str | None = None
    columns: tuple[str | None, ...] = ()
    figure: tuple[str, str] | None = None
    assignments: tuple[Assignment, ...] = ()
    deadline: PrintedDeadline | None = None
    cell_paths: tuple[PlanPath, ...] = field(default=(), compare=False)


def body_lines(owner: Heading | Measure, path: PlanPath) -> Iterator[BodyLine]:
    """Yields the lines below a heading or measure: its body, then a measure's items.

    Args:
        owner: the heading or measure.
        path: where it stands in the plan.
    """
    for index, block in enumerate(owner.body):
        yield from _block_lines(block, (*path, "body", index), ())
    if isinstance(owner, Measure):
        yield from _item_lines(owner.items, path, ())


def _block_lines(
    block: BodyBlock, path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    match block:
        case Paragraph():
            text_path = (*path, block.marker)
            yield BodyLine(
                path, text_path, block.id, block.marker, block.text, within, label=block.mark
            )
        case ListBlock():
            yield from _opening(_list_lines(block, path, (*within, "list")), block.id, path)
        case TableBlock():
            yield from _opening(_table_lines(block, path, (*within, "table")), block.id, path)
        case FigureBlock():
            yield from _opening(_figure_lines(block, path, (*within, "figure")), block.id, path)
        case BoxBlock():
            yield from _opening(_box_lines(block, path, (*within, "box")), block.id, path)


def _opening(lines: Iterator[BodyLine], id: Id | None, path: PlanPath) -> Iterator[BodyLine]:
    """Yields a container's lines: the first one opens it and bears its id."""
    first = next(lines)
    if id:
        first = replace(first, id=id, path=path)
    yield replace(first, opens=first.opens + 1)
    yield from lines


def _list_lines(
    block: ListBlock, path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    for index, (label, text) in enumerate(zip(block.labels, block.list, strict=True)):
        at = (*path, "list", index)
        yield BodyLine(at, at, None, "entry", text, within, label=label)


def _table_lines(
    block: TableBlock, path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    table, at = block.table, (*path, "table")
    if table.title:
        title = (*at, "title")
        yield BodyLine(title, title, None, "table-title", (table.title,), within)
    if table.unit:
        unit = (*at, "unit")
        yield BodyLine(unit, unit, None, "table-unit", (table.unit,), within)
    columns = (*at, "columns")
    yield BodyLine(
        columns,
        columns,
        None,
        "columns",
        _joined(tuple(column.title for column in table.columns)),
        within,
        columns=tuple(column.align for column in table.columns),
        cell_paths=tuple((*columns, number) for number in range(len(table.columns))),
    )
    for index, row in enumerate(table.rows):
        yield _row_line(row, (*at, "rows", index), within)
    for index, note in enumerate(table.notes):
        place = (*at, "notes", index)
        yield BodyLine(place, place, None, "table-note", note, within)


def _row_line(row: BodyRow, path: PlanPath, within: tuple[Container, ...]) -> BodyLine:
    cells = (*path, "cells") if row.id else path
    return BodyLine(
        path,
        path,
        row.id,
        "row",
        _joined(row.cells),
        within,
        cell_paths=tuple((*cells, number) for number in range(len(row.cells))),
    )


def _joined(cells: tuple[Runs, ...]) -> Runs:
    runs = list(cells[0])
    for cell in cells[1:]:
        runs += [CellBreak(), *cell]
    return tuple(runs)


def split_cells(text: Runs) -> list[Runs]:
    """Returns the cells of a row's text."""
    cells: list[Runs] = [()]
    for run in text:
        if isinstance(run, CellBreak):
            cells.append(())
        else:
            cells[-1] += (run,)
    return cells


def _figure_lines(
    block: FigureBlock, path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    figure, at = block.figure, (*path, "figure")
    caption = (*at, "title" if figure.title else "alt")
    yield BodyLine(
        caption,
        caption,
        None,
        "figure",
        (figure.title or figure.alt,),
        within,
        figure=(figure.file, figure.alt),
    )
    if figure.source:
        source = (*at, "source")
        yield BodyLine(source, source, None, "figure-source", (figure.source,), within)


def _box_lines(
    block: BoxBlock, path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    at = (*path, "box")
    if block.box.title:
        title = (*at, "title")
        yield BodyLine(title, title, None, "box-title", (block.box.title,), within)
    for index, inner in enumerate(block.box.body):
        yield from _block_lines(inner, (*at, "body", index), within)


def _item_lines(
    items: tuple[Item, ...], path: PlanPath, within: tuple[Container, ...]
) -> Iterator[BodyLine]:
    for index, item in enumerate(items):
        at = (*path, "items", index)
        yield BodyLine(
            at,
            (*at, "text"),
            item.id,
            "item",
            item.text,
            (*within, "items"),
            opens=0 if index else 1,
            assignments=item.assignments,
            deadline=item.deadline,
        )
        yield from _item_lines(item.items, at, (*within, "items"))
