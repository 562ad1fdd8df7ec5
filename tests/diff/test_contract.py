"""The JSON that outside checks rely on, and the order of changes."""

import json
from typing import get_args

from kihonkeikaku.diff.change import ChangeKind, comparison_json
from kihonkeikaku.diff.comparison import compare
from tests.diff.expectation import kinds_and_ids
from tests.diff.plans import chapter, group, measure, ministry, plan

OLD = plan(
    chapter("x", group("g", measure("skills", "標準の改訂", "文科省", "◎経産省"))),
    id="first",
    stage="決定",
    dated="2026-04-01",
)
NEW = plan(
    chapter("x", group("g", measure("skills", "標準の改訂", "文科省", "◎デジタル庁"))),
    id="second",
    stage="決定",
    supersedes="first",
)


def test_the_json_of_a_change() -> None:
    changes = json.loads(json.dumps(comparison_json(compare(OLD, NEW))))["changes"]
    (lead,) = [change for change in changes if change["kind"] == "lead-changed"]
    place = {
        "number": "第1章(1)①",
        "parent": "g",
        "index": 0,
        "text": "標準の改訂",
        "citation": "第1章(1)①",
    }
    assert {key: value for key, value in lead.items() if key != "detail"} == {
        "kind": "lead-changed",
        "type": "measure",
        "id": "skills",
        "section": "g",
        "old": place,
        "new": place,
        "because": None,
    }
    assert (lead["detail"]["from"], lead["detail"]["to"]) == (["経産省"], ["デジタル庁"])


def test_the_heads_and_the_summary() -> None:
    found = comparison_json(compare(OLD, NEW))
    assert list(found) == ["old", "new", "changes", "summary"]
    assert found["old"] == {
        "id": "first",
        "title": "計画",
        "stage": "決定",
        "label": None,
        "dated": "2026-04-01",
        "decided_on": None,
        "supersedes": None,
    }
    assert found["new"]["supersedes"] == "first"
    assert found["summary"] == {"lead-changed": 1}


def test_the_kinds_are_those_of_the_contract() -> None:
    assert set(get_args(ChangeKind)) == {
        *("added", "removed", "split", "merged", "moved", "reordered", "renumbered"),
        *("reworded", "retitled", "clauses-changed", "lead-changed", "assignment-added"),
        *("assignment-removed", "assignment-reordered", "ministry-succeeded", "ministry-renamed"),
        *("reprint-added", "reprint-removed", "reprint-moved"),
        *("metadata-changed", "attribute-changed"),
    }


def test_changes_are_in_the_order_of_print() -> None:
    a, b, c = (measure(id) for id in "abc")
    old = plan(
        chapter("x", group("g", a, b, c, body=["古い段落"]), group("h", measure("d"))),
        ministries=[ministry("mic", "総務省")],
    )
    new = plan(
        chapter("x", measure("e"), group("g", c, measure("f"), title="別"), body=["新しい文章"]),
        title="新計画",
        ministries=[],
    )
    assert kinds_and_ids(old, new) == [
        ("metadata-changed", "edition"),
        ("removed", "mic"),
        ("added", None),
        ("added", "e"),
        ("retitled", "g"),
        ("removed", None),
        ("removed", "a"),
        ("removed", "b"),
        ("renumbered", "c"),
        ("added", "f"),
        ("removed", "h"),
        ("removed", "d"),
    ]


def test_a_removed_element_follows_its_old_neighbour() -> None:
    old = plan(chapter("x", *map(measure, "abcd")))
    new = plan(chapter("x", *map(measure, "efacd")))
    found = kinds_and_ids(old, new)
    assert [id for kind, id in found if kind != "renumbered"] == ["e", "f", "b"]
    assert found.index(("removed", "b")) == found.index(("renumbered", "a")) + 1
