"""Fields of a body's lines that are lists come back from JSON as the records hold them."""

from typing import Any

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.diff.ministry_filter import ConcernedMinistries
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions, UnderlineStyle
from kihonkeikaku.rendering.comparison.three_columns import three_column_report
from tests.diff.plans import chapter, measure, plan


def items(*by: str) -> Plan:
    entry = {"text": "標準の改訂", "assignments": [{"ministry": ministry} for ministry in by]}
    return plan(chapter("x", {**measure("a"), "items": [entry] if by else []}))


def table(align: str | None, *more: Any) -> Plan:
    columns = ["年度", {"title": "額", "align": align} if align else "額"]
    rows = [["令和7年度", "10"], *more]
    return plan(chapter("x", body=[{"table": {"columns": columns, "rows": rows}}]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (items("経産省"), items("文科省")),
        (items("経産省"), items("経産省", "総務省")),
        (items("経産省"), items()),
        (table("right"), table("center")),
        (table("right"), table(None)),
        (table("right"), plan(chapter("x"))),
        (table("right"), table("right", ["令和8年度", "20"])),
    ],
    ids=["ministry", "another", "item", "align", "no align", "table", "row"],
)
def test_every_change_of_items_and_tables_is_proved(old: Plan, new: Plan) -> None:
    for before, after in ((old, new), (new, old)):
        result = compare_editions(before, after)  # proved, or an error, as all that follows
        assert result.comparison.changes
        for style in UnderlineStyle:
            comparison_report(result, TableOptions(style=style))
        three_column_report(result, compare_editions(after, after))
        proved_amendment(before, after)


def test_who_does_an_item_is_of_substance_and_concerns_the_ministries() -> None:
    result = compare_editions(items("経産省"), items("文科省"))
    [change] = result.comparison.changes
    assert result.classifier.assess(change).weight == "substance"
    assert ConcernedMinistries(result.old, result.new).find(change) == {"meti", "mext"}
