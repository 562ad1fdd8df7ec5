"""Two editions → one tree, in which each line stands beside the one that corresponds to it.

Each edition is first a tree of its own lines; read in order, these are ``Document.lines()``. Which
lines correspond is taken from the changes. What no change moves keeps its order: of the lines that
stay under one parent, the n-th of the old edition is the n-th of the new one.
"""

from bisect import bisect, insort
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Final

from kihonkeikaku.diff.change import Change, Slot
from kihonkeikaku.model.document import Document, DocumentLine, LineKind
from kihonkeikaku.text.similarity import similarity

_CHANGE_TYPES: Final = ("section", "measure", "paragraph")
"""The types of changes that concern lines; other lines are paired by what they say."""

_ORDER: Final[tuple[LineKind, ...]] = (
    "front",
    "paragraph",
    "assignments",
    "measures-label",
    "measure",
    "heading",
    "footnote",
)
"""In which order lines of several kinds stand under one heading."""

LineKey = tuple[str, Slot]
"""The key of a line in one edition: the type of its changes, or else its kind, and its slot."""


@dataclass(eq=False, slots=True)
class EditionLine:
    """One printed line and the lines that stand under it."""

    line: DocumentLine
    children: list["EditionLine"] = field(default_factory=list)

    @property
    def key(self) -> LineKey:
        """What changes and other lines refer to this line by."""
        kind = "section" if self.line.kind == "heading" else self.line.kind
        return kind, (self.line.parent, self.line.index)

    @property
    def head(self) -> str:
        """What opens the line: its number, or else the mark of a paragraph, such as ・."""
        return self.line.opening if self.is_headed_by_mark else self.line.label

    @property
    def is_headed_by_mark(self) -> bool:
        """Whether this is a paragraph without a number, as an item has it."""
        return self.line.kind == "paragraph" and not self.line.label

    @property
    def content(self) -> str:
        """The line as printed, without its head and the gap that follows it."""
        return self.line.text.removeprefix(self.head + self.line.gap)

    def texts(self) -> Iterator[str]:
        """Yields this line, and all lines under it, as printed."""
        yield self.line.text
        for child in self.children:
            yield from child.texts()


def edition_tree(document: Document) -> tuple[EditionLine, ...]:
    """Returns the front lines of an edition, and its chapters with all lines under them."""
    roots: list[EditionLine] = []
    ancestors: list[EditionLine] = []
    for line in document.lines():
        while ancestors and ancestors[-1].line.id != line.parent:
            ancestors.pop()
        node = EditionLine(line)
        (ancestors[-1].children if ancestors else roots).append(node)
        if line.kind in ("heading", "measure"):
            ancestors.append(node)
    return tuple(roots)


def lines_by_key(trees: Iterable[EditionLine]) -> Iterator[tuple[LineKey, EditionLine]]:
    """Yields all lines of an edition in order of print, by their keys."""
    for line in trees:
        yield line.key, line
        yield from lines_by_key(line.children)


LinesByKey = Mapping[LineKey, EditionLine]


@dataclass(frozen=True, slots=True)
class LinePair:
    """Two lines that correspond; ``old`` or ``new`` is None where only one edition has the line.

    ``moved`` is true if the line stands at another place in the old edition. At that place stands
    a pair that is a ``pointer`` to the new place; the table prints there only where the line went.
    ``more_old`` and ``more_new`` follow the two lines: paragraphs that were divided or joined stand
    side by side, all together.
    """

    old: EditionLine | None
    new: EditionLine | None
    children: tuple["LinePair", ...] = ()
    moved: bool = False
    pointer: bool = False
    more_old: tuple[EditionLine, ...] = ()
    more_new: tuple[EditionLine, ...] = ()

    @property
    def is_division(self) -> bool:
        """Whether this is of paragraphs that were divided or joined."""
        return bool(self.more_old or self.more_new)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Keys of the old edition by those of the new one, and back.

    ``moved`` are the old keys of lines that left their place among their siblings.
    ``following_old`` and ``following_new`` are the keys of what stands in one row with the first
    paragraph of a division, by the key of that.
    """

    old_of: Mapping[LineKey, LineKey]
    new_of: Mapping[LineKey, LineKey]
    moved: frozenset[LineKey]
    following_old: Mapping[LineKey, tuple[LineKey, ...]]
    following_new: Mapping[LineKey, tuple[LineKey, ...]]


def merge_editions(
    old: tuple[EditionLine, ...],
    new: tuple[EditionLine, ...],
    changes: Iterable[Change],
    *,
    beside: bool = True,
) -> tuple[LinePair, ...]:
    """Returns both editions as one tree.

    It is in the order of the new edition; what is gone stands where it would stand there. Unless
    ``beside``, paragraphs that were divided or joined are no pair: each stands alone.
    """
    before, after = dict(lines_by_key(old)), dict(lines_by_key(new))
    pairing = _pair_lines(changes, before, after, beside=beside)
    return tuple(_Merger(before, after, pairing).merge(old, new))


def _pair_lines(
    changes: Iterable[Change], old: LinesByKey, new: LinesByKey, *, beside: bool
) -> Pairing:
    places = _ChangedPlaces(changes)
    pairs = dict(places.moved)
    pairs.update(_pair_unmoved(places, old, new))
    pairs.update((key, key) for key in old if key[0] == "front" and key in new)
    pairs.update(_pair_single_lines(pairs, old, new))
    pairs.update(_pair_footnotes(pairs, old, new))
    pairs.update(_pair_splits_and_mergers(places, pairs, old, new))
    divisions = list(_divisions_in_place(places, pairs)) if beside else []
    pairs.update((before[0], after[0]) for before, after in divisions)
    return Pairing(
        {new: old for old, new in pairs.items()},
        pairs,
        frozenset(places.moved),
        {before[0]: before[1:] for before, _ in divisions},
        {after[0]: after[1:] for _, after in divisions},
    )


class _ChangedPlaces:
    """The lines that left their place, those that arrived at one, and those that did both."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.departed: set[LineKey] = set()
        self.arrived: set[LineKey] = set()
        self.moved: dict[LineKey, LineKey] = {}
        self.splits_and_mergers: list[Change] = []
        for change in changes:
            self._add(change)

    def _add(self, change: Change) -> None:
        match change.kind:
            case "added" | "reprint-added" if change.new and change.type in _CHANGE_TYPES:
                self.arrived.add((change.type, change.new.slot))
            case "removed" | "reprint-removed" if change.old and change.type in _CHANGE_TYPES:
                self.departed.add((change.type, change.old.slot))
            case "moved" | "reordered" | "reprint-moved" if change.old and change.new:
                self.moved[change.type, change.old.slot] = change.type, change.new.slot
            case "split" | "merged":
                self.splits_and_mergers.append(change)
                self.departed.update(_restructured_keys(change, "from"))
                self.arrived.update(_restructured_keys(change, "into"))
        self.departed.update(self.moved)
        self.arrived.update(self.moved.values())


