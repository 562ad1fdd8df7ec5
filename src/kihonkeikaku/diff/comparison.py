"""Two plans → all that differs between them."""

from collections.abc import Iterator
from dataclasses import replace

from kihonkeikaku.diff.change import Change, Comparison, Spot, Type
from kihonkeikaku.diff.changes.clauses import same_division
from kihonkeikaku.diff.changes.dispositions import fate_changes, fates
from kihonkeikaku.diff.changes.measures import content_changes, division_changes
from kihonkeikaku.diff.changes.metadata import edition_changes
from kihonkeikaku.diff.changes.ministries import ministry_changes
from kihonkeikaku.diff.changes.paragraphs import paragraph_changes
from kihonkeikaku.diff.changes.placements import item_changes, paired_items
from kihonkeikaku.diff.changes.renumbering import Causes, item_renumberings, section_renumberings
from kihonkeikaku.diff.changes.sections import paired_sections, section_changes
from kihonkeikaku.diff.changes.succession import inheritances, successors
from kihonkeikaku.diff.edition_index import Side, side
from kihonkeikaku.diff.moves import stayed
from kihonkeikaku.diff.paragraph_alignment import aligned
from kihonkeikaku.diff.print_order import in_reading_order
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
    before, after = map(side, (old, new), documents)
    told = fates(before, after, new.revision)
    sections, items = paired_sections(before, after), paired_items(before, after)
    paragraphs = aligned(before.records.bodies, after.records.bodies)
    changes = (
        *edition_changes(before, after),
        *_register_and_measure_changes(before, after),
        *section_changes(before, after, sections),
        *fate_changes(before, after, told),
        *item_changes(before, after, items, told),
        *paragraph_changes(before, after, paragraphs),
    )
    causes = Causes(before, after, items, told.told_by, changes)
    renumberings = (
        *section_renumberings(before, after, causes, changes),
        *item_renumberings(before, after, items, causes, changes),
    )
    places: dict[Type, dict[Spot, int]] = {
        "section": stayed(sections),
        "measure": stayed(items),
        "paragraph": stayed(paragraphs),
    }
    explained = _with_reasons((*changes, *renumberings), new.revision)
    return Comparison(old.head, new.head, in_reading_order(explained, before, after, places))


def _register_and_measure_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yields changes of ministries and of what measures say: a succession is told once for both."""
    before, after = old.records.measures, new.records.measures
    unequal = [id for id in new.measures if id in before and before[id] != after[id]]
    paired = [id for id in unequal if same_division(before[id], after[id])]
    divided = sorted(set(unequal) - set(paired))
    passed = inheritances(old, new, paired, successors(old, new))
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
