"""Findings as text, and as JSON by the contract."""

import json
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.reports.findings import findings_json, findings_text
from kihonkeikaku.validation.linter import LintResult, lint
from tests.sample import SAMPLE, plant


def checked(folder: Path, changes: dict[str, str | bytes | None]) -> LintResult:
    return lint(load(str(plant(folder, changes))))


def test_text_shows_the_line_with_a_marker_under_the_place(tmp_path: Path) -> None:
    measure = "id: alpha\ntext: [AI-1の, {ref: alfa}]\nassignments: [{ministry: 経済産業省}]\n"
    text = findings_text(checked(tmp_path, {"measures/alpha.yaml": measure}))
    assert (
        text
        == f"""\
{tmp_path}/measures/alpha.yaml:2:21: 誤り［unknown-reference］「alfa」という参照先はありません。
  2 | text: [AI-1の, {{ref: alfa}}]
    |                      ^
  → 「alpha」ではありませんか。

{tmp_path}/measures/alpha.yaml:3:26: 誤り［unknown-ministry］府省庁「経済産業省」は \
ministries.yaml にありません。
  3 | assignments: [{{ministry: 経済産業省}}]
    |                          ^
  → 「経産省」ではありませんか。

8 個のファイルを検査しました。誤り 2、注意 0、参考 0。"""
    )


@pytest.mark.parametrize(
    ("before", "width"),
    [
        ("葛\U000e0100城", 4),  # a variation selector
        ("か\u309a行", 4),  # a combining mark
        ("e\u0301t", 2),
        ("1\ufe0f\u20e3番", 3),  # an enclosing mark
    ],
)
def test_marks_on_a_character_take_no_width(before: str, width: int, tmp_path: Path) -> None:
    result = checked(tmp_path, {"measures/alpha.yaml": f"id: alpha\ntext: {before}(取組)\n"})
    lines = findings_text(result).split("\n")
    at = next(i for i, line in enumerate(lines) if "half-width-bracket" in line)
    assert lines[at + 2] == "    | " + " " * (len("text: ") + width) + "^"


def test_text_of_a_sound_plan_is_one_line(tmp_path: Path) -> None:
    assert findings_text(checked(tmp_path, {})) == (
        "8 個のファイルを検査しました。誤りはありません。"
    )


def test_json_is_the_contract(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"] + "text: 別\n"
    }
    assert json.loads(findings_json(checked(tmp_path, changes))) == {
        "findings": [
            {
                "rule": "duplicate-key",
                "severity": "error",
                "message": "キー「text」が二度書かれています（一度目は 2 行目）。",
                "hint": "どちらか一方を除いてください。",
                "file": f"{tmp_path}/measures/alpha.yaml",
                "line": 5,
                "column": 1,
            }
        ],
        "summary": {"files": 8, "errors": 1, "warnings": 0, "notes": 0},
    }


def test_a_hundred_of_a_file_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    measure = SAMPLE["measures/alpha.yaml"] + "".join(f"x{i}: y\n" for i in range(250))
    report = checked(tmp_path, {"measures/alpha.yaml": measure})
    data = json.loads(findings_json(report))
    assert (len(data["findings"]), data["summary"]["errors"]) == (100, 250)
    assert "ほかに 150 件あります。" in findings_text(report)
