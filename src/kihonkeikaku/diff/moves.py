"""The fewest moves that explain an order."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal

from kihonkeikaku.diff.change import Spot
from kihonkeikaku.text.longest_increasing import longest_rising

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
