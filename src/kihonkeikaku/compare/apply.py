"""Changes, applied to the old edition's records, give the new edition's.

This is the proof that the table of kinds is closed: who knows the old edition and the changes
knows the new one. It reads the JSON as a reader would, by roles, places and words, and knows
nothing of the comparison that made it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from kihonkeikaku.compare.apply_clauses import applied_clauses, applied_redline, applied_wording
from kihonkeikaku.compare.apply_register import applied_register
from kihonkeikaku.compare.change import Type
from kihonkeikaku.compare.content import clauses_from, paragraph_from
from kihonkeikaku.compare.rearrangement import rearranged
from kihonkeikaku.compare.records import (
    ClauseRecord,
    Fields,
    ParagraphRecord,
    Placed,
    Records,
)

Said = Mapping[str, Any]
"""One change as JSON."""

Clauses = tuple[ClauseRecord, ...]
Bodies = Mapping[str, tuple[ParagraphRecord, ...]]

_LEAVE: Final = ("removed", "moved", "reordered", "reprint-removed", "reprint-moved")
_ARRIVE: Final = ("added", "moved", "reordered", "reprint-added", "reprint-moved")


def apply(changes: Iterable[Said], records: Records) -> Records:
    """Returns the records of the new edition.

    Args:
        changes: what the JSON of a comparison holds under ``changes``.
        records: those of the old edition.

    Raises:
        KeyError: the changes name what these records don't have.
        ValueError: a redline strikes out what isn't there, or a place leaves a gap.
    """
    of = _by_type(changes)
    return Records(
        edition={**records.edition, **_fields(of["edition"])},
        ministries=applied_register(of["ministry"], records.ministries),
        sections=_sections(of["section"], records.sections),
        measures=_measures(of["measure"], of["ministry"], records.measures),
        children=_children(of["section"], records.children),
        items=_items(of["measure"], records.items),
        bodies=_bodies(of["paragraph"], records.bodies),
    )


def _by_type(changes: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {type: [] for type in get_args(Type)}
    for change in changes:
        found[change["type"]].append(change)
    return found


def _fields(changes: list[Said]) -> Fields:
    return {change["detail"]["field"]: change["detail"]["new"] for change in changes}


def _sections(changes: list[Said], sections: Mapping[str, Fields]) -> dict[str, Fields]:
    found = dict(sections)
    for change in changes:
        id, detail = change["id"], change["detail"]
        match change["kind"]:
            case "added":
                found[id] = {field: detail[field] for field in ("kind", "title", "measures_label")}
            case "removed":
                del found[id]
            case "retitled":
                title = applied_redline(detail["redline"], str(found[id]["title"]))
                found[id] = {**found[id], "title": title}
            case "attribute-changed":
                found[id] = {**found[id], detail["field"]: detail["new"]}
    return found


def _children(
    changes: list[Said], children: Mapping[str | None, tuple[str, ...]]
) -> dict[str | None, tuple[str, ...]]:
    arrivals = {_spot(c["new"]): c["id"] for c in changes if c["kind"] in _ARRIVE}
    return rearranged(children, _departures(changes), arrivals)


def _measures(
    changes: list[Said], register: list[Said], measures: Mapping[str, Clauses]
) -> dict[str, Clauses]:
    gone = {entry["id"] for entry in _told(changes, "from")}
    gone |= {c["id"] for c in changes if c["kind"] == "removed"}
    made = {entry["id"]: entry["clauses"] for entry in _told(changes, "into") if entry["clauses"]}
    made |= {c["id"]: c["detail"]["clauses"] for c in changes if c["kind"] == "added"}
    kept = {id: clauses for id, clauses in measures.items() if id not in gone}
    return {
        **applied_clauses(changes, register, kept),
        **{id: clauses_from(clauses) for id, clauses in made.items()},
    }


def _items(
    changes: list[Said], items: Mapping[str, tuple[Placed, ...]]
) -> dict[str, tuple[Placed, ...]]:
    departures = _departures(changes) | {_spot(entry) for entry in _told(changes, "from")}
    arrivals = {
        _spot(c["new"]): Placed(c["id"], c["kind"].startswith("reprint-"))
        for c in changes
        if c["kind"] in _ARRIVE
    }
    for entry in _told(changes, "into"):
        if entry["clauses"]:
            arrivals[_spot(entry)] = Placed(entry["id"], reprint=False)
    return rearranged(items, departures, arrivals)


def _told(changes: list[Said], side: str) -> list[Mapping[str, Any]]:
    """Returns the measures that splits and mergers tell of; those that stay have no clauses."""
    return [e for c in changes if c["kind"] in ("split", "merged") for e in c["detail"][side]]


def _bodies(changes: list[Said], bodies: Bodies) -> Bodies:
    read = _reworded_bodies(changes, bodies)
    arrivals: dict[tuple[Any, int], ParagraphRecord] = {}
    for change in changes:
        if change["kind"] == "added":
            arrivals[_spot(change["new"])] = paragraph_from(change["id"], change["detail"])
        elif change["kind"] in _ARRIVE:
            arrivals[_spot(change["new"])] = read[change["old"]["parent"]][change["old"]["index"]]
    return rearranged(read, _departures(changes), arrivals)


def _reworded_bodies(changes: list[Said], bodies: Bodies) -> Bodies:
    """Returns the bodies in their old order, with what the paragraphs say and are now."""
    found = {parent: list(body) for parent, body in bodies.items()}
    for change in changes:
        if change["kind"] in ("reworded", "attribute-changed"):
            body, index = found[change["old"]["parent"]], change["old"]["index"]
            body[index] = _applied_to_paragraph(change, body[index])
    return {parent: tuple(body) for parent, body in found.items()}


def _applied_to_paragraph(change: Said, paragraph: ParagraphRecord) -> ParagraphRecord:
    detail = change["detail"]
    if change["kind"] == "reworded":
        return replace(paragraph, text=applied_wording(detail, paragraph.text))
    if detail["field"] == "id":
        return replace(paragraph, id=detail["new"])
    return replace(paragraph, marker=detail["new"])


def _departures(changes: list[Said]) -> set[tuple[Any, int]]:
    return {_spot(change["old"]) for change in changes if change["kind"] in _LEAVE}


def _spot(place: Mapping[str, Any]) -> tuple[Any, int]:
    return place["parent"], place["index"]
