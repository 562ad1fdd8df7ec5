"""Units that came back at another place than they were sent at."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kihonkeikaku.consultation.printed_marks import strip_marks
from kihonkeikaku.consultation.returned_sheet import ReturnedUnit
from kihonkeikaku.consultation.segments import Segment
from kihonkeikaku.model.sheet import SheetUnit
from kihonkeikaku.text.longest_increasing_subsequence import longest_increasing_subsequence
from kihonkeikaku.text.similarity import similarity

_NEARLY_SAME: Final = 0.9
"""Least similarity of the two ends of a tracked move."""


def mark_moves(returned: list[ReturnedUnit], order: Mapping[str, int]) -> list[ReturnedUnit]:
    """Returns the units with those that left their place marked as moved."""
    result = _with_tracked_moves(returned)
    kept = [(at, u) for at, u in enumerate(result) if u.unit and u.form == "kept" and u.segment]
    ranks = [order[u.unit.bookmark] for _, u in kept if u.unit]
    stayed = longest_increasing_subsequence(ranks)
    for position, (at, unit) in enumerate(kept):
        if position not in stayed:
            place = _unit_before(result, at)
            result[at] = replace(unit, form="moved", tracked=False, place=place)
    return result


def _with_tracked_moves(returned: Sequence[ReturnedUnit]) -> list[ReturnedUnit]:
    """Joins a paragraph that was removed here and added there: word for word, or by its marks."""
    added: dict[str, list[int]] = defaultdict(list)
    for at, unit in enumerate(returned):
        if unit.unit is None:
            added[unit.received].append(at)
    result = list(returned)
    gone = set[int]()
    for at, unit in enumerate(returned):
        if unit.form != "removed" or unit.unit is None or unit.segment is None:
            continue
        target = _move_target(unit.unit, unit.segment, added, returned, gone)
        if target is None:
            continue
        there = returned[target]
        assert there.segment is not None, "what was added stands in the file"
        gone.add(target)
        result[at] = replace(
            unit,
            form="moved",
            received=strip_marks(unit.unit, there.received)[0],
            segment=unit.segment + there.segment,
            comments=unit.comments + there.comments,
            place=there.place,
        )
    return [unit for at, unit in enumerate(result) if at not in gone]


def _move_target(
    unit: SheetUnit,
    segment: Segment,
    added: Mapping[str, list[int]],
    returned: Sequence[ReturnedUnit],
    gone: Collection[int],
) -> int | None:
    for text in (unit.printed, unit.text):
        free = [at for at in added.get(text, ()) if at not in gone]
        if free:
            return free[0]
    if any(change.moved for change in segment.changes):
        for at, other in enumerate(returned):
            moved = other.segment and any(change.moved for change in other.segment.changes)
            is_free = other.unit is None and at not in gone
            if is_free and moved and similarity(other.received, unit.printed) >= _NEARLY_SAME:
                return at
    return None


def _unit_before(returned: Sequence[ReturnedUnit], at: int) -> SheetUnit | None:
    return next((u.unit for u in reversed(returned[:at]) if u.unit), None)
