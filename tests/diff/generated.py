"""Pairs of plans for hypothesis: small, sound, and as different as plans can be.

A pair is two sketches drawn from the same ids, or one sketch and the same one after some edits.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from kihonkeikaku.model.plan import Plan, Revision
from tests.diff.growth import grown
from tests.diff.sketches import (
    MEASURES,
    SENTENCES,
    Sketch,
    edited,
    lucky_item,
    lucky_node,
    lucky_register,
)

T = TypeVar("T")


def _some(of: Callable[[Random], T], most: int) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(lucks.map(of), min_size=1, max_size=most).map(tuple)


lucks = st.integers(0, 2**32).map(Random)
"""One number for a whole thing: ten times as fast as drawing its traits one by one, and
hypothesis can still shrink what matters, how many things there are."""

sketches = st.builds(
    Sketch,
    title=st.sampled_from(SENTENCES),
    stage=st.sampled_from(("素案", "案")),
    publication=st.booleans(),
    nodes=_some(lucky_node, 9),
    items=_some(lucky_item, 12),
    ministries=lucks.map(lucky_register),
)


def _revision(luck: Random, old: Plan, new: Plan) -> Revision:
    """Returns what revision.yaml might say, whether or not it fits."""
    return Revision.model_validate(
        {
            "from": old.head.edition.id,
            "dispositions": [_disposition(luck, old, new) for _ in range(luck.randint(0, 3))],
            "reasons": [{"id": id, "reason": "理由"} for id in luck.sample(MEASURES, 2)],
        }
    )


def _disposition(luck: Random, old: Plan, new: Plan) -> dict[str, Any]:
    ours, theirs = ([measure.id for measure in plan.measures] for plan in (old, new))
    gone = [id for id in ours if id not in theirs]
    became = luck.choice(("split", "merged", "completed")) if theirs else "completed"
    return {
        "measures": luck.sample(gone or MEASURES, luck.randint(1, min(2, len(gone or MEASURES)))),
        "became": became,
        "into": luck.sample(theirs, min(2, len(theirs))) if became != "completed" else (),
    }


@st.composite
def pairs(draw: st.DrawFn, *, told: bool = True) -> tuple[Plan, Plan]:
    """Draws two editions; unless ``told``, nothing is said of successions and dispositions."""
    before = draw(sketches)
    after = draw(sketches | st.lists(lucks, max_size=12).map(lambda edits: edited(before, edits)))
    if not told:
        before, after = _untold(before), _untold(after)
    old, new = grown(before, "old"), grown(after, "new")
    if told:
        new = new.model_copy(update={"revision": _revision(draw(lucks), old, new)})
    return old, new


def _untold(sketch: Sketch) -> Sketch:
    return replace(sketch, ministries=tuple(replace(m, succeeds=()) for m in sketch.ministries))
