"""Sections, measures and paragraphs: added, removed, moved; sections and paragraphs reworded."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from kihonkeikaku.diff.change import Change, ChangeKind, Detail, DetailValue, PrintedPlace, Slot
from kihonkeikaku.diff.dispositions import Dispositions, disposition_json
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.paragraph_alignment import ParagraphAlignment
from kihonkeikaku.diff.paragraph_divisions import Division
from kihonkeikaku.diff.plan_records import (
    ParagraphRecord,
    PlacedMeasure,
    changed_fields,
    clauses_json,
    paragraph_json,
)
from kihonkeikaku.diff.redline import redline_json, redline_text, rewording_detail
from kihonkeikaku.text.longest_increasing_subsequence import longest_increasing_subsequence

MoveKind = Literal["moved", "reordered"]


def find_moves(pairs: Mapping[Slot, Slot]) -> dict[Slot, MoveKind]:
    """Returns the fewest moves that explain an order, by old slots.

    ``pairs`` maps old to new slots of the elements that both editions have. An element has moved
    if its parent is another one. Of those under the same parent, the ones outside a longest
    increasing subsequence were reordered.
    """
    found: dict[Slot, MoveKind] = {}
    by_parent: dict[str | None, list[Slot]] = defaultdict(list)
    for old in sorted(pairs, key=lambda slot: (slot[0] or "", slot[1])):
        if pairs[old][0] == old[0]:
            by_parent[old[0]].append(old)
        else:
            found[old] = "moved"
    for slots in by_parent.values():
        kept = longest_increasing_subsequence([pairs[slot][1] for slot in slots])
        found.update({slot: "reordered" for at, slot in enumerate(slots) if at not in kept})
    return found


def unmoved_indices(pairs: Mapping[Slot, Slot]) -> dict[Slot, int]:
    """Returns the new index of each element that did not move, by its old slot."""
    moves = find_moves(pairs)
    return {old: new[1] for old, new in pairs.items() if old not in moves}


def pair_sections(old: EditionIndex, new: EditionIndex) -> dict[Slot, Slot]:
    """Maps old to new slots of the sections that both editions have."""
    both = (id for id in old.sections if id in new.sections)
    return {old.sections[id].slot: new.sections[id].slot for id in both}


def section_changes(
    old: EditionIndex, new: EditionIndex, pairs: Mapping[Slot, Slot]
) -> Iterator[Change]:
    """Yields all changes of chapters and sections except renumberings.

    ``pairs`` maps old to new slots of the sections that both editions have.
    """
    yield from _added_and_removed_sections(old, new)
    for slot, kind in find_moves(pairs).items():
        yield _section_change(kind, old, new, old.records.children[slot[0]][slot[1]], {})
    for id, fields in changed_fields(old.records.sections, new.records.sections).items():
        for field in fields:
            yield _section_field_change(old, new, id, field)


def _added_and_removed_sections(old: EditionIndex, new: EditionIndex) -> Iterator[Change]:
    for id in new.sections:
        if id not in old.sections:
            yield _section_change("added", old, new, id, new.records.sections[id])
    for id in old.sections:
        if id not in new.sections:
            yield _section_change("removed", old, new, id, old.records.sections[id])


def _section_field_change(old: EditionIndex, new: EditionIndex, id: str, field: str) -> Change:
    if field == "title":
        marks = redline_text(old.sections[id].text, new.sections[id].text)
        return _section_change("retitled", old, new, id, {"redline": redline_json(marks)})
    before, after = old.records.sections[id][field], new.records.sections[id][field]
    detail: dict[str, DetailValue] = {"field": field, "old": before, "new": after}
    return _section_change("attribute-changed", old, new, id, detail)


def _section_change(
    kind: ChangeKind, old: EditionIndex, new: EditionIndex, id: str, detail: Detail
) -> Change:
    before, after = old.sections.get(id), new.sections.get(id)
    place = after or before
    assert place is not None
    return Change(kind, "section", id, place.parent, before, after, detail)


def pair_placements(old: EditionIndex, new: EditionIndex) -> dict[Slot, Slot]:
    """Maps old to new slots of the measures and reprints that both editions have.

    A measure pairs with itself. Its reprints pair within the same section first, the others in
    order of print.
    """
    pairs = {
        place.slot: new.measures[id].slot
        for id, place in old.measures.items()
        if id in new.measures
    }
    before, after = _reprints(old), _reprints(new)
    for measure, slots in before.items():
        pairs.update(_pair_reprints(slots, after.get(measure, [])))
    return pairs


def placement_changes(
    old: EditionIndex, new: EditionIndex, pairs: Mapping[Slot, Slot], dispositions: Dispositions
) -> Iterator[Change]:
    """Yields added, removed and moved measures and reprints.

    Measures that a split or merger explains are left out.
    """
    yield from _moved_placements(old, new, pairs)
    yield from _removed_placements(old, pairs, dispositions)
    yield from _added_placements(new, pairs, dispositions)


def _reprints(edition: EditionIndex) -> dict[str, list[Slot]]:
    found: dict[str, list[Slot]] = {}
    for parent, placements in edition.records.placements.items():
        for index, placement in enumerate(placements):
            if placement.reprint:
                found.setdefault(placement.measure, []).append((parent, index))
    return found


def _pair_reprints(old: list[Slot], new: list[Slot]) -> dict[Slot, Slot]:
    pairs: dict[Slot, Slot] = {}
    for section in dict.fromkeys(slot[0] for slot in old):
        same_section = [slot for slot in new if slot[0] == section]
        pairs.update(zip((s for s in old if s[0] == section), same_section, strict=False))
    taken = set(pairs.values())
    left = (slot for slot in new if slot not in taken)
    pairs.update(zip((slot for slot in old if slot not in pairs), left, strict=False))
    return pairs


def _moved_placements(
    old: EditionIndex, new: EditionIndex, pairs: Mapping[Slot, Slot]
) -> Iterator[Change]:
    for slot, move in find_moves(pairs).items():
        placement = old.placement(slot)
        kind: ChangeKind = "reprint-moved" if placement.reprint else move
        yield _placement_change(
            kind, placement, old.placements[slot], new.placements[pairs[slot]], {}
        )


def _removed_placements(
    old: EditionIndex, pairs: Mapping[Slot, Slot], dispositions: Dispositions
) -> Iterator[Change]:
    for slot, place in old.placements.items():
        placement = old.placement(slot)
        if slot in pairs or (
            placement.measure in dispositions.explained_by and not placement.reprint
        ):
            continue
        if placement.reprint:
            yield _placement_change("reprint-removed", placement, place, None, {})
        else:
            disposition = disposition_json(dispositions.revision.ends.get(placement.measure))
            detail = {"disposition": disposition, "clauses": _clauses(old, placement.measure)}
            yield _placement_change("removed", placement, place, None, detail)


def _added_placements(
    new: EditionIndex, pairs: Mapping[Slot, Slot], dispositions: Dispositions
) -> Iterator[Change]:
    kept = set(pairs.values())
    for slot, place in new.placements.items():
        placement = new.placement(slot)
        if slot in kept or (
            placement.measure in dispositions.explained_by and not placement.reprint
        ):
            continue
        if placement.reprint:
            yield _placement_change("reprint-added", placement, None, place, {})
        else:
            yield _placement_change(
                "added", placement, None, place, {"clauses": _clauses(new, placement.measure)}
            )


def _clauses(edition: EditionIndex, measure: str) -> DetailValue:
    return clauses_json(edition.records.measures[measure], edition.names)


def _placement_change(
    kind: ChangeKind,
    placement: PlacedMeasure,
    old: PrintedPlace | None,
    new: PrintedPlace | None,
    detail: Detail,
) -> Change:
    """Returns a change of a measure or reprint; a reprint's ``detail`` names its section."""
    place = new or old
    assert place is not None
    if placement.reprint:
        detail = {**detail, "section": place.parent}
    return Change(kind, "measure", placement.measure, place.parent, old, new, detail)


