"""Which change it was that gave a thing its new number."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from kihonkeikaku.diff.change import Change, Slot
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.records import Placement

K = TypeVar("K")


class _Sibling(NamedTuple):
    """An item of a section: equal in both editions if it is the same item."""

    measure: str
    reprint: bool
    there: Slot | None  # where it stands in the new edition


class RenumberingCauses:
    """Finds causes among the changes of a comparison.

    A thing's own label changes when a sibling before it comes, goes or changes sides; the labels
    above it when its section was moved or has such a sibling.
    """

    def __init__(
        self,
        old: EditionIndex,
        new: EditionIndex,
        pairs: Mapping[Slot, Slot],
        told_by: Mapping[str, str],
        changes: Iterable[Change],
    ) -> None:
        """Takes items that both editions have, splits and mergers by measure, and all changes."""
        self._old, self._new = old, new
        self._told_by = told_by
        self._old_items = _siblings(old, pairs)
        self._new_items = _siblings(new, {slot: slot for slot in new.placements})
        self._self_made = {change.id for change in changes if _relabels(change)}

    def of_section(self, id: str) -> str | None:
        """Returns the id of the change that gave this section its number: its own, perhaps."""
        parent = self._new.sections[id].parent
        if self._old.sections[id].parent != parent:
            return id
        if self._old.labels[id] == self._new.labels[id]:
            return self.of_section(parent) if parent else None
        if id in self._self_made:
            return id
        return culprit(_kin(self._old, id), _kin(self._new, id), id)

    def of_item(self, old: Slot, new: Slot) -> str | None:
        """Returns the id of the change that gave its number to an item that kept its order."""
        section = new[0]
        assert section is not None  # chapters are no items
        if old[1] == new[1]:
            return self.of_section(section)
        before, after = self._old_items[section], self._new_items[section]
        entry = culprit(before, after, after[new[1]])
        return entry and self._teller(entry)

    def _teller(self, entry: _Sibling) -> str:
        return entry.measure if entry.reprint else self._told_by.get(entry.measure, entry.measure)


def culprit(old: Sequence[K], new: Sequence[K], me: K) -> K | None:
    """Returns the first sibling that stands before ``me`` in one edition only, if any.

    It is looked for where it explains the direction: among those that came if ``me`` was counted
    up, else among those that went. Where the count before ``me`` is the same (別紙 became 別紙1
    because of a 別紙2), it is the first that either edition has alone.
    """
    before, after = old[: old.index(me)], new[: new.index(me)]
    if len(before) == len(after):
        return _first_alone(new, old) or _first_alone(old, new)
    return _first_alone(after, before) if len(after) > len(before) else _first_alone(before, after)


def _first_alone(here: Sequence[K], there: Collection[K]) -> K | None:
    others = set(there)
    return next((sibling for sibling in here if sibling not in others), None)


def _relabels(change: Change) -> bool:
    """Returns whether a change gives its section another label by itself."""
    return change.type == "section" and (
        change.kind in ("moved", "reordered") or change.detail.get("field") == "kind"
    )


def _kin(side: EditionIndex, id: str) -> list[str]:
    """Returns the siblings that are counted together with a section, in order, itself included."""
    sections = side.records.sections
    siblings = side.records.children[side.sections[id].parent]
    return [sibling for sibling in siblings if sections[sibling]["kind"] == sections[id]["kind"]]


def _siblings(side: EditionIndex, there: Mapping[Slot, Slot]) -> dict[str, list[_Sibling]]:
    return {
        parent: [
            _Sibling(item.measure, item.reprint, there.get((parent, index)))
            for index, item in enumerate(items)
        ]
        for parent, items in side.records.placements.items()
    }


def section_renumberings(
    old: EditionIndex, new: EditionIndex, causes: RenumberingCauses, changes: Collection[Change]
) -> Iterator[Change]:
    """Yields ``renumbered`` for chapters and sections that ``changes`` doesn't name."""
    changed = {change.id for change in changes if change.type == "section"}
    for id, after in new.sections.items():
        before = old.sections.get(id)
        if before and id not in changed and before.number != after.number:
            because = causes.of_section(id)
            yield Change("renumbered", "section", id, after.parent, before, after, {}, because)


def placement_renumberings(
    old: EditionIndex,
    new: EditionIndex,
    pairs: Mapping[Slot, Slot],
    causes: RenumberingCauses,
    changes: Collection[Change],
) -> Iterator[Change]:
    """Yields ``renumbered`` for measures that ``changes`` doesn't name, and for reprints.

    ``pairs`` leads from the old to the new slot of every item that both editions have. A measure
    and its reprints have numbers of their own, and either may change without the other.
    """
    measures = [change for change in changes if change.type == "measure"]
    changed = {change.id for change in measures if not change.kind.startswith("reprint-")}
    shifted = {c.new.slot for c in measures if c.kind == "reprint-moved" and c.new}
    for slot, there in pairs.items():
        item = new.placement(there)
        named = there in shifted if item.reprint else item.measure in changed
        if not named and old.placements[slot].number != new.placements[there].number:
            yield _renumbered(item, old, new, (slot, there), causes)


def _renumbered(
    item: Placement,
    old: EditionIndex,
    new: EditionIndex,
    pair: tuple[Slot, Slot],
    causes: RenumberingCauses,
) -> Change:
    before, after = old.placements[pair[0]], new.placements[pair[1]]
    detail = {"reprint": True} if item.reprint else {}
    because = causes.of_item(*pair)
    return Change(
        "renumbered", "measure", item.measure, after.parent, before, after, detail, because
    )
