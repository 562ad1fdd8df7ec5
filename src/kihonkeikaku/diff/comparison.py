"""Two plans → all that differs between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kihonkeikaku.diff.change import (
    CHANGE_KINDS,
    Change,
    Comparison,
    ElementType,
    PrintedPlace,
    Slot,
)
from kihonkeikaku.diff.comparison_proof import Proof, prove_comparison
from kihonkeikaku.diff.dispositions import disposition_changes, find_dispositions
from kihonkeikaku.diff.edition_index import EditionIndex, index_edition
from kihonkeikaku.diff.measure_changes import content_changes, division_changes, same_division
from kihonkeikaku.diff.ministry_changes import (
    find_passed_assignments,
    find_successors,
    ministry_changes,
)
from kihonkeikaku.diff.ministry_filter import MinistryView, filter_by_ministry
from kihonkeikaku.diff.paragraph_alignment import align_paragraphs
from kihonkeikaku.diff.records import changed_fields
from kihonkeikaku.diff.renumbering import (
    RenumberingCauses,
    placement_renumberings,
    section_renumberings,
)
from kihonkeikaku.diff.significance.classifier import Classifier
from kihonkeikaku.diff.structure_changes import (
    pair_placements,
    pair_sections,
    paragraph_changes,
    placement_changes,
    section_changes,
    unmoved_indices,
)
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan, Revision


def compare(old: Plan, new: Plan, numbered: tuple[Document, Document] | None = None) -> Comparison:
    """Returns all changes from one edition to another, both of which have passed validation.

    Things are the same if they have the same id, never because of their numbers. What became of
    measures that are gone, and why things changed, is taken from the new edition's revision.yaml
    as far as its ids fit.

    Args:
        old: the edition before.
        new: the edition after.
        numbered: both as documents, where they are numbered already.
    """
    documents = numbered or (number(old), number(new))
    before, after = map(index_edition, (old, new), documents)
    told = find_dispositions(before, after, new.revision)
    sections, items = pair_sections(before, after), pair_placements(before, after)
    paragraphs = align_paragraphs(before.records.bodies, after.records.bodies)
    changes = (
        *edition_changes(before, after),
        *_register_and_measure_changes(before, after),
        *section_changes(before, after, sections),
        *disposition_changes(before, after, told),
        *placement_changes(before, after, items, told),
        *paragraph_changes(before, after, paragraphs),
    )
    causes = RenumberingCauses(before, after, items, told.told_by, changes)
    renumberings = (
        *section_renumberings(before, after, causes, changes),
        *placement_renumberings(before, after, items, causes, changes),
    )
    places: dict[ElementType, dict[Slot, int]] = {
        "section": unmoved_indices(sections),
        "measure": unmoved_indices(items),
        "paragraph": unmoved_indices(paragraphs),
    }
    explained = _with_reasons((*changes, *renumberings), new.revision)
    return Comparison(old.head, new.head, sort_for_reading(explained, before, after, places))


def _register_and_measure_changes(old: EditionIndex, new: EditionIndex) -> Iterator[Change]:
    """Yields changes of ministries and of what measures say: a succession is told once for both."""
    before, after = old.records.measures, new.records.measures
    unequal = [id for id in new.measures if id in before and before[id] != after[id]]
    paired = [id for id in unequal if same_division(before[id], after[id])]
    divided = sorted(set(unequal) - set(paired))
    passed = find_passed_assignments(old, new, paired, find_successors(old, new))
    yield from ministry_changes(old, new, passed)
    yield from division_changes(old, new, divided)
    yield from content_changes(old, new, paired, passed)


def _with_reasons(changes: tuple[Change, ...], revision: Revision | None) -> Iterator[Change]:
    """Yields the changes, with the reason that revision.yaml gives for the id of each."""
    reasons = {reason.id: reason.reason for reason in revision.reasons} if revision else {}
    for change in changes:
        if change.id in reasons:
            yield replace(change, detail={**change.detail, "reason": reasons[change.id]})
        else:
            yield change


_SortKey = tuple[tuple[int, int, int, int], ...]
"""Places from the outermost to the innermost: rank, index, 1 for what is gone, its old index."""

_RANK: Final[Mapping[ElementType, int]] = {"paragraph": 0, "measure": 1, "section": 2}
"""Under one heading its paragraphs print first, then its items, then its sections."""


def sort_for_reading(
    changes: Iterable[Change],
    old: EditionIndex,
    new: EditionIndex,
    stayed: Mapping[ElementType, Mapping[Slot, int]],
) -> tuple[Change, ...]:
    """Returns the changes of the edition, then of ministries, then by place in print.

    What was removed is listed where it would stand: after what stood before it and did not move.
    ``unmoved`` holds, by type, the new indices of elements that did not move, by their old slots.
    Several changes of one element are listed in the order of ``CHANGE_KINDS``.
    """
    ministries = {id: at for at, id in enumerate(dict.fromkeys((*new.names, *old.names)))}
    print_order = _PrintOrder(old, new, stayed)

    def key(change: Change) -> tuple[int, _SortKey, int]:
        kind = CHANGE_KINDS.index(change.kind)
        if change.type == "edition":
            return 0, (), kind
        if change.type == "ministry":
            return 1, ((0, ministries[change.id or ""], 0, 0),), kind
        return 2, print_order.of(change), kind

    return tuple(sorted(changes, key=key))


class _PrintOrder:
    """Where things stand in print, as keys that compare."""

    def __init__(
        self, old: EditionIndex, new: EditionIndex, stayed: Mapping[ElementType, Mapping[Slot, int]]
    ) -> None:
        self._old, self._new, self._stayed = old, new, stayed

    def of(self, change: Change) -> _SortKey:
        if change.new:
            return self._key(change.type, change.new)
        assert change.old is not None
        return self._key_of_gone(change.type, change.old)

    def _key(self, type: ElementType, place: PrintedPlace) -> _SortKey:
        return (*self._above(place.parent), (_RANK[type], place.slot[1], 0, 0))

    def _key_of_gone(self, type: ElementType, place: PrintedPlace) -> _SortKey:
        parent, index = place.slot
        stayed = self._stayed[type]
        before = ((parent, at) for at in range(index - 1, -1, -1))
        after = next((stayed[slot] for slot in before if slot in stayed), -1)
        return (*self._above(parent), (_RANK[type], after, 1, index))

    def _above(self, id: str | None) -> _SortKey:
        if id is None:
            return ()
        if id in self._new.measures:
            return self._key("measure", self._new.measures[id])
        if id in self._new.sections:
            return self._key("section", self._new.sections[id])
        if id in self._old.measures:
            return self._key_of_gone("measure", self._old.measures[id])
        return self._key_of_gone("section", self._old.sections[id])


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """All differences between two editions, and both editions, as written and numbered.

    With a ``filter_by_ministry``, reports show what it shows, and say so.
    """

    plans: tuple[Plan, Plan]
    comparison: Comparison
    old: Document
    new: Document
    classifier: Classifier
    proofs: tuple[Proof, ...]
    view: MinistryView | None = None

    @property
    def shown(self) -> Comparison:
        """The changes that a report shows."""
        if self.view is None:
            return self.comparison
        return replace(self.comparison, changes=self.view.changes)


def compare_editions(old: Plan, new: Plan, ministry: str | None = None) -> ComparisonResult:
    """Compares two editions that have passed validation.

    Args:
        old: the edition before.
        new: the edition after.
        ministry: shows only what concerns this one, by its name, full name or id.

    Raises:
        CommandError: neither edition has such a ministry.
        ProofError: the comparison left something out.
    """
    before, after = number(old), number(new)
    comparison = compare(old, new, (before, after))
    return ComparisonResult(
        plans=(old, new),
        comparison=comparison,
        old=before,
        new=after,
        classifier=Classifier(old, new),
        proofs=prove_comparison(old, new, comparison),
        view=filter_by_ministry(comparison, before, after, ministry) if ministry else None,
    )


def edition_changes(old: EditionIndex, new: EditionIndex) -> Iterator[Change]:
    """Yields one ``metadata-changed`` for each field that differs."""
    id = new.head.edition.id
    before, after = old.records.edition, new.records.edition
    for field in changed_fields({id: before}, {id: after}).get(id, ()):
        detail = {"field": field, "old": before[field], "new": after[field]}
        yield Change("metadata-changed", "edition", id, None, old.edition(), new.edition(), detail)