def paragraph_changes(
    old: EditionIndex, new: EditionIndex, alignment: ParagraphAlignment
) -> Iterator[Change]:
    """Yields all changes of paragraphs, of sections and of measures alike."""
    pairs, divisions = alignment.pairs, alignment.divisions
    gone = {*pairs, *(slot for division in divisions for slot in division.old)}
    come = {*pairs.values(), *(slot for division in divisions for slot in division.new)}
    for slot in (slot for slot in new.paragraphs if slot not in come):
        detail = paragraph_json(new.paragraph(slot))
        yield _paragraph_change("added", old, new, (None, slot), detail)
    for slot in (slot for slot in old.paragraphs if slot not in gone):
        detail = paragraph_json(old.paragraph(slot))
        yield _paragraph_change("removed", old, new, (slot, None), detail)
    for division in divisions:
        yield _division_change(old, new, division)
    for slot, kind in find_moves(pairs).items():
        yield _paragraph_change(kind, old, new, (slot, pairs[slot]), {})
    for pair in pairs.items():
        yield from _paragraph_content_changes(old, new, pair)


def _division_change(old: EditionIndex, new: EditionIndex, division: Division) -> Change:
    detail: dict[str, DetailValue] = {
        "from": tuple(_paragraph_entry(old, slot) for slot in division.old),
        "into": tuple(_paragraph_entry(new, slot) for slot in division.new),
    }
    kind: ChangeKind = "split" if len(division.new) >= len(division.old) else "merged"
    return _paragraph_change(kind, old, new, (division.old[0], division.new[0]), detail)


