"""Sections, measures and reprints that have new numbers only, and the changes that caused that."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from kihonkeikaku.diff.change import Change, Slot
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.plan_records import PlacedMeasure

K = TypeVar("K")


class _Sibling(NamedTuple):
    """A measure or reprint in a section: equal in both editions if it is the same."""

    measure: str
    reprint: bool
    new_slot: Slot | None


class RenumberingCauses:
    """Finds the changes that caused new numbers.

    An element's own label changes when a sibling before it is added, removed or moved past it; the
    labels above it when its section was moved or has such a sibling.
    """

    def __init__(
        self,
        old: EditionIndex,
        new: EditionIndex,
        pairs: Mapping[Slot, Slot],
        explained_by: Mapping[str, str],
        changes: Iterable[Change],
    ) -> None:
        """Takes the placements in both editions, ``Dispositions.explained_by``, and all changes."""
        self._old, self._new = old, new
        self._explained_by = explained_by
        self._old_siblings = _siblings(old, pairs)
        self._new_siblings = _siblings(new, {slot: slot for slot in new.placements})
        self._relabelled = {change.id for change in changes if _relabels(change)}

    def find_for_section(self, id: str) -> str | None:
        """Returns the id of the change that gave this section its number; may be its own."""
        if id in self._new.measures:  # a heading inside a measure has the measure's number above
            return self._find_for_measure(id)
        parent = self._new.sections[id].parent
        if self._old.sections[id].parent != parent:
            return id
        if self._old.labels[id] == self._new.labels[id]:
            return self.find_for_section(parent) if parent else None
        if id in self._relabelled:
            return id
        return find_shifting_sibling(
            _counted_siblings(self._old, id), _counted_siblings(self._new, id), id
        )

    def _find_for_measure(self, id: str) -> str | None:
        old, new = self._old.measures.get(id), self._new.measures[id]
        if old is None or old.parent != new.parent:
            return id
        return self.find_for_placement(old.slot, new.slot)

    def find_for_placement(self, old: Slot, new: Slot) -> str | None:
        """Returns the id of the change that gave a placement that kept its order its number."""
        section = new[0]
        assert section is not None, "a section lists measures, the edition does not"
        if old[1] == new[1]:
            return self.find_for_section(section)
        before, after = self._old_siblings[section], self._new_siblings[section]
        sibling = find_shifting_sibling(before, after, after[new[1]])
        return sibling and self._change_id(sibling)

    def _change_id(self, sibling: _Sibling) -> str:
        return (
            sibling.measure
            if sibling.reprint
            else self._explained_by.get(sibling.measure, sibling.measure)
        )


def find_shifting_sibling(old: Sequence[K], new: Sequence[K], element: K) -> K | None:
    """Returns the first sibling that precedes ``element`` in one edition only, if any.

    Its direction must fit: one that was added if the count rose, else one that was removed. Where
    the count is the same (別紙 is now 別紙1 because of a 別紙2), it is the first sibling that only
    one edition has.
    """
    before, after = old[: old.index(element)], new[: new.index(element)]
    if len(before) == len(after):
        return _first_only_in(new, old) or _first_only_in(old, new)
    return (
        _first_only_in(after, before) if len(after) > len(before) else _first_only_in(before, after)
    )


def _first_only_in(siblings: Sequence[K], others: Collection[K]) -> K | None:
    known = set(others)
    return next((sibling for sibling in siblings if sibling not in known), None)


def _relabels(change: Change) -> bool:
    """Returns whether a change itself gives its section another label."""
    return change.type == "section" and (
        change.kind in ("moved", "reordered") or change.detail.get("field") == "kind"
    )


def _counted_siblings(edition: EditionIndex, id: str) -> list[str]:
    """Returns a section and the siblings that are counted together with it, in order."""
    sections = edition.records.sections
    siblings = edition.records.children[edition.sections[id].parent]
    return [sibling for sibling in siblings if sections[sibling]["kind"] == sections[id]["kind"]]


def _siblings(edition: EditionIndex, new_slots: Mapping[Slot, Slot]) -> dict[str, list[_Sibling]]:
    return {
        parent: [
            _Sibling(placement.measure, placement.reprint, new_slots.get((parent, index)))
            for index, placement in enumerate(placements)
        ]
        for parent, placements in edition.records.placements.items()
    }


def section_renumberings(
    old: EditionIndex, new: EditionIndex, causes: RenumberingCauses, changes: Collection[Change]
) -> Iterator[Change]:
    """Yields ``renumbered`` for chapters and sections that no other change is about."""
    changed = {change.id for change in changes if change.type == "section"}
    for id, after in new.sections.items():
        before = old.sections.get(id)
        if before and id not in changed and before.number != after.number:
            because = causes.find_for_section(id)
            yield Change("renumbered", "section", id, after.parent, before, after, {}, because)


def placement_renumberings(
    old: EditionIndex,
    new: EditionIndex,
    pairs: Mapping[Slot, Slot],
    causes: RenumberingCauses,
    changes: Collection[Change],
) -> Iterator[Change]:
    """Yields ``renumbered`` for measures and reprints that no other change is about.

    ``pairs`` maps old to new slots. A measure and its reprints have numbers of their own, and
    either may change without the other.
    """
    measures = [change for change in changes if change.type == "measure"]
    changed = {change.id for change in measures if not change.kind.startswith("reprint-")}
    moved_reprints = {c.new.slot for c in measures if c.kind == "reprint-moved" and c.new}
    for old_slot, new_slot in pairs.items():
        placement = new.placement(new_slot)
        named = new_slot in moved_reprints if placement.reprint else placement.measure in changed
        if not named and old.placements[old_slot].number != new.placements[new_slot].number:
            yield _renumbered(placement, old, new, (old_slot, new_slot), causes)


def _renumbered(
    placement: PlacedMeasure,
    old: EditionIndex,
    new: EditionIndex,
    pair: tuple[Slot, Slot],
    causes: RenumberingCauses,
) -> Change:
    before, after = old.placements[pair[0]], new.placements[pair[1]]
    detail = {"reprint": True} if placement.reprint else {}
    because = causes.find_for_placement(*pair)
    return Change(
        "renumbered", "measure", placement.measure, after.parent, before, after, detail, because
    )
