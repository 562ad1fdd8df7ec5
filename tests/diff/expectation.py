"""The changes between two plans, in the form that tests expect."""

import json
from typing import Any

from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import Change, comparison_json
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.plan import Plan


def kinds_and_ids(old: Plan, new: Plan) -> list[tuple[str, str | None]]:
    """Returns kind and id of each change, in order."""
    return [(change.kind, change.id) for change in proved(old, new)]


def only(old: Plan, new: Plan) -> Change:
    """Returns the only change."""
    (change,) = proved(old, new)
    return change


def one(old: Plan, new: Plan, kind: str) -> Change:
    """Returns the only change of a kind."""
    (change,) = [change for change in proved(old, new) if change.kind == kind]
    return change


def detail(change: Change) -> dict[str, Any]:
    """Returns a change's detail without the parts that only ``apply_changes`` needs."""
    machine = ("before", "after", "order", "entry", "assignments", "clauses", "runs")
    return {key: value for key, value in change.detail.items() if key not in machine}


def proved(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Returns all changes, after checking that their JSON applied to the old plan gives the new."""
    comparison = compare(old, new)
    changes = json.loads(json.dumps(comparison_json(comparison)))["changes"]
    assert apply_changes(changes, extract_records(old)) == extract_records(new)
    return comparison.changes
