"""Properties of every comparison, on generated pairs of editions.

``EXAMPLES=3000 pytest tests/diff`` tries more of them.
"""

import json
import os
from collections import Counter
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import (
    CHANGE_KINDS,
    Change,
    ChangeKind,
    PrintedPlace,
    Slot,
    comparison_json,
)
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.plan_records import extract_records
from kihonkeikaku.model.plan import Plan
from tests.diff.generated import pairs

pytestmark = pytest.mark.slow

Pair = tuple[Plan, Plan]

MIRRORED: Final[dict[ChangeKind, ChangeKind]] = {
    "added": "removed",
    "removed": "added",
    "moved": "moved",
    "reworded": "reworded",
    "retitled": "retitled",
    "lead-changed": "lead-changed",
    "assignment-added": "assignment-removed",
    "assignment-removed": "assignment-added",
    "assignment-reordered": "assignment-reordered",
}

RETELLING: Final[tuple[ChangeKind, ...]] = ("renumbered", "split", "merged", "ministry-succeeded")
"""Consequences, and changes that revision.yaml and the register may explain twice."""

EXAMPLES: Final = int(os.environ.get("EXAMPLES", "150"))

many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_generated_pairs_have_every_kind_of_change() -> None:
    seen: set[ChangeKind] = set()

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(pairs())
    def see(pair: Pair) -> None:
        seen.update(compare(*pair).summary)

    see()
    assert seen == set(CHANGE_KINDS)


@many
@given(pairs())
def test_an_edition_equals_itself(pair: Pair) -> None:
    assert compare(pair[0], pair[0]).changes == ()
    assert compare(pair[1], pair[1]).changes == ()


@many
@given(pairs())
def test_the_changes_applied_to_the_old_edition_give_the_new_one(pair: Pair) -> None:
    old, new = pair
    changes = comparison_json(compare(old, new))["changes"]
    assert apply_changes(changes, extract_records(old)) == extract_records(new)
    assert apply_changes(json.loads(json.dumps(changes)), extract_records(old)) == extract_records(
        new
    )


@settings(many, max_examples=EXAMPLES // 4)
@given(pairs())
def test_no_change_is_reported_twice(pair: Pair) -> None:
    old, new = pair
    changes = comparison_json(compare(old, new))["changes"]
    for at, change in enumerate(changes):
        if change["kind"] not in RETELLING:
            try:
                rest = apply_changes(changes[:at] + changes[at + 1 :], extract_records(old))
            except (KeyError, ValueError, IndexError):
                continue  # the others need it
            assert rest != extract_records(new), change


@many
@given(pairs(explained=False))
def test_the_comparison_with_editions_exchanged_is_its_mirror(pair: Pair) -> None:
    old, new = pair
    there = [c for c in compare(old, new).changes if c.kind in MIRRORED and c.type != "ministry"]
    back = [c for c in compare(new, old).changes if c.kind in MIRRORED and c.type != "ministry"]
    assert Counter(_comparable(change, exchanged=False) for change in there) == Counter(
        _comparable(change, exchanged=True) for change in back
    )


@many
@given(pairs())
def test_a_redline_joins_to_both_texts(pair: Pair) -> None:
    for change in compare(*pair).changes:
        if change.kind in ("reworded", "retitled"):
            assert change.old and change.new
            marks: Any = change.detail["redline"]
            assert "".join(text for op, text in marks if op in "=-") == change.old.text
            assert "".join(text for op, text in marks if op in "=+") == change.new.text


@many
@given(pairs())
def test_the_cause_of_a_renumbering_is_a_change(pair: Pair) -> None:
    changes = compare(*pair).changes
    reported = {change.id for change in changes if change.kind != "renumbered" and change.id}
    causes = {change.because for change in changes if change.kind == "renumbered"}
    assert causes <= reported


def _comparable(change: Change, *, exchanged: bool) -> tuple[Any, ...]:
    """Returns a change for comparing; if ``exchanged``, with old and new exchanged."""
    detail = change.detail
    places, sides = (change.old, change.new), (detail.get("from"), detail.get("to"))
    return (
        MIRRORED[change.kind] if exchanged else change.kind,
        change.type,
        change.id,
        tuple(map(_slot, reversed(places) if exchanged else places)),
        tuple(reversed(sides) if exchanged else sides),
        *(detail.get(key) for key in ("ministry_id", "role", "index", "clause")),
    )


def _slot(place: PrintedPlace | None) -> Slot | None:
    return place.slot if place else None
