"""Two plans → all differences between them, in the order in which one reads."""

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
from kihonkeikaku.diff.composed_revision import compose_revisions
from kihonkeikaku.diff.dispositions import disposition_changes, find_dispositions
from kihonkeikaku.diff.edition_index import EditionIndex, index_edition
from kihonkeikaku.diff.measure_changes import content_changes, division_changes, has_same_division
from kihonkeikaku.diff.ministry_changes import (
    find_passed_assignments,
    find_successors,
    ministry_changes,
)
from kihonkeikaku.diff.ministry_filter import MinistryView, filter_by_ministry
from kihonkeikaku.diff.paragraph_alignment import align_paragraphs
from kihonkeikaku.diff.plan_records import changed_fields
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
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.values import Id


def compare(
    old: Plan,
    new: Plan,
    numbered: tuple[Document, Document] | None = None,
    adopted: Mapping[Id, Plan] | None = None,
) -> Comparison:
    """Returns all changes from one edition to another, both of which have passed validation.

    Elements are matched by id, never by number; paragraphs without an id by their texts. The
    dispositions of removed measures, and reasons, are those of all steps of the chain from the old
    edition to the new one; none where no chain leads there.

    Args:
        old: the edition before.
        new: the edition after.
        numbered: both as documents, where they are numbered already.
        adopted: editions by id, by which the new edition's chain may lead to the old one.
    """
    documents = numbered or (number(old), number(new))
    before, after = map(index_edition, (old, new), documents)
    revision = compose_revisions(old, new, adopted or {})
    dispositions = find_dispositions(before, revision)
    sections, placements = pair_sections(before, after), pair_placements(before, after)
    paragraphs = align_paragraphs(before.records.bodies, after.records.bodies)
    changes = (
        *_edition_changes(before, after),
        *_ministry_and_measure_changes(before, after),
        *section_changes(before, after, sections),
        *disposition_changes(before, after, dispositions),
        *placement_changes(before, after, placements, dispositions),
        *paragraph_changes(before, after, paragraphs),
    )
    causes = RenumberingCauses(before, after, placements, dispositions.explained_by, changes)
    renumberings = (
        *section_renumberings(before, after, causes, changes),
        *placement_renumberings(before, after, placements, causes, changes),
    )
    unmoved: dict[ElementType, dict[Slot, int]] = {
        "section": unmoved_indices(sections),
        "measure": unmoved_indices(placements),
        "paragraph": unmoved_indices(paragraphs.pairs),
    }
    with_reasons = _add_reasons((*changes, *renumberings), revision.reasons)
    return Comparison(old.head, new.head, sort_for_reading(with_reasons, before, after, unmoved))


def _edition_changes(old: EditionIndex, new: EditionIndex) -> Iterator[Change]:
    """Yields one ``metadata-changed`` for each field that differs."""
    id = new.head.edition.id
    before, after = old.records.edition, new.records.edition
    for field in changed_fields({id: before}, {id: after}).get(id, ()):
        detail = {"field": field, "old": before[field], "new": after[field]}
        yield Change("metadata-changed", "edition", id, None, old.edition(), new.edition(), detail)


def _ministry_and_measure_changes(old: EditionIndex, new: EditionIndex) -> Iterator[Change]:
    """Yields changes of ministries and of measures: a succession is one change for both."""
    before, after = old.records.measures, new.records.measures
    unequal = [id for id in new.measures if id in before and before[id] != after[id]]
    paired = [id for id in unequal if has_same_division(before[id], after[id])]
    redivided = sorted(set(unequal) - set(paired))
    passed = find_passed_assignments(old, new, paired, find_successors(old, new))
    yield from ministry_changes(old, new, passed)
    yield from division_changes(old, new, redivided)
    yield from content_changes(old, new, paired, passed)


def _add_reasons(changes: tuple[Change, ...], reasons: Mapping[Id, str]) -> Iterator[Change]:
    """Yields the changes, each with the reason that is given for its id."""
    for change in changes:
        reason = reasons.get(change.id or "")
        if reason:
            yield replace(change, detail={**change.detail, "reason": reason})
        else:
            yield change


_SortKey = tuple[tuple[int, int, int, int], ...]
"""Positions from the outermost to the innermost: rank, index, 1 if removed, its old index."""

_RANK: Final[Mapping[ElementType, int]] = {"paragraph": 0, "measure": 1, "section": 2}
"""Under one heading its paragraphs print first, then its measures, then its sections."""


