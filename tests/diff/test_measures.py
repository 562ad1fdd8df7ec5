"""Texts of measures, and their division into clauses."""

from typing import Any

import pytest

from tests.diff.expectation import detail, kinds_and_ids, only
from tests.diff.plans import Part, chapter, clause, divided, measure, plan


def one_change(old: Part, new: Part) -> Any:
    return only(plan(chapter("x", old)), plan(chapter("x", new)))


def test_a_reworded_measure_has_a_redline() -> None:
    change = one_change(measure("a", "標準の改訂"), measure("a", "標準の策定"))
    assert (change.kind, change.id, change.section) == ("reworded", "a", "x")
    assert (change.old.text, change.new.text) == ("標準の改訂", "標準の策定")
    assert change.detail == {"redline": (("=", "標準の"), ("-", "改訂"), ("+", "策定"))}


def test_a_single_clause_is_always_reworded() -> None:
    change = one_change(measure("a", "標準の改訂"), measure("a", "まったく別のこと"))
    assert change.kind == "reworded"


def test_a_text_equals_a_single_clause() -> None:
    old, new = measure("a", "取組", "経産省"), divided("a", clause("取組", "経産省"))
    assert kinds_and_ids(plan(chapter("x", old)), plan(chapter("x", new))) == []


def test_of_several_clauses_the_changed_ones_are_named() -> None:
    change = one_change(
        divided("a", clause("半導体の研究及び開発", "経産省"), clause("、人材の育成", "文科省")),
        divided("a", clause("半導体の研究及び開発", "経産省"), clause("、人材の確保", "文科省")),
    )
    assert change.kind == "reworded"
    assert change.detail["redline"] == (
        ("=", "半導体の研究及び開発、人材の"),
        ("-", "育成"),
        ("+", "確保"),
    )
    redline = (("=", "、人材の"), ("-", "育成"), ("+", "確保"))
    assert change.detail["clauses"] == ({"clause": 1, "redline": redline},)


def test_a_replaced_clause_is_matched_by_its_ministries() -> None:
    change = one_change(
        divided("a", clause("医療", "文科省"), clause("、介護", "経産省"), clause("、金融")),
        divided("a", clause("医療", "文科省"), clause("、福祉", "経産省"), clause("、金融")),
    )
    assert change.kind == "reworded"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            divided("a", clause("研究", "文科省"), clause("、開発", "経産省")),
            measure("a", "研究、開発", "文科省", "経産省"),
            id="joined",
        ),
        pytest.param(
            divided("a", clause("研究", "文科省"), clause("と開発と普及", "経産省")),
            divided("a", clause("研究と開発", "文科省"), clause("と普及", "経産省")),
            id="parted elsewhere",
        ),
        pytest.param(
            divided("a", clause("研究の推進", "文科省"), clause("、開発の支援", "経産省")),
            divided("a", clause("、開発の支援", "経産省"), clause("研究の推進", "文科省")),
            id="in another order",
        ),
    ],
)
def test_a_new_division_is_one_change(old: Part, new: Part) -> None:
    change = one_change(old, new)
    assert change.kind == "clauses-changed"
    assert set(change.detail) == {"from", "to", "redline"}


def test_a_new_division_shows_both_with_their_ministries() -> None:
    change = one_change(
        measure("a", "研究、開発", "文科省"),
        divided("a", clause("研究", "文科省"), clause("、開発", "◎経産省")),
    )
    mext = {"ministry": "文科省", "ministry_id": "mext", "role": None}
    meti = {"ministry": "経産省", "ministry_id": "meti", "role": "lead"}
    assert change.detail == {
        "from": ({"text": ("研究、開発",), "assignments": (mext,)},),
        "to": (
            {"text": ("研究",), "assignments": (mext,)},
            {"text": ("、開発",), "assignments": (meti,)},
        ),
        "redline": (("=", "研究、開発"),),
    }


def test_a_reference_is_one_word_and_prints_its_number() -> None:
    to = [{"ref": "a"}, "を進める"]
    change = only(
        plan(chapter("x", measure("a"), measure("b", "aを進める"))),
        plan(chapter("x", measure("a"), measure("b", to))),
    )
    assert detail(change)["redline"] == (("-", "a"), ("+", "第1章①"), ("=", "を進める"))
    assert change.detail["runs"] == ({"ref": "a"}, "を進める")


def test_a_new_number_of_a_referenced_element_is_no_rewording() -> None:
    b = measure("b", [{"ref": "a"}, "を進める"])
    old = plan(chapter("x", b, measure("a")))
    new = plan(chapter("x", b, measure("c"), measure("a")))
    assert kinds_and_ids(old, new) == [("added", "c"), ("renumbered", "a")]


def test_a_reference_to_another_element_is_a_rewording() -> None:
    old = plan(chapter("x", measure("a"), measure("b"), measure("c", [{"ref": "a"}, "を進める"])))
    new = plan(chapter("x", measure("b"), measure("c", [{"ref": "b"}, "を進める"])))
    assert kinds_and_ids(old, new) == [("removed", "a"), ("renumbered", "b"), ("reworded", "c")]


def test_a_changed_footnote_has_a_redline() -> None:
    change = one_change(
        measure("a", ["基盤", {"footnote": "計算資源をいう。"}]),
        measure("a", ["基盤", {"footnote": "計算資源等をいう。"}]),
    )
    assert change.kind == "reworded"
    assert change.detail["footnotes"] == ((("=", "計算資源"), ("+", "等"), ("=", "をいう。")),)
    assert change.detail["redline"] == (("=", "基盤（注1）"),)


def test_the_division_into_strings_is_no_content() -> None:
    old, new = measure("a", ["研究", "開発"]), measure("a", "研究開発")
    assert kinds_and_ids(plan(chapter("x", old)), plan(chapter("x", new))) == []