def _paragraph_entry(edition: EditionIndex, slot: Slot) -> dict[str, DetailValue]:
    paragraph, place = edition.paragraph(slot), edition.paragraphs[slot]
    return {
        "id": paragraph.id,
        "text": place.text,
        "citation": place.citation,
        "parent": place.parent,
        "index": place.index,
        **paragraph_json(paragraph),
    }


def _paragraph_content_changes(
    old: EditionIndex, new: EditionIndex, pair: tuple[Slot, Slot]
) -> Iterator[Change]:
    before, after = old.paragraph(pair[0]), new.paragraph(pair[1])
    if before.text != after.text:
        texts = old.paragraph_texts[pair[0]], new.paragraph_texts[pair[1]]
        yield _paragraph_change("reworded", old, new, pair, rewording_detail(*texts, after.text))
    for field in ("marker", "id", *after.fields):
        values = {"old": _field(before, field), "new": _field(after, field)}
        if values["old"] != values["new"]:
            yield _paragraph_change("attribute-changed", old, new, pair, {"field": field, **values})


def _field(paragraph: ParagraphRecord, field: str) -> DetailValue:
    if field in paragraph.fields:
        return paragraph.fields[field]
    return paragraph.id if field == "id" else paragraph.marker


def _paragraph_change(
    kind: ChangeKind,
    old: EditionIndex,
    new: EditionIndex,
    pair: tuple[Slot | None, Slot | None],
    detail: Detail,
) -> Change:
    """Returns a change of a paragraph with its id: the new one, or else the old one, if any."""
    before = old.paragraphs[pair[0]] if pair[0] else None
    after = new.paragraphs[pair[1]] if pair[1] else None
    ids = [s.paragraph(slot).id for s, slot in ((new, pair[1]), (old, pair[0])) if slot]
    section = new.section_of(after) if after else old.section_of(before) if before else None
    id = next(filter(None, ids), None)
    return Change(kind, "paragraph", id, section, before, after, detail)
