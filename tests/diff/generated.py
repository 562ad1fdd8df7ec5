"""Pairs of plans for hypothesis: small, valid, and as different as plans can be.

A pair is two sketches drawn from the same ids, or one sketch and the same one after some edits.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from kihonkeikaku.model.migration import FormerRevision
from kihonkeikaku.model.plan import Disposition, Plan
from tests.diff.sketched_plans import plan_from_sketch
from tests.diff.sketches import (
    MEASURES,
    SENTENCES,
    Sketch,
    edited,
    random_item,
    random_node,
    random_register,
)

T = TypeVar("T")


def _some(of: Callable[[Random], T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(randoms.map(of), min_size=1, max_size=most).map(tuple)


randoms = st.integers(0, 2**32).map(Random)
"""One seed for each element: ten times as fast as drawing its fields one by one, and hypothesis
can still shrink the number of elements."""

sketches = st.builds(
    Sketch,
    title=st.sampled_from(SENTENCES),
    stage=st.sampled_from(("素案", "案")),
    publication=st.booleans(),
    nodes=_some(random_node, 9),
    items=_some(random_item, 12),
    ministries=randoms.map(random_register),
)


def _revision(random: Random, old: Plan, new: Plan) -> tuple[Disposition, ...]:
    """Returns a ``revision/``, consistent with the editions or not."""
    former = FormerRevision.model_validate(
        {
            "from": old.head.edition.id,
            "dispositions": [_disposition(random, old, new) for _ in range(random.randint(0, 3))],
            "reasons": [{"id": id, "reason": "理由"} for id in random.sample(MEASURES, 2)],
        }
    )
    return tuple(disposition for disposition, _ in former.split())


def _disposition(random: Random, old: Plan, new: Plan) -> dict[str, Any]:
    ours, theirs = ([measure.id for measure in plan.measures] for plan in (old, new))
    gone = [id for id in ours if id not in theirs]
    became = random.choice(("split", "merged", "completed")) if theirs else "completed"
    return {
        "measures": random.sample(
            gone or MEASURES, random.randint(1, min(2, len(gone or MEASURES)))
        ),
        "became": became,
        "into": random.sample(theirs, min(2, len(theirs))) if became != "completed" else (),
    }


@st.composite
def pairs(draw: st.DrawFn, *, explained: bool = True) -> tuple[Plan, Plan]:
    """Draws two editions; unless ``explained``, without successions and dispositions."""
    before = draw(sketches)
    after = draw(sketches | st.lists(randoms, max_size=12).map(lambda edits: edited(before, edits)))
    if not explained:
        before, after = _without_explanations(before), _without_explanations(after)
    old, new = plan_from_sketch(before, "old"), plan_from_sketch(after, "new")
    if explained:
        revision = _revision(draw(randoms), old, new)
        edition = new.head.edition.model_copy(update={"supersedes": old.head.edition.id})
        head = new.head.model_copy(update={"edition": edition})
        new = new.model_copy(update={"head": head, "revision": revision})
    return old, new


def _without_explanations(sketch: Sketch) -> Sketch:
    return replace(sketch, ministries=tuple(replace(m, succeeds=()) for m in sketch.ministries))
