"""Open data: the assignments for download, one row a measure and ministry, as CSV and as JSON.

By 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 (2020-12-18): one datum a
cell, nothing left out because it repeats, numbers as numbers; 「◎」 is a column, and the circled
number of a measure, a 機種依存文字, a plain one. A measure without ministries has one row too.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.inlines import LEAD_MARK, text_without_notes
from kihonkeikaku.model.plan_head import PlanHead
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, CatalogueEntry, Duty
from kihonkeikaku.rendering.html.layout import Frame, Page

COLUMNS: Final = {
    "edition": "版の識別子",
    "measure": "取組の識別子",
    "section": "見出しの番号",
    "item": "見出しの中での順番",
    "text": "取組の本文",
    "ministry": "府省庁の識別子",
    "ministry_name": "府省庁名（印字のとおり）",
    "ministry_full_name": "府省庁の正式名称",
    "role": "lead は主な府省庁（◎）、support はその他の担当府省庁",
}
"""The columns of the table, and what is in them."""


def describe_columns(head: PlanHead) -> dict[str, str]:
    """Returns what is in each column, in the plan's own words."""
    own = {
        "府省庁": head.terms.ministry,
        "取組": head.terms.measure,
        LEAD_MARK: head.assignments.lead,
    }
    words = re.compile("|".join(own))
    return {name: words.sub(lambda m: own[m[0]], text) for name, text in COLUMNS.items()}


_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes a file for CP932; with it, for what it is."""

_FORMULA_SIGNS: Final = tuple("=+-@\t\r＝＋－＠")
"""A cell that begins with one of these is a formula to a spreadsheet, unless 「'」 goes before."""


CellValue = str | int


@dataclass(frozen=True, slots=True)
class AssignmentTable:
    """The table that both files are written from."""

    edition: str
    title: str
    attribution: str
    head: PlanHead
    entries: tuple[CatalogueEntry, ...]

    def rows(self) -> Iterator[tuple[CellValue, ...]]:
        """Yields the rows; a measure without ministries has one too."""
        for entry in self.entries:
            heading = entry.path[-1].citation
            measure = (self.edition, entry.id, heading, entry.place, entry.text)
            for duty in entry.duties or (None,):
                yield measure + _duty_cells(duty)


@dataclass(frozen=True, slots=True)
class AssignmentsCsv(Page):
    """The table as CSV, by RFC 4180, with a byte order mark."""

    table: AssignmentTable

    path = urls.ASSIGNMENTS_CSV

    def render_text(self) -> str:
        """Renders the file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows(map(_escape_formulas, self.table.rows()))
        return _BYTE_ORDER_MARK + text.getvalue()


@dataclass(frozen=True, slots=True)
class AssignmentsJson(Page):
    """The table as JSON, a value a line: a diff of two editions' data shows which rows differ."""

    table: AssignmentTable

    path = urls.ASSIGNMENTS_JSON

    def render_text(self) -> str:
        """Renders the file."""
        data = {
            "edition": self.table.edition,
            "title": self.table.title,
            "attribution": self.table.attribution,
            "columns": describe_columns(self.table.head),
            "rows": [dict(zip(COLUMNS, row, strict=True)) for row in self.table.rows()],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


DEADLINE_COLUMNS: Final = ("edition", "measure", "label", "text", "deadline", "due", "ministries")
"""The columns of the table of deadlines; ``label`` is that of an item, ``due`` an ISO date."""


@dataclass(frozen=True, slots=True)
class DeadlinesCsv(Page):
    """What is due when, the earliest first, what has no date last; as CSV like the assignments."""

    rows: tuple[tuple[str, ...], ...]

    path = urls.DEADLINES_CSV

    def render_text(self) -> str:
        """Renders the file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(DEADLINE_COLUMNS)
        writer.writerows(map(_escape_formulas, self.rows))
        return _BYTE_ORDER_MARK + text.getvalue()


def _deadline_rows(edition: str, catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for entry in catalogue.entries:
        items = [(line.label, line.clause) for line in entry.measure.body if line.marker == "item"]
        own = [("", clause) for clause in entry.measure.clauses]
        for label, clause in (*own, *items):
            if clause.deadline:
                due = clause.due.isoformat() if clause.due else ""
                names = "、".join(assigned.ministry.name for assigned in clause.assignments)
                text = text_without_notes(clause.inlines)
                rows.append((edition, entry.id, label, text, clause.deadline, due, names))
    return tuple(sorted(rows, key=lambda row: row[5] or "9999"))


def data_files(frame: Frame, catalogue: Catalogue) -> Iterator[Page]:
    """Yields the assignments in each of their forms, and the deadlines if there are any."""
    publication = frame.publication
    table = AssignmentTable(
        edition=frame.head.edition.id,
        title=frame.book_title,
        attribution=publication.attribution if publication else "",
        head=frame.head,
        entries=catalogue.entries,
    )
    yield AssignmentsCsv(table)
    yield AssignmentsJson(table)
    if deadlines := _deadline_rows(frame.head.edition.id, catalogue):
        yield DeadlinesCsv(deadlines)


def _duty_cells(duty: Duty | None) -> tuple[str, str, str, str]:
    if duty is None:
        return "", "", "", ""
    ministry = duty.ministry
    full_name = ministry.full_name or ministry.name
    return ministry.id, ministry.name, full_name, "lead" if duty.lead else "support"


def _escape_formulas(cells: tuple[CellValue, ...]) -> tuple[CellValue, ...]:
    """Returns cells that no spreadsheet takes for formulas."""
    return tuple(
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
        for cell in cells
    )
