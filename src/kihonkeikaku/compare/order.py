"""The fewest moves that explain an order."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from kihonkeikaku.compare.change import Spot

Shift = Literal["moved", "reordered"]


def shifts(pairs: Mapping[Spot, Spot]) -> dict[Spot, Shift]:
    """Returns, by its old spot, how each thing that did not keep its place was shifted.

    ``pairs`` leads from the old spot to the new one of everything that both editions have. A
    thing is moved when its parent is another one, and reordered when it is not among the most
    that kept their order under the same parent.
    """
    found: dict[Spot, Shift] = {}
    by_parent: dict[str | None, list[Spot]] = defaultdict(list)
    for old in sorted(pairs, key=lambda spot: (spot[0] or "", spot[1])):
        if pairs[old][0] == old[0]:
            by_parent[old[0]].append(old)
        else:
            found[old] = "moved"
    for spots in by_parent.values():
        kept = longest_rising([pairs[spot][1] for spot in spots])
        found.update({spot: "reordered" for at, spot in enumerate(spots) if at not in kept})
    return found


def stayed(pairs: Mapping[Spot, Spot]) -> dict[Spot, int]:
    """Returns the new index of each thing that was not shifted, by its old spot."""
    shifted = shifts(pairs)
    return {old: new[1] for old, new in pairs.items() if old not in shifted}


def longest_rising(values: Sequence[int]) -> set[int]:
    """Returns the positions of a longest rising subsequence of distinct values."""
    ends: list[int] = []  # position of the smallest value that ends a run of each length
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value, key=values.__getitem__)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
    return _traced(ends[-1] if ends else None, before)


def _traced(end: int | None, before: Sequence[int | None]) -> set[int]:
    kept = set()
    while end is not None:
        kept.add(end)
        end = before[end]
    return kept
