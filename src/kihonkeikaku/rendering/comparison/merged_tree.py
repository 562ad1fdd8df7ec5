"""Two editions as one tree: in the new edition's order, with what is gone where it would stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.rendering.comparison.edition_lines import Key, Sort, Thing, by_key
from kihonkeikaku.rendering.comparison.pairing import Pairing

_ORDER: Final[tuple[Sort, ...]] = ("front", "paragraph", "caption", "item", "heading", "note")
"""In which order things of several sorts stand under one heading."""


@dataclass(frozen=True, slots=True)
class Node:
    """What corresponds in the two editions; ``old`` or ``new`` is None where only one has it.

    ``moved`` if the old edition has it at another place. At that place stands a node that
    ``points`` to it: with both things, but nothing to print of the new one.
    """

    old: Thing | None
    new: Thing | None
    children: tuple["Node", ...] = ()
    moved: bool = False
    points: bool = False


def tree(old: tuple[Thing, ...], new: tuple[Thing, ...], pairing: Pairing) -> tuple[Node, ...]:
    """Returns the nodes of two editions."""
    return tuple(_Grafter(old, new, pairing).siblings(old, new))


class _Grafter:
    def __init__(self, old: tuple[Thing, ...], new: tuple[Thing, ...], pairing: Pairing) -> None:
        self._old: Mapping[Key, Thing] = dict(by_key(old))
        self._new: Mapping[Key, Thing] = dict(by_key(new))
        self._pairing = pairing

    def siblings(self, old: Iterable[Thing], new: Iterable[Thing]) -> Iterator[Node]:
        """Yields the nodes of what stands under one heading in either edition."""
        before, after = list(old), list(new)
        for sort in _ORDER:
            yield from self._of_sort(
                [thing for thing in before if thing.sort == sort],
                [thing for thing in after if thing.sort == sort],
            )

    def _of_sort(self, old: list[Thing], new: list[Thing]) -> Iterator[Node]:
        stayed = self._stayed(old, new)
        gone = _gone_after(old, stayed)
        yield from map(self._gone, gone.get(None, ()))
        for thing in new:
            key = self._pairing.old_of.get(thing.key)
            yield self._there(thing, key, moved=key is not None and key not in stayed)
            yield from map(self._gone, gone.get(key, ()) if key in stayed else ())

    def _stayed(self, old: list[Thing], new: list[Thing]) -> set[Key]:
        """Returns the old keys of what stands under this heading in both, in the same order."""
        there = {thing.key for thing in new}
        keys = (thing.key for thing in old)
        return {
            key
            for key in keys
            if self._pairing.new_of.get(key) in there and key not in self._pairing.shifted
        }

    def _there(self, thing: Thing, key: Key | None, *, moved: bool) -> Node:
        before = self._old[key] if key else None
        below = self.siblings(before.children if before else (), thing.children)
        return Node(before, thing, tuple(below), moved=moved)

    def _gone(self, thing: Thing) -> Node:
        key = self._pairing.new_of.get(thing.key)
        if key:
            return Node(thing, self._new[key], points=True)
        return Node(thing, None, tuple(self.siblings(thing.children, ())))


def _gone_after(old: list[Thing], stayed: set[Key]) -> dict[Key | None, list[Thing]]:
    """Returns what did not stay, by the last before it that did."""
    found: dict[Key | None, list[Thing]] = {}
    last: Key | None = None
    for thing in old:
        if thing.key in stayed:
            last = thing.key
        else:
            found.setdefault(last, []).append(thing)
    return found
