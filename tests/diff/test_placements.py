"""Measures and reprints that are added, removed and moved, and their renumbering."""

import pytest

from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, one, only, proved
from tests.diff.plans import chapter, group, measure, plan, reprint, section

A, B, C, D = (measure(id) for id in "abcd")


def test_an_added_measure_has_its_whole_content() -> None:
    change = only(
        plan(chapter("x", A)),
        plan(chapter("x", A, measure("b", "取組", "◎経産省"))),
    )
    assert (change.kind, change.type, change.id, change.section) == ("added", "measure", "b", "x")
    assert change.old is None
    assert change.new and (change.new.number, change.new.text) == ("第1章②", "取組")
    lead = {"ministry": "経産省", "ministry_id": "meti", "role": "lead"}
    assert change.detail["clauses"] == ({"text": ("取組",), "assignments": (lead,)},)


def test_a_removed_measure_has_its_disposition() -> None:
    old = plan(chapter("x", A, B))
    completed = {"measures": ["b"], "became": "completed", "reason": "達成"}
    new = plan(chapter("x", A), revision={"dispositions": [completed]})
    assert only(old, new).detail["disposition"] == {
        "became": "completed",
        "into": (),
        "reason": "達成",
    }
    assert only(old, plan(chapter("x", A))).detail["disposition"] is None


def test_a_move_names_both_places() -> None:
    change = only(
        plan(chapter("x", group("g", A, B), group("h", C))),
        plan(chapter("x", group("g", A), group("h", C, B))),
    )
    assert (change.kind, change.id, change.section) == ("moved", "b", "h")
    assert change.old and change.old.citation == "第1章(1)②"
    assert change.new and change.new.citation == "第1章(2)②"


@pytest.mark.parametrize(
    ("before", "after", "reordered"),
    [
        ("abcd", "dabc", "d"),
        ("abcd", "bcda", "a"),
        ("abcd", "acbd", "b"),
        ("abcd", "dcba", "abc"),
        ("abcd", "badc", "ac"),
    ],
)
def test_the_fewest_measures_are_reordered(before: str, after: str, reordered: str) -> None:
    changes = proved(
        plan(chapter("x", *map(measure, before))), plan(chapter("x", *map(measure, after)))
    )
    found = {change.id for change in changes if change.kind == "reordered"}
    assert len(found) == len(reordered)
    assert {change.kind for change in changes} <= {"reordered", "renumbered"}


def test_additions_and_removals_keep_the_order_of_the_others() -> None:
    old = plan(chapter("x", A, B, C))
    new = plan(chapter("x", D, A, C))
    assert kinds_and_ids(old, new) == [("added", "d"), ("renumbered", "a"), ("removed", "b")]


def test_an_insertion_renumbers_the_following_measures() -> None:
    old = plan(chapter("x", A, B))
    new = plan(chapter("x", C, A, B))
    assert kinds_and_ids(old, new) == [("added", "c"), ("renumbered", "a"), ("renumbered", "b")]
    change = proved(old, new)[1]
    assert change.old and change.new
    assert (change.old.number, change.new.number) == ("第1章①", "第1章②")
    assert (change.detail, change.because) == ({}, "c")


def test_an_element_with_another_change_is_not_renumbered() -> None:
    old = plan(chapter("x", A, measure("b", "検討")))
    new = plan(chapter("x", C, A, measure("b", "実施")))
    assert kinds_and_ids(old, new) == [("added", "c"), ("renumbered", "a"), ("reworded", "b")]


