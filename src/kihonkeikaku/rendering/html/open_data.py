"""Who does what, for download: one row a measure and ministry, as CSV and as JSON.

By 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 (2020-12-18): one datum a
cell, nothing left out because it repeats, numbers as numbers; 「◎」 is a column, and the circled
number of a measure, a 機種依存文字, a plain one. A measure without ministries has one row too.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, Duty, Entry
from kihonkeikaku.rendering.html.layout import Frame
from kihonkeikaku.rendering.html.page import Page

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

_MEASURE_COLUMNS: Final = tuple(COLUMNS)[:5]
_DUTY_COLUMNS: Final = tuple(COLUMNS)[5:]

Told = TypeVar("Told")

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes a file for CP932; with it, for what it is."""

_FORMULA_SIGNS: Final = tuple("=+-@\t\r＝＋－＠")
"""A cell that begins with one of these is a formula to a spreadsheet, unless 「'」 goes before."""


@dataclass(frozen=True, slots=True)
class Table:
    """What the files are made from."""

    edition: str
    title: str
    attribution: str
    entries: tuple[Entry, ...]


def data_files(frame: Frame, catalogue: Catalogue) -> Iterator[Page[Table]]:
    """Yields the table in each of its forms."""
    publication = frame.publication
    table = Table(
        edition=frame.head.edition.id,
        title=frame.book_title,
        attribution=publication.attribution if publication else "",
        entries=catalogue.entries,
    )
    yield Page(urls.TABLE_CSV, table, _write_csv)
    yield Page(urls.TABLE_JSON, table, _write_json)


def _write_csv(table: Table) -> str:
    """By RFC 4180, with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    of_duty = _each_once(lambda duty: _harmless(_of_duty(duty)))
    for entry in table.entries:
        measure = _harmless(_of_measure(table, entry))
        writer.writerows(measure + of_duty(duty) for duty in entry.duties or (None,))
    return _BYTE_ORDER_MARK + text.getvalue()


def _write_json(table: Table) -> str:
    """A row a line: whoever compares two editions' data sees which rows differ."""
    said = {
        "edition": table.edition,
        "title": table.title,
        "attribution": table.attribution,
        "columns": COLUMNS,
    }
    facts = ",\n".join(f"{_json(name)}: {_json(value)}" for name, value in said.items())
    rows = ",\n".join(_rows(table))
    return f'{{\n{facts},\n"rows": [\n{rows}\n]\n}}\n'


def _rows(table: Table) -> Iterator[str]:
    """Yields an object a row, in JSON: that of a measure, with that of a duty in it."""
    of_duty = _each_once(lambda duty: _object(_DUTY_COLUMNS, _of_duty(duty)).removeprefix("{"))
    for entry in table.entries:
        measure = _object(_MEASURE_COLUMNS, _of_measure(table, entry)).removesuffix("}")
        for duty in entry.duties or (None,):
            yield f"{measure}, {of_duty(duty)}"


def _object(names: Sequence[str], values: Sequence[str | int]) -> str:
    return _json(dict(zip(names, values, strict=True)))


def _each_once(told: Callable[[Duty | None], Told]) -> Callable[[Duty | None], Told]:
    """Tells each duty once: of thousands, a few dozen are objects of their own."""
    known: dict[int, Told] = {}

    def tell(duty: Duty | None) -> Told:
        if id(duty) not in known:
            known[id(duty)] = told(duty)
        return known[id(duty)]

    return tell


def _of_measure(table: Table, entry: Entry) -> tuple[str | int, ...]:
    return table.edition, entry.id, entry.path[-1].citation, entry.place, entry.text


def _of_duty(duty: Duty | None) -> tuple[str, str, str, str]:
    if duty is None:
        return "", "", "", ""
    ministry = duty.ministry
    full_name = ministry.full_name or ministry.name
    return ministry.id, ministry.name, full_name, "lead" if duty.lead else "support"


def _harmless(cells: Iterable[str | int]) -> tuple[str | int, ...]:
    """Cells that no spreadsheet takes for formulas."""
    return tuple(
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
        for cell in cells
    )


_json: Final = json.JSONEncoder(ensure_ascii=False).encode