def _restructured_keys(change: Change, side: str) -> Iterator[LineKey]:
    """Yields what a split or merger made or ended, not the measures that it kept."""
    detail: Any = change.detail
    for entry in detail[side]:
        if change.type == "paragraph" or entry["clauses"]:
            yield change.type, (entry["parent"], entry["index"])


def _pair_unmoved(
    places: _ChangedPlaces, old: LinesByKey, new: LinesByKey
) -> Iterator[tuple[LineKey, LineKey]]:
    after = _group_by_parent(k for k in new if k[0] in _CHANGE_TYPES and k not in places.arrived)
    before = _group_by_parent(k for k in old if k[0] in _CHANGE_TYPES and k not in places.departed)
    for parent, keys in before.items():
        yield from zip(keys, after.get(parent, []), strict=False)


def _group_by_parent(keys: Iterable[LineKey]) -> dict[tuple[str, str | None], list[LineKey]]:
    found: dict[tuple[str, str | None], list[LineKey]] = {}
    for key in sorted(keys, key=lambda key: key[1][1]):
        found.setdefault((key[0], key[1][0]), []).append(key)
    return found


def _pair_single_lines(
    pairs: Mapping[LineKey, LineKey], old: LinesByKey, new: LinesByKey
) -> dict[LineKey, LineKey]:
    """Pairs the lines that stand once: those over measures, and the 【】 below a measure."""
    owners = {line.line.id: key for key, line in old.items() if line.line.variant != "reprint"}
    return {
        key: key
        for key in old
        if key[0] in ("measures-label", "assignments") and key in new and owners[key[1][0]] in pairs
    }


def _pair_footnotes(
    pairs: Mapping[LineKey, LineKey], old: LinesByKey, new: LinesByKey
) -> dict[LineKey, LineKey]:
    """Pairs the footnotes of chapters that both editions have, by what they say, in order."""
    found: dict[LineKey, LineKey] = {}
    for key, line in old.items():
        if line.line.kind == "heading" and key in pairs:
            before = [child for child in line.children if child.line.kind == "footnote"]
            after = [c for c in new[pairs[key]].children if c.line.kind == "footnote"]
            found.update(_pair_in_order(before, after))
    return found


def _pair_in_order(
    old: list[EditionLine], new: list[EditionLine]
) -> Iterator[tuple[LineKey, LineKey]]:
    bodies = [line.line.body for line in old], [line.line.body for line in new]
    matcher = SequenceMatcher(None, *bodies, autojunk=False)
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if op in ("equal", "replace"):
            pairs = zip(old[old_from:old_to], new[new_from:new_to], strict=False)
            yield from ((before.key, after.key) for before, after in pairs)


