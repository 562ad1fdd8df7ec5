"""Applying changes is strict: changes of another edition are refused."""

import json
from typing import Any

import pytest

from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import comparison_json
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import chapter, measure, plan

OLD = plan(chapter("x", measure("a", "標準の改訂"), title="題"))


def changes(new: Plan) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(comparison_json(compare(OLD, new))))[
        "changes"
    ]
    return found


def test_nothing_changes_by_no_changes() -> None:
    assert apply_changes([], extract_records(OLD)) == extract_records(OLD)


def test_a_redline_of_another_text_is_refused() -> None:
    (change,) = changes(plan(chapter("x", measure("a", "標準の策定"), title="題")))
    change["detail"]["redline"][0][1] = "規格の"
    with pytest.raises(ValueError, match="標準の改訂"):
        apply_changes([change], extract_records(OLD))


def test_an_index_that_leaves_a_gap_is_refused() -> None:
    (change,) = changes(plan(chapter("x", measure("a", "標準の改訂"), measure("b"), title="題")))
    change["new"]["index"] = 2
    with pytest.raises(ValueError, match="index 2 of x"):
        apply_changes([change], extract_records(OLD))


def test_an_unknown_id_is_refused() -> None:
    (change,) = changes(plan(chapter("x", measure("a", "標準の改訂"), title="別の題")))
    with pytest.raises(KeyError, match="y"):
        apply_changes([{**change, "id": "y"}], extract_records(OLD))
