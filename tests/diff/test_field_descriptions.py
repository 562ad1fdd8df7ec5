"""What changes in a plan's own outline and in lines of its bodies is said in Japanese."""

from typing import Any, get_args

import pytest

from kihonkeikaku.diff.change_description import ChangeDescriber, field_name
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.plan_records import CLAUSE_FIELDS, LINE_FIELDS, extract_records
from kihonkeikaku.model.body_lines import Container, LineMarker
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, measure, plan, section


def described(old: Plan, new: Plan) -> list[str]:
    describer = ChangeDescriber(number(old), number(new))
    return [describer.describe(change) for change in compare(old, new).changes]


def with_item(**fields: Any) -> Plan:
    item = {"text": "標準の改訂", **fields}
    return plan(chapter("x", {**measure("a"), "items": [item]}))


def with_table(align: str | None) -> Plan:
    columns = ["年度", {"title": "額", "align": align}]
    return plan(chapter("x", body=[{"table": {"columns": columns, "rows": [["甲", "乙"]]}}]))


def with_section(kind: str) -> Plan:
    made = plan(chapter("x", section("s", kind=kind, title="題")))
    kinds = (("chapter", "第{1}"), ("section", "{1}．"), ("part", "（{ア}）"), ("topic", None))
    outline = [{"kind": name, "label": label} for name, label in kinds]
    data = made.model_dump(mode="json", by_alias=True)
    chapters = [{**data["chapters"][0]}]
    chapters[0]["sections"][0]["kind"] = kind
    return Plan.model_validate(
        {**data, "head": {**data["head"], "outline": outline}, "chapters": chapters}
    )


LEAD = [{"ministry": "経産省", "role": "lead"}]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (with_item(), with_item(assignments=LEAD), "担当：なし → ◎経産省"),
        (
            with_item(deadline={"text": "令和7年度中"}),
            with_item(deadline={"text": "令和8年度中"}),
            "期限：令和7年度中 → 令和8年度中",
        ),
        (with_table("left"), with_table("right"), "列の揃え方：なし、左 → なし、右"),
        (with_section("section"), with_section("topic"), "見出しの種類：1． → 番号のない見出し"),
    ],
    ids=["ministries", "deadline", "columns", "kind"],
)
def test_a_field_is_described_in_the_words_of_the_plan(old: Plan, new: Plan, said: str) -> None:
    assert said in described(old, new)


def test_no_field_or_kind_of_line_is_named_by_the_program_alone() -> None:
    describer = ChangeDescriber(number(with_item()), number(with_item()))
    fields = [*CLAUSE_FIELDS, *LINE_FIELDS, *extract_records(with_item()).edition]
    assert [name for name in fields if field_name(name) == name] == []
    names = (*get_args(LineMarker), *get_args(Container))
    assert [name for name in names if describer.format_value("marker", name) == name] == []
