"""The table for download: one row a measure and ministry, for programs and for spreadsheets."""

import csv
import io
import json
from typing import Any

import pytest

from kihonkeikaku.rendering.html.open_data import COLUMNS
from tests.rendering.html.pages import files_of
from tests.rendering.plan_data import HEAD, document

CHAPTER = {"id": "vision", "title": "章", "measures": ["alpha", "beta"]}
REGISTER = [
    {"id": "mext", "name": "文科省", "full_name": "文部科学省"},
    {"id": "mic", "name": "総務省"},
]
MEASURES = [
    {
        "id": "alpha",
        "clauses": [
            {"text": "甲", "assignments": [{"ministry": "文科省"}, {"ministry": "総務省"}]},
            {"text": "、乙", "assignments": [{"ministry": "文科省", "role": "lead"}]},
        ],
    },
    {"id": "beta", "text": "丙"},
]


def files(**changes: Any) -> dict[str, bytes]:
    parts = {"chapters": [CHAPTER], "ministries": REGISTER, "measures": MEASURES}
    return files_of(document(**parts | changes))


def rows(**changes: Any) -> list[dict[str, str]]:
    text = files(**changes)["html/data/assignments.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_for_each_measure_and_ministry_whatever_the_clauses() -> None:
    assert [(r["measure"], r["ministry"], r["role"]) for r in rows()] == [
        ("alpha", "mext", "lead"),
        ("alpha", "mic", "support"),
        ("beta", "", ""),
    ]


def test_every_cell_of_a_row_is_filled() -> None:
    assert list(rows()[0]) == list(COLUMNS)
    assert list(rows()[0].values()) == [
        "sample",
        "alpha",
        "第1章",
        "1",
        "甲、乙",
        "mext",
        "文科省",
        "文部科学省",
        "lead",
    ]


def test_csv_begins_with_a_byte_order_mark() -> None:
    content = files()["html/data/assignments.csv"]
    assert content.startswith(b"\xef\xbb\xbfedition,measure,")
    assert content.count(b"\r\n") == content.count(b"\n") == 4


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "＝1＋1"])
def test_formulas_are_escaped_in_csv_and_kept_in_json(text: str) -> None:
    measures = [{"id": "alpha", "text": text}, {"id": "beta", "text": "丙"}]
    assert rows(measures=measures)[0]["text"] == "'" + text
    data = json.loads(files(measures=measures)["html/data/assignments.json"])
    assert data["rows"][0]["text"] == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (["甲", {"footnote": "注です"}, "の推進"], "甲の推進"),
        (["甲", {"ref": "beta"}, "の推進", {"footnote": "注です"}], "甲第1章②の推進"),
        (["（注1）は字のまま", {"footnote": "注です"}], "（注1）は字のまま"),
    ],
)
def test_marks_of_footnotes_that_do_not_come_along_are_left_out(text: object, said: str) -> None:
    measures = [{"id": "alpha", "text": text}, {"id": "beta", "text": "丙"}]
    assert rows(measures=measures)[0]["text"] == said
    made = files(measures=measures)
    data = json.loads(made["html/data/assignments.json"])
    assert data["rows"][0]["text"] == said
    for page in ("measures/index.html", "matrix/index.html", "measures/beta.html"):
        assert f">{said}<" in made[f"html/{page}"].decode()
    assert f'"name":"{said}"' in made["html/measures/alpha.html"].decode()


def test_json_has_the_same_rows_with_columns_and_source() -> None:
    data = json.loads(files()["html/data/assignments.json"])
    assert data["columns"] == COLUMNS
    assert data["attribution"] == HEAD["publication"]["attribution"]
    assert [{k: str(v) for k, v in row.items()} for row in data["rows"]] == rows()
