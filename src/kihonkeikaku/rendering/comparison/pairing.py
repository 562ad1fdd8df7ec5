"""Two editions → one tree, in which each line stands beside the one that corresponds to it.

Which lines correspond is taken from the changes. What no change moves keeps its order: of the
lines that stay under one parent, the n-th of the old edition is the n-th of the new one.
"""

from bisect import bisect, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.rendering.comparison.edition_lines import Key, Sort, Thing, by_key
from kihonkeikaku.text.similarity import likeness

_TYPES = ("section", "measure", "paragraph")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Keys of the old edition by those of the new one, and back.

    ``shifted`` are the old keys of what does not stand where it stood among its siblings.
    """

    old_of: Mapping[Key, Key]
    new_of: Mapping[Key, Key]
    shifted: frozenset[Key]


def paired(changes: Iterable[Change], old: Iterable[Thing], new: Iterable[Thing]) -> Pairing:
    """Returns how the things of two editions pair up."""
    before, after = dict(by_key(old)), dict(by_key(new))
    told = _Told(changes)
    pairs = dict(told.shifted)
    pairs.update(_stayed(told, before, after))
    pairs.update((key, key) for key in before if key[0] == "front" and key in after)
    pairs.update(_captions(pairs, before, after))
    pairs.update(_notes(pairs, before, after))
    pairs.update(_retold(told, pairs, before, after))
    return Pairing({b: a for a, b in pairs.items()}, pairs, frozenset(told.shifted))


class _Told:
    """What the changes tell of places: what left, what arrived, and what did both."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.departed: set[Key] = set()
        self.arrived: set[Key] = set()
        self.shifted: dict[Key, Key] = {}
        self.retold: list[Change] = []
        for change in changes:
            self._enter(change)

    def _enter(self, change: Change) -> None:
        match change.kind:
            case "added" | "reprint-added" if change.new and change.type in _TYPES:
                self.arrived.add((change.type, change.new.spot))
            case "removed" | "reprint-removed" if change.old and change.type in _TYPES:
                self.departed.add((change.type, change.old.spot))
            case "moved" | "reordered" | "reprint-moved" if change.old and change.new:
                self.shifted[change.type, change.old.spot] = change.type, change.new.spot
            case "split" | "merged":
                self.retold.append(change)
                self.departed.update(_entries(change, "from"))
                self.arrived.update(_entries(change, "into"))
        self.departed.update(self.shifted)
        self.arrived.update(self.shifted.values())


def _entries(change: Change, side: str) -> Iterator[Key]:
    """Yields the measures that a split or merger made or ended, not those that it kept."""
    detail: Any = change.detail
    for entry in detail[side]:
        if entry["clauses"]:
            yield "measure", (entry["parent"], entry["index"])


def _stayed(
    told: _Told, old: Mapping[Key, Thing], new: Mapping[Key, Thing]
) -> Iterator[tuple[Key, Key]]:
    there = _by_parent(key for key in new if key[0] in _TYPES and key not in told.arrived)
    here = _by_parent(key for key in old if key[0] in _TYPES and key not in told.departed)
    for parent, keys in here.items():
        yield from zip(keys, there.get(parent, []), strict=False)


def _by_parent(keys: Iterable[Key]) -> dict[tuple[str, str | None], list[Key]]:
    found: dict[tuple[str, str | None], list[Key]] = {}
    for key in sorted(keys, key=lambda key: key[1][1]):
        found.setdefault((key[0], key[1][0]), []).append(key)
    return found


def _captions(
    pairs: Mapping[Key, Key], old: Mapping[Key, Thing], new: Mapping[Key, Thing]
) -> dict[Key, Key]:
    """Pairs the lines over the items of sections that both editions have."""
    sections = {thing.id: key for key, thing in old.items() if thing.sort == "heading"}
    return {
        key: key
        for key in old
        if key[0] == "caption" and key in new and sections[key[1][0]] in pairs
    }


def _notes(
    pairs: Mapping[Key, Key], old: Mapping[Key, Thing], new: Mapping[Key, Thing]
) -> dict[Key, Key]:
    """Pairs the footnotes of chapters that both editions have, by what they say, in order."""
    found: dict[Key, Key] = {}
    for key, thing in old.items():
        if thing.sort == "heading" and key in pairs:
            before = [child for child in thing.children if child.sort == "note"]
            after = [child for child in new[pairs[key]].children if child.sort == "note"]
            found.update(_in_order(before, after))
    return found


def _in_order(old: list[Thing], new: list[Thing]) -> Iterator[tuple[Key, Key]]:
    matcher = SequenceMatcher(
        None, [thing.body for thing in old], [thing.body for thing in new], autojunk=False
    )
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if op in ("equal", "replace"):
            pairs = zip(old[old_from:old_to], new[new_from:new_to], strict=False)
            yield from ((before.key, after.key) for before, after in pairs)


def _retold(
    told: _Told,
    pairs: Mapping[Key, Key],
    old: Mapping[Key, Thing],
    new: Mapping[Key, Thing],
) -> dict[Key, Key]:
    """Pairs, of each split or merger, the two likest that stand in the same place of one section.

    They are set side by side. The others stand alone.
    """
    kept = _Kept((a, b) for a, b in pairs.items() if a[0] == "measure" and a not in told.shifted)
    found: dict[Key, Key] = {}
    taken = set[Key]()
    for change in told.retold:
        candidates = [
            (likeness(old[before].body, new[after].body), before, after)
            for before in _entries(change, "from")
            for after in _entries(change, "into")
            if before not in found and after not in taken and kept.between_the_same(before, after)
        ]
        if candidates:
            _, before, after = max(candidates, key=lambda candidate: candidate[0])
            found[before] = after
            taken.add(after)
            kept.add(before, after)
    return found


class _Kept:
    """The places in each section of what stayed there in order, in the old and the new edition."""

    def __init__(self, pairs: Iterable[tuple[Key, Key]]) -> None:
        self._places: dict[str | None, tuple[list[int], list[int]]] = {}
        for old, new in pairs:
            self.add(old, new)

    def add(self, old: Key, new: Key) -> None:
        """Enters what stayed, too."""
        olds, news = self._places.setdefault(old[1][0], ([], []))
        insort(olds, old[1][1])
        insort(news, new[1][1])

    def between_the_same(self, old: Key, new: Key) -> bool:
        """Returns whether both stand in one section, between the same of those that stayed."""
        section = old[1][0]
        olds, news = self._places.get(section, ([], []))
        return section == new[1][0] and bisect(olds, old[1][1]) == bisect(news, new[1][1])


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
