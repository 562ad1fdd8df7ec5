"""The order in which changes are told."""

from collections.abc import Iterable, Mapping
from typing import Final

from kihonkeikaku.diff.change import KINDS, Change, Place, Spot, Type
from kihonkeikaku.diff.edition_index import Side

Key = tuple[tuple[int, int, int, int], ...]
"""Places from the outermost to the innermost: rank, index, 1 for what is gone, its old index."""

_RANK: Final[Mapping[Type, int]] = {"paragraph": 0, "measure": 1, "section": 2}
"""Under one heading its paragraphs print first, then its items, then its sections."""


def in_reading_order(
    changes: Iterable[Change],
    old: Side,
    new: Side,
    stayed: Mapping[Type, Mapping[Spot, int]],
) -> tuple[Change, ...]:
    """Returns the changes of the edition, then of ministries, then by place in print.

    What is gone is told where it would stand: after what stood before it and ``stayed``, which
    leads, by type, from an old spot to the new index. Several changes of one thing are told in
    the order of ``KINDS``.
    """
    ministries = {id: at for at, id in enumerate(dict.fromkeys((*new.names, *old.names)))}
    print_order = _PrintOrder(old, new, stayed)

    def key(change: Change) -> tuple[int, Key, int]:
        kind = KINDS.index(change.kind)
        if change.type == "edition":
            return 0, (), kind
        if change.type == "ministry":
            return 1, ((0, ministries[change.id or ""], 0, 0),), kind
        return 2, print_order.of(change), kind

    return tuple(sorted(changes, key=key))


class _PrintOrder:
    """Where things stand in print, as keys that compare."""

    def __init__(self, old: Side, new: Side, stayed: Mapping[Type, Mapping[Spot, int]]) -> None:
        self._old, self._new, self._stayed = old, new, stayed

    def of(self, change: Change) -> Key:
        if change.new:
            return self._key(change.type, change.new)
        assert change.old is not None
        return self._key_of_gone(change.type, change.old)

    def _key(self, type: Type, place: Place) -> Key:
        return (*self._above(place.parent), (_RANK[type], place.spot[1], 0, 0))

    def _key_of_gone(self, type: Type, place: Place) -> Key:
        parent, index = place.spot
        stayed = self._stayed[type]
        before = ((parent, at) for at in range(index - 1, -1, -1))
        after = next((stayed[spot] for spot in before if spot in stayed), -1)
        return (*self._above(parent), (_RANK[type], after, 1, index))

    def _above(self, id: str | None) -> Key:
        if id is None:
            return ()
        if id in self._new.measures:
            return self._key("measure", self._new.measures[id])
        if id in self._new.sections:
            return self._key("section", self._new.sections[id])
        if id in self._old.measures:
            return self._key_of_gone("measure", self._old.measures[id])
        return self._key_of_gone("section", self._old.sections[id])
