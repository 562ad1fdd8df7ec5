"""The address of a change is its own, and stays while other changes come and go."""

import re
from typing import Any

import pytest
from hypothesis import given

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.change_anchors import change_anchors
from kihonkeikaku.diff.comparison import compare, compare_editions
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.html import comparison_file
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.reports.changes import changes_json
from tests.diff.generated import pairs
from tests.diff.plans import (
    Part,
    chapter,
    clause,
    divided,
    group,
    measure,
    ministry,
    plan,
    reprint,
)
from tests.diff.test_properties import many

A = measure("a", "導入の促進", "経産省")
B = measure("b", "普及の促進", "経産省")


def in_group(*measures: Part, **fields: Any) -> Plan:
    return plan(chapter("ch", group("g", *measures), group("h"), **fields))


def anchors(old: Plan, new: Plan) -> list[str]:
    changes = [change for change in compare(old, new).changes if change.kind != "renumbered"]
    return sorted(change_anchors(changes))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (in_group(A), in_group(measure("a", "導入の推進", "経産省")), ["change-reworded-a"]),
        (in_group(A), in_group(A, B), ["change-added-b"]),
        (
            in_group(A),
            in_group(measure("a", "導入の促進", "文科省", "総務省")),
            [
                "change-assignment-added-a--mext",
                "change-assignment-added-a--mic",
                "change-assignment-removed-a--meti",
            ],
        ),
        (
            in_group(divided("a", clause("甲、", "経産省"), clause("乙", "経産省"))),
            in_group(divided("a", clause("甲、", "◎経産省"), clause("乙", "◎経産省"))),
            ["change-lead-changed-a--1", "change-lead-changed-a--2"],
        ),
        (
            in_group(A),
            plan(chapter("ch", group("g", A), group("h", reprint("a")))),
            ["change-reprint-added-a--reprint-h"],
        ),
        (
            plan(chapter("ch"), title="計画"),
            plan(chapter("ch"), title="新計画", stage="素案"),
            [
                "change-metadata-changed-edition--stage",
                "change-metadata-changed-edition--title",
            ],
        ),
        (
            plan(chapter("ch"), ministries=[ministry("ch", "甲")]),
            plan(chapter("ch", title="別"), ministries=[ministry("ch", "乙")]),
            ["change-ministry-renamed--ch", "change-retitled-ch"],
        ),
    ],
    ids=["reworded", "added", "ministries", "clauses", "reprint", "fields", "ministry"],
)
def test_an_address_is_made_of_kind_and_id(old: Plan, new: Plan, expected: list[str]) -> None:
    assert anchors(old, new) == expected


FIRST, SECOND = "データの集積を進める。", "国際的な枠組みを主導する。"


def test_a_paragraph_without_id_has_the_address_of_its_old_text() -> None:
    old = in_group(A, body=[FIRST, SECOND])
    drafts = [
        in_group(A, body=[FIRST, SECOND + "あわせて検討する。"]),
        in_group(A, body=["新しい項目を先頭に置く。", FIRST, SECOND + "あわせて、検証する。"]),
        in_group(A, body=[SECOND + "また、点検する。", FIRST]),
    ]
    found = [[one for one in anchors(old, new) if "-reworded-" in one] for new in drafts]
    assert found[0] == found[1] == found[2]
    assert re.fullmatch(r"change-reworded-ch--[0-9a-f]{8}", found[0][0])


@pytest.mark.parametrize(
    "others",
    [
        [measure("z", "先頭に置く取組")],
        [B, measure("c", "別の取組")],
        [],
    ],
    ids=["one before", "several", "none"],
)
def test_an_address_stays_while_other_changes_come_and_go(others: list[Part]) -> None:
    old = in_group(A, B)
    rest = [one for one in (B,) if one not in others]
    new = in_group(*others, measure("a", "導入の推進", "◎経産省"), *rest, title="別の題")
    own = [one for one in anchors(old, new) if re.search(r"-a(--|$)", one)]
    assert {"change-reworded-a", "change-lead-changed-a"} <= set(own)


def test_equal_texts_are_told_apart() -> None:
    found = anchors(in_group(A), in_group(A, body=[FIRST, FIRST]))
    assert len(set(found)) == 2
    assert found[1] == f"{found[0]}--2"


@pytest.mark.slow
@many
@given(pairs())
def test_every_change_has_an_address_of_its_own(pair: tuple[Plan, Plan]) -> None:
    changes: tuple[Change, ...] = compare(*pair).changes
    found = list(change_anchors(changes))
    assert len(set(found)) == len(changes)
    assert all(re.fullmatch(r"change-[a-z0-9._-]+", anchor) for anchor in found)


def test_the_page_and_the_data_have_the_addresses() -> None:
    old, new = in_group(A), in_group(measure("a", "導入の推進", "◎経産省"), B)
    result = compare_editions(old, new)
    page = comparison_file(comparison_report(result, TableOptions())).decode()
    ids = re.findall(r'id="(change-[^"]*)"', page)
    assert sorted(ids) == sorted(change_anchors(result.comparison.changes))
    assert set(re.findall(r'href="#(change-[^"]*)"', page)) <= set(ids)
    assert all(f'"anchor": "{one}"' in changes_json(result) for one in ids)


def test_the_view_of_one_ministry_has_the_same_addresses() -> None:
    old, new = in_group(A, B), in_group(measure("a", "導入の推進", "経産省"), body=[FIRST, FIRST])
    whole = dict(_addresses(old, new, None))
    of_one = dict(_addresses(old, new, "経産省"))
    assert of_one
    assert of_one.items() <= whole.items()


def _addresses(old: Plan, new: Plan, ministry: str | None) -> list[tuple[str, str]]:
    result = compare_editions(old, new, ministry)
    shown = re.findall(r'"anchor": "([^"]*)"', changes_json(result))
    return [(f"{c.kind} {c.id}", a) for c, a in zip(result.shown.changes, shown, strict=True)]