def _pair_splits_and_mergers(
    places: _ChangedPlaces, pairs: Mapping[LineKey, LineKey], old: LinesByKey, new: LinesByKey
) -> dict[LineKey, LineKey]:
    """Pairs, of each split or merger, the two likest that stand in the same place of one section.

    They are set side by side. The others stand alone.
    """
    unmoved = _UnmovedLines("measure", places, pairs)
    found: dict[LineKey, LineKey] = {}
    taken = set[LineKey]()
    for change in places.splits_and_mergers:
        if change.type == "paragraph":
            continue
        candidates = [
            (similarity(old[before].line.body, new[after].line.body), before, after)
            for before in _restructured_keys(change, "from")
            for after in _restructured_keys(change, "into")
            if before not in found and after not in taken and unmoved.surround(before, after)
        ]
        if candidates:
            _, before, after = max(candidates, key=lambda candidate: candidate[0])
            found[before] = after
            taken.add(after)
            unmoved.add(before, after)
    return found


def _divisions_in_place(
    places: _ChangedPlaces, pairs: Mapping[LineKey, LineKey]
) -> Iterator[tuple[tuple[LineKey, ...], tuple[LineKey, ...]]]:
    """Yields the old and the new keys of the divisions whose place among other paragraphs stayed.

    What else was divided or joined stands alone on each side.
    """
    unmoved = _UnmovedLines("paragraph", places, pairs)
    for change in places.splits_and_mergers:
        if change.type != "paragraph":
            continue
        before, after = (tuple(_restructured_keys(change, side)) for side in ("from", "into"))
        if unmoved.surround(before[0], after[0]):
            unmoved.add(before[0], after[0])
            yield before, after


class _UnmovedLines:
    """The indexes, under each parent, of the lines of a kind that stayed there in order."""

    def __init__(self, kind: str, places: _ChangedPlaces, pairs: Mapping[LineKey, LineKey]) -> None:
        self._indexes: dict[str | None, tuple[list[int], list[int]]] = {}
        for old, new in pairs.items():
            if old[0] == kind and old not in places.moved:
                self.add(old, new)

    def add(self, old: LineKey, new: LineKey) -> None:
        """Adds a line that stayed."""
        olds, news = self._indexes.setdefault(old[1][0], ([], []))
        insort(olds, old[1][1])
        insort(news, new[1][1])

    def surround(self, old: LineKey, new: LineKey) -> bool:
        """Returns whether both stand under one parent, between the same of those that stayed."""
        parent = old[1][0]
        olds, news = self._indexes.get(parent, ([], []))
        return parent == new[1][0] and bisect(olds, old[1][1]) == bisect(news, new[1][1])


class _Merger:
    """Merges the lines of two editions."""

    def __init__(self, old: LinesByKey, new: LinesByKey, pairing: Pairing) -> None:
        self._old, self._new, self._pairing = old, new, pairing
        self._following = {
            *(("old", key) for keys in pairing.following_old.values() for key in keys),
            *(("new", key) for keys in pairing.following_new.values() for key in keys),
        }

    def merge(self, old: Iterable[EditionLine], new: Iterable[EditionLine]) -> Iterator[LinePair]:
        """Yields the pairs of the lines that stand under one heading in either edition."""
        before = [line for line in old if ("old", line.key) not in self._following]
        after = [line for line in new if ("new", line.key) not in self._following]
        for kind in _ORDER:
            yield from self._merge_kind(
                [line for line in before if line.line.kind == kind],
                [line for line in after if line.line.kind == kind],
            )

    def _merge_kind(self, old: list[EditionLine], new: list[EditionLine]) -> Iterator[LinePair]:
        stayed = self._stayed(old, new)
        gone = _group_gone(old, stayed)
        yield from map(self._gone, gone.get(None, ()))
        for line in new:
            key = self._pairing.old_of.get(line.key)
            yield self._present(line, key, moved=key is not None and key not in stayed)
            yield from map(self._gone, gone.get(key, ()) if key in stayed else ())

    def _stayed(self, old: list[EditionLine], new: list[EditionLine]) -> set[LineKey]:
        """Returns the old keys of what stands under this heading in both, in the same order."""
        after = {line.key for line in new}
        keys = (line.key for line in old)
        return {
            key
            for key in keys
            if self._pairing.new_of.get(key) in after and key not in self._pairing.moved
        }

    def _present(self, line: EditionLine, key: LineKey | None, *, moved: bool) -> LinePair:
        before = self._old[key] if key else None
        below = self.merge(before.children if before else (), line.children)
        pairing = self._pairing
        beside = pairing.following_old.get(key, ()) if key else ()
        return LinePair(
            before,
            line,
            tuple(below),
            moved=moved,
            more_old=tuple(self._old[k] for k in beside),
            more_new=tuple(self._new[k] for k in pairing.following_new.get(line.key, ())),
        )

    def _gone(self, line: EditionLine) -> LinePair:
        key = self._pairing.new_of.get(line.key)
        if key:
            return LinePair(line, self._new[key], pointer=True)
        return LinePair(line, None, tuple(self.merge(line.children, ())))


def _group_gone(
    old: list[EditionLine], stayed: set[LineKey]
) -> dict[LineKey | None, list[EditionLine]]:
    """Returns the lines that did not stay, by the last line before them that did."""
    found: dict[LineKey | None, list[EditionLine]] = {}
    last: LineKey | None = None
    for line in old:
        if line.key in stayed:
            last = line.key
        else:
            found.setdefault(last, []).append(line)
    return found
