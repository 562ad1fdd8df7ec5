"""Chapters and sections: headings that came, went, moved, or read otherwise."""

from collections.abc import Iterator, Mapping

from kihonkeikaku.diff.change import Change, Detail, Json, Kind, Spot
from kihonkeikaku.diff.changes.metadata import changed_fields
from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.moves import shifts
from kihonkeikaku.diff.redline.redline import redline_json, title_redline


def paired_sections(old: Side, new: Side) -> dict[Spot, Spot]:
    """Returns where each section of the old edition stands in the new one, by spots."""
    both = (id for id in old.sections if id in new.sections)
    return {old.sections[id].spot: new.sections[id].spot for id in both}


def section_changes(old: Side, new: Side, pairs: Mapping[Spot, Spot]) -> Iterator[Change]:
    """Yields all changes of chapters and sections but their numbers.

    ``pairs`` leads from old to new spots of the sections that both editions have.
    """
    yield from _comings_and_goings(old, new)
    for spot, kind in shifts(pairs).items():
        yield _change(kind, old, new, old.records.children[spot[0]][spot[1]], {})
    for id, fields in changed_fields(old.records.sections, new.records.sections).items():
        for field in fields:
            yield _field_change(old, new, id, field)


def _comings_and_goings(old: Side, new: Side) -> Iterator[Change]:
    for id in new.sections:
        if id not in old.sections:
            yield _change("added", old, new, id, new.records.sections[id])
    for id in old.sections:
        if id not in new.sections:
            yield _change("removed", old, new, id, old.records.sections[id])


def _field_change(old: Side, new: Side, id: str, field: str) -> Change:
    if field == "title":
        marks = title_redline(old.sections[id].text, new.sections[id].text)
        return _change("retitled", old, new, id, {"redline": redline_json(marks)})
    before, after = old.records.sections[id][field], new.records.sections[id][field]
    detail: dict[str, Json] = {"field": field, "old": before, "new": after}
    return _change("attribute-changed", old, new, id, detail)


def _change(kind: Kind, old: Side, new: Side, id: str, detail: Detail) -> Change:
    before, after = old.sections.get(id), new.sections.get(id)
    place = after or before
    assert place is not None
    return Change(kind, "section", id, place.parent, before, after, detail)
