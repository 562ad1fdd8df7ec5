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


def test_nothing_is_left_out_and_each_cell_holds_one_datum() -> None:
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


def test_excel_sees_by_the_first_bytes_that_it_is_utf_8() -> None:
    content = files()["html/data/assignments.csv"]
    assert content.startswith(b"\xef\xbb\xbfedition,measure,")
    assert content.count(b"\r\n") == content.count(b"\n") == 4


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "＝1＋1"])
def test_no_cell_is_a_formula_and_json_says_it_as_it_is(text: str) -> None:
    measures = [{"id": "alpha", "text": text}, {"id": "beta", "text": "丙"}]
    assert rows(measures=measures)[0]["text"] == "'" + text
    said = json.loads(files(measures=measures)["html/data/assignments.json"])
    assert said["rows"][0]["text"] == text


def test_json_says_the_same_with_its_columns_and_source() -> None:
    said = json.loads(files()["html/data/assignments.json"])
    assert said["columns"] == COLUMNS
    assert said["attribution"] == HEAD["publication"]["attribution"]
    assert [{k: str(v) for k, v in row.items()} for row in said["rows"]] == rows()
