"""Reads a table as a person would write it down: ［傍線］, 〔二重傍線〕, ⏎ between lines."""

from typing import Any

from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table import ComparisonTable, TableCell
from kihonkeikaku.rendering.comparison.table_options import TableOptions

_FRAMES = {"": "{}", "line": "［{}］", "double": "〔{}〕"}

Rows = list[tuple[str, str]]


def table(old: Plan, new: Plan, **form: Any) -> ComparisonTable:
    """Returns the table of two editions, proved."""
    return comparison_report(compare_editions(old, new), TableOptions(**form)).table


def rows(old: Plan, new: Plan, **form: Any) -> Rows:
    """Returns the rows of the text, new side first, from the first chapter on."""
    return [
        (read(row.new), read(row.old))
        for row in table(old, new, **form).rows
        if row.look not in ("title", "subtitle", "edition-label")
    ]


def read(cell: TableCell) -> str:
    """Returns a cell in one line."""
    return "⏎".join(
        "".join(_FRAMES[piece.underline].format(piece.text) for piece in line.pieces)
        for line in cell.lines
    )
