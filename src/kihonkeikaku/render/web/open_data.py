"""Who does what, for download: one row a measure and ministry, as CSV and as JSON.

By 総務省「統計表における機械判読可能なデータの表記方法の統一ルール」 (2020-12-18): one datum a
cell, nothing left out because it repeats, numbers as numbers; 「◎」 is a column, and the circled
number of a measure, a 機種依存文字, a plain one. A measure without ministries has one row too.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.render.web import addresses
from kihonkeikaku.render.web.catalogue import Catalogue, Duty, Entry
from kihonkeikaku.render.web.frame import Frame
from kihonkeikaku.render.web.page import Page

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

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes a file for CP932; with it, for what it is."""

_FORMULA_SIGNS: Final = tuple("=+-@\t\r＝＋－＠")
"""A cell that begins with one of these is a formula to a spreadsheet, unless 「'」 goes before."""

Record = dict[str, str | int]


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
    yield Page(addresses.TABLE_CSV, table, _write_csv)
    yield Page(addresses.TABLE_JSON, table, _write_json)


def _records(table: Table) -> Iterator[Record]:
    for entry in table.entries:
        measure = table.edition, entry.id, entry.path[-1].citation, entry.place, entry.text
        for duty in entry.duties or (None,):
            yield dict(zip(COLUMNS, (*measure, *_of_duty(duty)), strict=True))


def _of_duty(duty: Duty | None) -> tuple[str, str, str, str]:
    if duty is None:
        return "", "", "", ""
    ministry = duty.ministry
    full_name = ministry.full_name or ministry.name
    return ministry.id, ministry.name, full_name, "lead" if duty.lead else "support"


def _write_csv(table: Table) -> str:
    """By RFC 4180, with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_harmless, record.values()) for record in _records(table))
    return _BYTE_ORDER_MARK + text.getvalue()


def _harmless(value: str | int) -> str | int:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value


def _write_json(table: Table) -> str:
    """A row a line: whoever compares two editions' data sees which rows differ."""
    said = {
        "edition": table.edition,
        "title": table.title,
        "attribution": table.attribution,
        "columns": COLUMNS,
    }
    facts = (f"{_json(name)}: {_json(value)}" for name, value in said.items())
    rows = ",\n".join(map(_json, _records(table)))
    return "{\n" + ",\n".join(facts) + f',\n"rows": [\n{rows}\n]\n}}\n'


_json: Final = json.JSONEncoder(ensure_ascii=False).encode
