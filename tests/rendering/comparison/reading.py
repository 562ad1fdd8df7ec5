"""Reads a table as a person would write it down: ［傍線］, 〔二重傍線〕, ⏎ between lines."""

from typing import Any

from kihonkeikaku.diff.comparison import compared
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.options import TableForm
from kihonkeikaku.rendering.comparison.report import sheet
from kihonkeikaku.rendering.comparison.table import Cell, Table

_FRAMES = {"": "{}", "line": "［{}］", "double": "〔{}〕"}

Rows = list[tuple[str, str]]


def table(old: Plan, new: Plan, **form: Any) -> Table:
    """Returns the table of two editions, proved."""
    return sheet(compared(old, new), TableForm(**form)).table


def rows(old: Plan, new: Plan, **form: Any) -> Rows:
    """Returns the rows of the text, new side first, from the first chapter on."""
    return [
        (read(row.new), read(row.old))
        for row in table(old, new, **form).rows
        if row.look not in ("title", "subtitle", "edition-label")
    ]


def read(cell: Cell) -> str:
    """Returns a cell in one line."""
    return "⏎".join(
        "".join(_FRAMES[piece.mark].format(piece.text) for piece in line.pieces)
        for line in cell.lines
    )
