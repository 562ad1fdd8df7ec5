"""Lists by parent → the same lists after some of their entries came, went or moved."""

from collections.abc import Collection, Mapping
from typing import TypeVar

P = TypeVar("P", bound=str | None)
T = TypeVar("T")


def rearranged(
    lists: Mapping[P, tuple[T, ...]],
    departures: Collection[tuple[P, int]],
    arrivals: Mapping[tuple[P, int], T],
) -> dict[P, tuple[T, ...]]:
    """Returns the lists without what stood at the ``departures``, and with the ``arrivals``.

    Departures are spots of the lists as they were, arrivals spots of the lists as they will be;
    what neither names keeps its order. Lists that end up empty are left out.

    Raises:
        ValueError: an arrival's index leaves a gap.
    """
    left: dict[P, list[T]] = {
        parent: [entry for at, entry in enumerate(entries) if (parent, at) not in departures]
        for parent, entries in lists.items()
    }
    for (parent, index), entry in sorted(arrivals.items(), key=lambda item: item[0][1]):
        entries = left.setdefault(parent, [])
        if index > len(entries):
            raise ValueError(f"nothing stands before index {index} of {parent}")
        entries.insert(index, entry)
    return {parent: tuple(entries) for parent, entries in left.items() if entries}
