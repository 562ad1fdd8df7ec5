"""Paragraphs that were divided or joined without a word changed: one change, of wording only."""

from typing import Any

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.html import comparison_file
from kihonkeikaku.rendering.comparison.pdf import printed_tables
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions, UnderlineStyle
from kihonkeikaku.reports.changes import changes_json, changes_text
from kihonkeikaku.reports.changes_markdown import changes_markdown
from tests.diff.expectation import kinds_and_ids, only, proved
from tests.diff.plans import chapter, measure, plan

A = "データの集積を進める。"
B = "あわせて、人材を育成する。"
C = "国際的な枠組みを主導する。"
OTHER = "足元では競争環境が大きく変化している。"
REF = {"ref": "x"}
NOTE = {"footnote": "計算資源をいう。"}


def body(*paragraphs: Any) -> Plan:
    return plan(chapter("x", body=paragraphs), chapter("y"))


def of_measure(*paragraphs: Any) -> Plan:
    return plan(chapter("x", measure("a", body=paragraphs)), chapter("y"))


@pytest.mark.parametrize("make", [body, of_measure], ids=["section", "measure"])
@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        pytest.param([A + B], [A, B], id="two"),
        pytest.param([A + B + C], [A, B, C], id="three"),
        pytest.param([OTHER, A + B, C], [OTHER, A, B, C], id="between others"),
        pytest.param([{"note": A + B}], [{"note": A}, {"note": B}], id="notes"),
        pytest.param([{"plain": A + B}], [{"plain": A}, {"plain": B}], id="without marks"),
        pytest.param([A + B], [A, {"plain": B}], id="the second without a mark"),
        pytest.param(
            [{"id": "p", "bullet": A + B}],
            [{"id": "p", "bullet": A}, B],
            id="the first keeps the id",
        ),
        pytest.param(
            [{"id": "p", "bullet": A + B}],
            [A, {"id": "p", "bullet": B}],
            id="the second keeps the id",
        ),
        pytest.param(
            [{"id": "p", "bullet": A + B}],
            [{"id": "q", "bullet": A}, {"id": "r", "bullet": B}],
            id="new ids",
        ),
        pytest.param(
            [{"bullet": ["第", REF, A + B, NOTE]}],
            [{"bullet": ["第", REF, A]}, {"bullet": [B, NOTE]}],
            id="with a reference and a footnote",
        ),
        pytest.param([A + B, A], [A, B, A], id="a part that stands there as well"),
    ],
)
def test_a_division_is_one_change_of_wording(make: Any, whole: list[Any], parts: list[Any]) -> None:
    for old, new, kind in ((whole, parts, "split"), (parts, whole, "merged")):
        result = compare_editions(make(*old), make(*new))
        (change,) = result.comparison.changes
        assessment = result.classifier.assess(change)
        assert (change.kind, change.type) == (kind, "paragraph")
        assert (assessment.weight, assessment.marks, assessment.noise) == ("wording", (), False)
        proved(make(*old), make(*new))
        proved_amendment(make(*old), make(*new))
        for style in UnderlineStyle:
            comparison_report(result, TableOptions(style=style))  # proves its table


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([A + B], [A, B + C], [("reworded", None), ("added", None)], id="a word more"),
        pytest.param([A, B], [A + C], [("reworded", None), ("removed", None)], id="another word"),
        pytest.param(
            [A + B, C], [A, B + C], [("split", None)], id="the break between two stands elsewhere"
        ),
        pytest.param(
            [{"id": "p", "bullet": A + B}, {"id": "q", "bullet": OTHER}],
            [A, {"id": "q", "bullet": B}, {"id": "p", "bullet": C}],
            [("added", None), ("reworded", "q"), ("reworded", "p"), ("reordered", "p")],
            id="an id that stands elsewhere now",
        ),
        pytest.param(
            [A + B, OTHER],
            [A, OTHER, B],
            [("added", None), ("reordered", None), ("reworded", None)],
            id="another one between the parts",
        ),
    ],
)
def test_what_is_more_than_a_division(old: Any, new: Any, expected: Any) -> None:
    assert sorted(kinds_and_ids(body(*old), body(*new)), key=str) == sorted(expected, key=str)
    proved_amendment(body(*old), body(*new))


def test_the_change_names_all_paragraphs() -> None:
    change = only(body(OTHER, A + B), body(OTHER, A, B))
    detail: Any = change.detail
    assert change.old and change.new
    assert (change.section, change.old.citation, change.new.citation) == (
        "x",
        "第1章の第2項目",
        "第1章の第2項目",
    )
    assert [entry["text"] for entry in detail["from"]] == [A + B]
    assert [(entry["citation"], entry["text"]) for entry in detail["into"]] == [
        ("第1章の第2項目", A),
        ("第1章の第3項目", B),
    ]


def test_paragraphs_divided_at_another_place_stand_alone_in_the_table() -> None:
    old, new = body(A + B, OTHER), body(OTHER, A, B)
    assert kinds_and_ids(old, new) == [("split", None)]
    table = comparison_report(compare_editions(old, new), TableOptions()).table
    shown = [[line.text for line in row.new.lines] for row in table.rows]
    assert ["・" + A, "（第1章の第1項目を分割）"] in shown


DIVIDED = compare_editions(body(OTHER, A + B, C), body(OTHER, A, B, C))
JOINED = compare_editions(body(OTHER, A, B, C), body(OTHER, A + B, C))


@pytest.mark.parametrize(
    ("result", "sentence", "note"),
    [
        (DIVIDED, f"分割：「{A + B}」 → 「{A}」「{B}」", "（項目を分割）"),
        (JOINED, f"統合：「{A}」「{B}」 → 「{A + B}」", "（項目を統合）"),
    ],
    ids=["divided", "joined"],
)
def test_every_output_says_one_change_of_wording(
    result: ComparisonResult, sentence: str, note: str
) -> None:
    text, markdown = changes_text(result), changes_markdown(result)
    assert "変更 1 件（字句 1）" in text
    assert f"{sentence}［字句］" in text
    assert "**変更 1 件**（字句 1）" in markdown
    assert "［字句］" in markdown
    assert '"substance"' not in changes_json(result)
    report = comparison_report(result, TableOptions())
    assert note in comparison_file(report).decode()
    column, _ = next(printed_tables(report)).columns
    assert note in column.cells
    assert f"・{A if note == '（項目を分割）' else A + B}" in column.cells
    amendment, _ = proved_amendment(*result.plans)
    assert amendment.count("改める") == 2  # the opening, and one sentence


def with_items(*items: tuple[str, str]) -> Plan:
    entries = [{"text": text, "assignments": [{"ministry": ministry}]} for text, ministry in items]
    return plan(chapter("x", {**measure("a"), "items": entries}))


def test_items_have_ministries_and_are_no_paragraphs() -> None:
    """Else the words that stayed would hide who has to do what."""
    old, new = with_items((A + B, "経産省")), with_items((A, "文科省"), (B, "総務省"))
    for before, after in ((old, new), (new, old)):
        result = compare_editions(before, after)
        assert not {"split", "merged"} & set(result.comparison.summary)
        weights = [result.classifier.assess(c).weight for c in result.comparison.changes]
        assert "substance" in weights
        proved(before, after)
