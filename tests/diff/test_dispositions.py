"""Splits, mergers, dispositions and reasons of revision.yaml."""

from typing import Any

import pytest

from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.composed_revision import editions_between
from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, only
from tests.diff.plans import chapter, measure, plan

A, B, C, D = (measure(id) for id in "abcd")


def revised(*measures: Any, **disposition: Any) -> Plan:
    return plan(chapter("x", *measures), revision={"dispositions": [disposition]})


def test_a_split_is_one_change_with_all_its_measures() -> None:
    change = only(
        plan(chapter("x", A)),
        revised(B, C, measures=["a"], became="split", into=["b", "c"], reason="細分"),
    )
    assert (change.kind, change.id, change.section) == ("split", "a", "x")
    assert change.old and change.old.text == "aの取組"
    assert change.new is None
    detail: Any = change.detail
    assert [entry["id"] for entry in detail["from"]] == ["a"]
    assert [entry["number"] for entry in detail["into"]] == ["第1章①", "第1章②"]
    assert detail["into"][0]["clauses"] == ({"text": ("bの取組",), "assignments": ()},)
    assert detail["reason"] == "細分"


def test_a_merger_is_one_change_of_the_new_measure() -> None:
    change = only(
        plan(chapter("x", A, B)), revised(C, measures=["a", "b"], became="merged", into=["c"])
    )
    assert (change.kind, change.id, change.old) == ("merged", "c", None)
    assert change.new and change.new.number == "第1章①"
    detail: Any = change.detail
    assert [entry["text"] for entry in detail["from"]] == ["aの取組", "bの取組"]


def test_a_merger_into_an_old_measure_leaves_its_other_changes() -> None:
    old = plan(chapter("x", A, B))
    new = revised(measure("b", "bの取組等"), measures=["a"], became="merged", into=["b"])
    assert kinds_and_ids(old, new) == [("merged", "b"), ("reworded", "b")]


@pytest.mark.parametrize(
    "disposition",
    [
        {"measures": ["d"], "became": "split", "into": ["b", "c"]},
        {"measures": ["a"], "became": "split", "into": ["b", "d"]},
    ],
    ids=["of what never was", "into what is not"],
)
def test_an_inconsistent_disposition_is_ignored(disposition: Any) -> None:
    new = revised(B, C, **disposition)
    assert kinds_and_ids(plan(chapter("x", A)), new) == [
        ("removed", "a"),
        ("added", "b"),
        ("added", "c"),
    ]


def test_a_split_of_a_kept_measure_is_ignored() -> None:
    new = revised(A, B, measures=["a"], became="split", into=["a", "b"])
    assert kinds_and_ids(plan(chapter("x", A)), new) == [("added", "b")]


def test_a_measure_of_two_dispositions_is_added_once() -> None:
    dispositions = [
        {"measures": ["a"], "became": "merged", "into": ["c"]},
        {"measures": ["b"], "became": "split", "into": ["c", "d"]},
    ]
    new = plan(chapter("x", C, D), revision={"dispositions": dispositions})
    assert kinds_and_ids(plan(chapter("x", A, B)), new) == [("split", "b"), ("merged", "c")]


def test_every_change_of_an_id_has_its_reason() -> None:
    old = plan(chapter("x", measure("a", "検討", "経産省"), B))
    new = plan(
        chapter("x", measure("a", "実施", "文科省"), B),
        revision={"reasons": [{"id": "a", "reason": "体制の見直し"}]},
    )
    assert kinds_and_ids(old, new) == [
        ("reworded", "a"),
        ("assignment-added", "a"),
        ("assignment-removed", "a"),
    ]


def edition(id: str, *measures: Any, supersedes: str | None = None, **revision: Any) -> Plan:
    said = {"from": supersedes, **revision} if supersedes else None
    return plan(chapter("x", *measures), revision=said, id=id, supersedes=supersedes)


FIRST = edition("first", A, B, C)
SECOND = edition("second", A, B, C, supersedes="first")
THIRD = edition(
    "third",
    B,
    measure("c", "cの推進"),
    supersedes="second",
    dispositions=[{"measures": ["a"], "became": "abolished", "reason": "終えた"}],
    reasons=[{"id": "c", "reason": "実情に合わせた"}],
)
OTHER = edition("other", A, B, C)
CHAIN = {"first": FIRST, "second": SECOND}


@pytest.mark.parametrize(
    ("old", "adopted", "applies"),
    [
        (SECOND, {}, True),
        (FIRST, CHAIN, True),
        (FIRST, {}, False),
        (OTHER, CHAIN, False),
        (edition("fourth", A, B, C, supersedes="third"), CHAIN, False),
    ],
    ids=["superseded", "by the chain", "no chain known", "of no chain", "a later one"],
)
def test_reasons_are_given_only_for_the_step_that_they_speak_of(
    old: Plan, adopted: dict[str, Plan], applies: bool
) -> None:
    changes = {change.kind: change for change in compare(old, THIRD, adopted=adopted).changes}
    removed, reworded = changes["removed"], changes["reworded"]
    disposition = {"became": "abolished", "into": (), "reason": "終えた"}
    assert removed.detail["disposition"] == (disposition if applies else None)
    assert reworded.detail.get("reason") == ("実情に合わせた" if applies else None)


def test_a_chain_that_goes_in_a_circle_leads_nowhere() -> None:
    circle = {"second": edition("second", A, supersedes="third"), "third": THIRD}
    assert editions_between(FIRST, THIRD, circle) == ()
