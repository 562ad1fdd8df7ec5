"""What changed in a footnote is said in its own words, in every output."""

from typing import Any

import pytest

from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.comparison.html import comparison_file
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.rendering.html.history import EditionRecord
from kihonkeikaku.reports.changes import changes_text
from kihonkeikaku.reports.changes_markdown import changes_markdown
from tests.diff.plans import chapter, group, measure, plan
from tests.rendering.html.pages import ParsedPage, site_files

REWORDED = ("計算資源をいう。", "計算資源等をいう。")
REPLACED = ("令和六年の調査による。", "統計局の推計値である。")
DROPPED = ("計算資源をいう。", None)
ADDED = (None, "計算資源をいう。")

Notes = tuple[str | None, str | None]
EACH = pytest.mark.parametrize(
    ("notes", "text", "markdown", "summary"),
    [
        (
            REWORDED,
            "注：計算資源{+等+}をいう。",
            "注：計算資源<ins>等</ins>をいう。",
            "注：「計算資源をいう。」→「計算資源等をいう。」",
        ),
        (
            REPLACED,
            "{+統計局の推計値である+}",
            "<ins>統計局の推計値である</ins>",
            "注：「令和六年の調査による。」→「統計局の推計値である。」",
        ),
        (
            DROPPED,
            "注：[-計算資源をいう。-]",
            "注：<del>計算資源をいう。</del>",
            "注：「計算資源をいう。」→なし",
        ),
        (
            ADDED,
            "注：{+計算資源をいう。+}",
            "注：<ins>計算資源をいう。</ins>",
            "注：なし→「計算資源をいう。」",
        ),
    ],
    ids=["reworded", "replaced", "dropped", "added"],
)


def runs(note: str | None) -> list[Any]:
    return ["基盤", *([{"footnote": note}] if note else []), "の整備"]


def compared(notes: Notes) -> ComparisonResult:
    """In a measure, and in a paragraph of another chapter, with a second note that stays."""
    old, new = (
        plan(
            chapter("x", group("g", measure("a", runs(note), "経産省"))),
            chapter("y", body=[{"bullet": [*runs(note), {"footnote": "変わらない注"}]}]),
        )
        for note in notes
    )
    return compare_editions(old, new)


@EACH
def test_every_output_gives_the_words(notes: Notes, text: str, markdown: str, summary: str) -> None:
    result = compared(notes)
    assert changes_text(result).count(text) == 2
    assert changes_markdown(result).count(markdown) >= 2
    page = comparison_file(comparison_report(result, TableOptions())).decode()
    assert page.count(summary) >= 2
    for said in (changes_text(result), changes_markdown(result)):
        assert "[-（注1）-]{+（注1）+}" not in said
        assert "<del>（注1）</del><ins>（注1）</ins>" not in said


@pytest.mark.parametrize("notes", [REWORDED, REPLACED])
def test_a_mark_that_prints_the_same_is_not_struck_out(notes: Notes) -> None:
    result = compared(notes)
    for change in result.comparison.changes:
        redline: Any = change.detail["redline"]
        printed = "基盤（注1）の整備" if change.id else "基盤（注2）の整備（注3）"
        assert redline == (("=", printed),)
    rows = comparison_report(result, TableOptions()).table.rows
    cells = [row.new.lines for row in rows if row.changes and row.look != "note"]
    assert [lines[-1].text for lines in cells] == ["（注を改める）"] * 2


@EACH
def test_the_history_of_a_measure_gives_the_words(
    notes: Notes, text: str, markdown: str, summary: str
) -> None:
    result = compared(notes)
    records = EditionRecord(result.old), EditionRecord(number(result.plans[1]))
    files = dict(site_files(records[1], records[:1]))
    page = ParsedPage(files["html/measures/a.html"].decode())
    said = page.text_of_class("versions")
    for note in notes:
        assert note is None or note.removesuffix("。")[-3:] in said
    assert "本文と担当府省庁に変更はありません" not in said