def sort_for_reading(
    changes: Iterable[Change],
    old: EditionIndex,
    new: EditionIndex,
    unmoved: Mapping[ElementType, Mapping[Slot, int]],
) -> tuple[Change, ...]:
    """Returns the changes of the edition, then of ministries, then by place in print.

    What was removed is listed where it would stand: after what stood before it and did not move.
    ``unmoved`` holds, by type, the new indices of elements that did not move, by their old slots.
    Several changes of one element are listed in the order of ``CHANGE_KINDS``.
    """
    ministries = {id: at for at, id in enumerate(dict.fromkeys((*new.names, *old.names)))}
    kinds = {kind: at for at, kind in enumerate(CHANGE_KINDS)}
    print_order = _PrintOrder(old, new, unmoved)

    def key(change: Change) -> tuple[int, _SortKey, int]:
        kind = kinds[change.kind]
        if change.type == "edition":
            return 0, (), kind
        if change.type == "ministry":
            return 1, ((0, ministries[change.id or ""], 0, 0),), kind
        return 2, print_order.key_of(change), kind

    return tuple(sorted(changes, key=key))


class _PrintOrder:
    """Makes keys that sort changes into the order of print."""

    def __init__(
        self,
        old: EditionIndex,
        new: EditionIndex,
        unmoved: Mapping[ElementType, Mapping[Slot, int]],
    ) -> None:
        self._old, self._new, self._unmoved = old, new, unmoved

    def key_of(self, change: Change) -> _SortKey:
        if change.new:
            return self._key_of_place(change.type, change.new)
        assert change.old is not None
        return self._key_of_removed(change.type, change.old)

    def _key_of_place(self, type: ElementType, place: PrintedPlace) -> _SortKey:
        return (*self._above(place.parent), (_RANK[type], place.slot[1], 0, 0))

    def _key_of_removed(self, type: ElementType, place: PrintedPlace) -> _SortKey:
        parent, index = place.slot
        unmoved = self._unmoved[type]
        before = ((parent, at) for at in range(index - 1, -1, -1))
        after = next((unmoved[slot] for slot in before if slot in unmoved), -1)
        return (*self._above(parent), (_RANK[type], after, 1, index))

    def _above(self, id: str | None) -> _SortKey:
        if id is None:
            return ()
        if id in self._new.measures:
            return self._key_of_place("measure", self._new.measures[id])
        if id in self._new.sections:
            return self._key_of_place("section", self._new.sections[id])
        if id in self._old.measures:
            return self._key_of_removed("measure", self._old.measures[id])
        return self._key_of_removed("section", self._old.sections[id])


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """All differences between two editions, proved, with both editions as written and numbered.

    With a ``view``, reports show only its changes, and its statement. ``refs`` say which two plans
    were compared, as the user named them; nothing where an edition is built, which is the same
    bytes wherever its plan comes from.
    """

    plans: tuple[Plan, Plan]
    comparison: Comparison
    old: Document
    new: Document
    classifier: Classifier
    proofs: tuple[Proof, ...]
    view: MinistryView | None = None
    refs: tuple[str, str] | None = None

    @property
    def refs_line(self) -> str:
        """Which two plans were compared, in one line; empty where that is not told."""
        return f"比べたもの：{' → '.join(self.refs)}" if self.refs else ""

    @property
    def shown(self) -> Comparison:
        """The changes that a report shows."""
        if self.view is None:
            return self.comparison
        return replace(self.comparison, changes=self.view.changes)


def compare_editions(
    old: Plan,
    new: Plan,
    ministry: str | None = None,
    adopted: Mapping[Id, Plan] | None = None,
    refs: tuple[str, str] | None = None,
) -> ComparisonResult:
    """Compares two editions that have passed validation.

    Args:
        old: the edition before.
        new: the edition after.
        ministry: name, full name or id of the ministry to which reports are limited.
        adopted: editions by id, by which the new edition's chain may lead to the old one.
        refs: how reports say which two plans these are.

    Raises:
        CommandError: neither edition has such a ministry.
        ProofError: the comparison is incomplete.
    """
    before, after = number(old), number(new)
    comparison = compare(old, new, (before, after), adopted)
    return ComparisonResult(
        plans=(old, new),
        comparison=comparison,
        old=before,
        new=after,
        classifier=Classifier(old, new),
        proofs=prove_comparison(old, new, comparison),
        view=filter_by_ministry(comparison, before, after, ministry) if ministry else None,
        refs=refs,
    )