SPLIT = {"measures": ["c"], "became": "split", "into": ["d", "e"]}
HANDOVER = {"measures": ["c"], "became": "split", "into": ["b", "d"]}
MERGER = {"measures": ["b", "c"], "became": "merged", "into": ["d"]}


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        pytest.param(
            plan(chapter("x", B, C, A)), plan(chapter("x", B, A)), "c", id="a removal before it"
        ),
        pytest.param(
            plan(chapter("x", B, A), chapter("y", C)),
            plan(chapter("x", B, C, A), chapter("y")),
            "c",
            id="a move to before it",
        ),
        pytest.param(
            plan(chapter("x", C, B, D, A)),
            plan(chapter("x", B, D, measure("e"), measure("f"), A)),
            "e",
            id="what shifts it the way it went, not the other",
        ),
        pytest.param(
            plan(chapter("x", B, A, D)), plan(chapter("x", B, C, A, D)), "c", id="the first"
        ),
        pytest.param(
            plan(chapter("x", B, A)), plan(chapter("x", B, reprint("b"), A)), "b", id="a reprint"
        ),
        pytest.param(
            plan(chapter("x", C, A)),
            plan(chapter("x", D, measure("e"), A), revision={"dispositions": [SPLIT]}),
            "c",
            id="a split, by the id of its change",
        ),
        pytest.param(
            plan(chapter("x", B, C, A)),
            plan(chapter("x", A, D), revision={"dispositions": [MERGER]}),
            "d",
            id="a merger, by the id of its change",
        ),
        pytest.param(
            plan(chapter("x", A), chapter("y", B, C)),
            plan(chapter("x", B, A), chapter("y", D), revision={"dispositions": [HANDOVER]}),
            "b",
            id="a move of what a split led to, by its own id",
        ),
        pytest.param(
            plan(chapter("x", group("g", A))),
            plan(chapter("x", group("h"), group("g", A))),
            "h",
            id="a section before its own",
        ),
        pytest.param(
            plan(chapter("x", section("s", group("g", A))), chapter("y")),
            plan(chapter("y"), chapter("x", section("s", group("g", A)))),
            "x",
            id="a chapter that changed its place",
        ),
        pytest.param(
            plan(chapter("x", section("s", group("g", A)), section("t"))),
            plan(chapter("x", section("s"), section("t", group("g", A)))),
            "g",
            id="a move of its section",
        ),
        pytest.param(
            plan(chapter("x", section("s", A), group("g"))),
            plan(chapter("x", section("s", A, kind="policy"), group("g"))),
            "s",
            id="another kind of its section",
        ),
    ],
)
def test_a_renumbering_names_its_cause(old: Plan, new: Plan, because: str) -> None:
    found = {c.id: c.because for c in proved(old, new) if c.kind == "renumbered"}
    assert found["a"] == because


def test_a_second_appendix_renumbers_the_first() -> None:
    change = one(
        plan(chapter("x", kind="appendix")),
        plan(chapter("x", kind="appendix"), chapter("y", kind="appendix")),
        "renumbered",
    )
    assert change.old and change.new
    assert (change.old.number, change.new.number, change.because) == ("別紙", "別紙1", "y")


def test_reprints_are_added_and_removed_without_the_measure() -> None:
    without = plan(chapter("x", group("g", A), group("h")))
    with_it = plan(chapter("x", group("g", A), group("h", reprint("a"))))
    added, removed = only(without, with_it), only(with_it, without)
    assert (added.kind, added.id, added.section) == ("reprint-added", "a", "h")
    assert (removed.kind, removed.id, removed.section) == ("reprint-removed", "a", "h")
    assert added.detail == removed.detail == {"section": "h"}
    assert added.new and (added.new.number, added.new.text) == ("第1章(2)①", "aの取組")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            plan(chapter("x", A), chapter("y", reprint("a")), chapter("z")),
            plan(chapter("x", A), chapter("y"), chapter("z", reprint("a"))),
            id="to another section",
        ),
        pytest.param(
            plan(chapter("x", A, B, C, reprint("a"))),
            plan(chapter("x", reprint("a"), A, B, C)),
            id="within its section",
        ),
    ],
)
def test_a_reprint_moves(old: Plan, new: Plan) -> None:
    assert one(old, new, "reprint-moved").id == "a"


def test_of_several_reprints_those_in_the_same_section_pair() -> None:
    old = plan(chapter("x", A), chapter("y", reprint("a")), chapter("z", reprint("a")))
    new = plan(chapter("x", A), chapter("y"), chapter("z", reprint("a")))
    change = only(old, new)
    assert (change.kind, change.section) == ("reprint-removed", "y")


def test_a_measure_is_renumbered_whatever_happens_to_its_reprint() -> None:
    old = plan(chapter("x", A), chapter("y"))
    new = plan(chapter("x", B, A), chapter("y", reprint("a")))
    assert kinds_and_ids(old, new) == [("added", "b"), ("renumbered", "a"), ("reprint-added", "a")]


def test_a_reprint_is_renumbered_without_its_measure() -> None:
    change = one(
        plan(chapter("x", A), chapter("y", reprint("a"))),
        plan(chapter("x", A), chapter("y", B, reprint("a"))),
        "renumbered",
    )
    assert (change.id, change.section, change.because) == ("a", "y", "b")
    assert change.detail == {"reprint": True}
    assert change.new and change.new.number == "第2章②"
