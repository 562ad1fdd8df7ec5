"""Deadlines that stand beside a text are marked as those in it are."""

from typing import Any

import pytest

from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.significance.classifier import Classifier
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, measure, plan

EARLY: dict[str, Any] = {"text": "令和7年度中"}
LATE: dict[str, Any] = {"text": "令和8年度中"}


def of_item(deadline: dict[str, Any] | None) -> Plan:
    item = {"text": "標準の改訂", "deadline": deadline}
    return plan(chapter("x", {**measure("a"), "items": [item]}))


def of_measure(deadline: dict[str, Any] | None) -> Plan:
    return plan(chapter("x", {**measure("a"), "deadline": deadline}))


@pytest.mark.parametrize("make", [of_item, of_measure])
@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        (EARLY, LATE, "deadline-later"),
        (LATE, EARLY, "deadline-earlier"),
        (EARLY, None, "deadline-gone"),
        (
            {"text": "速やかに", "by": "2026-03-31"},
            {"text": "速やかに", "by": "2027-03-31"},
            "deadline-later",
        ),
    ],
    ids=["later", "earlier", "removed", "data alone"],
)
def test_a_deadline_beside_the_text_is_marked(
    make: Any, old: dict[str, Any], new: dict[str, Any] | None, mark: str
) -> None:
    before, after = make(old), make(new)
    classifier = Classifier(before, after)
    assessments = [classifier.assess(change) for change in compare(before, after).changes]
    assert [(a.weight, [m.rule.id for m in a.marks]) for a in assessments] == [
        ("substance", [mark])
    ]
