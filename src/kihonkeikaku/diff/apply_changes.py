"""Applies changes to the old edition's records, which gives the new edition's.

This proves that the kinds of change suffice: the new edition follows from the old edition and the
changes. Nothing but the JSON is used, and no code is shared with the comparison that made it,
except for how a ministry's assignments pass to its successor.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_args

from kihonkeikaku.diff.change import (
    ARRIVAL_KINDS,
    ASSIGNMENT_KINDS,
    DEPARTURE_KINDS,
    ChangeJson,
    ElementType,
)
from kihonkeikaku.diff.ministry_changes import pass_on_assignments
from kihonkeikaku.diff.plan_records import (
    Bodies,
    ClauseRecord,
    Clauses,
    Fields,
    ParagraphRecord,
    PlacedMeasure,
    Records,
    is_plain,
    parse_assignment,
    parse_clauses,
    parse_paragraph,
    parse_runs,
    parse_value,
)
from kihonkeikaku.model.values import Runs


def apply_changes(changes: Iterable[ChangeJson], records: Records) -> Records:
    """Returns the records of the new edition.

    Args:
        changes: what the JSON of a comparison holds under ``changes``.
        records: those of the old edition.

    Raises:
        KeyError: the changes name what these records lack.
        ValueError: a redline is of another text, or an index leaves a gap.
    """
    of = _by_type(changes)
    return Records(
        edition={**records.edition, **_fields(of["edition"])},
        ministries=_apply_to_register(of["ministry"], records.ministries),
        sections=_sections(of["section"], records.sections),
        measures=_measures(of["measure"], of["ministry"], records.measures),
        children=_children(of["section"], records.children),
        placements=_placements(of["measure"], records.placements),
        bodies=_bodies(of["paragraph"], records.bodies),
    )


def _by_type(changes: Iterable[ChangeJson]) -> dict[str, list[ChangeJson]]:
    found: dict[str, list[ChangeJson]] = {type: [] for type in get_args(ElementType)}
    for change in changes:
        found[change["type"]].append(change)
    return found


def _fields(changes: list[ChangeJson]) -> Fields:
    return {change["detail"]["field"]: parse_value(change["detail"]["new"]) for change in changes}


def _sections(changes: list[ChangeJson], sections: Mapping[str, Fields]) -> dict[str, Fields]:
    found = dict(sections)
    for change in changes:
        id, detail = change["id"], change["detail"]
        match change["kind"]:
            case "added":
                found[id] = {
                    field: detail[field] for field in ("kind", "label", "title", "measures_label")
                }
            case "removed":
                del found[id]
            case "retitled":
                title = _apply_redline(detail["redline"], str(found[id]["title"]))
                found[id] = {**found[id], "title": title}
            case "attribute-changed":
                found[id] = {**found[id], detail["field"]: detail["new"]}
    return found


def _children(
    changes: list[ChangeJson], children: Mapping[str | None, tuple[str, ...]]
) -> dict[str | None, tuple[str, ...]]:
    arrivals = {_slot(c["new"]): c["id"] for c in changes if c["kind"] in ARRIVAL_KINDS}
    return _rearrange(children, _departures(changes), arrivals)


def _measures(
    changes: list[ChangeJson], register: list[ChangeJson], measures: Mapping[str, Clauses]
) -> dict[str, Clauses]:
    removed = {entry["id"] for entry in _departed_measures(changes)}
    removed |= {c["id"] for c in changes if c["kind"] == "removed"}
    added = {
        entry["id"]: entry["clauses"]
        for entry in _restructured(changes, "into")
        if entry["clauses"]
    }
    added |= {c["id"]: c["detail"]["clauses"] for c in changes if c["kind"] == "added"}
    kept = {id: clauses for id, clauses in measures.items() if id not in removed}
    return {
        **_apply_to_clauses(changes, register, kept),
        **{id: parse_clauses(clauses) for id, clauses in added.items()},
    }


def _placements(
    changes: list[ChangeJson], placements: Mapping[str, tuple[PlacedMeasure, ...]]
) -> dict[str, tuple[PlacedMeasure, ...]]:
    departures = _departures(changes) | {_slot(entry) for entry in _departed_measures(changes)}
    arrivals = {
        _slot(c["new"]): PlacedMeasure(c["id"], c["kind"].startswith("reprint-"))
        for c in changes
        if c["kind"] in ARRIVAL_KINDS
    }
    for entry in _restructured(changes, "into"):
        if entry["clauses"]:
            arrivals[_slot(entry)] = PlacedMeasure(entry["id"], reprint=False)
    return _rearrange(placements, departures, arrivals)


def _departed_measures(changes: list[ChangeJson]) -> list[Mapping[str, Any]]:
    """Returns the measures that splits and mergers ended."""
    return [entry for entry in _restructured(changes, "from") if entry["clauses"]]


def _restructured(changes: list[ChangeJson], side: str) -> list[Mapping[str, Any]]:
    """Returns what splits and mergers name; measures in both editions have no clauses."""
    return [e for c in changes if c["kind"] in ("split", "merged") for e in c["detail"][side]]


def _bodies(changes: list[ChangeJson], bodies: Bodies) -> Bodies:
    read = _change_paragraphs(changes, bodies)
    arrivals: dict[tuple[Any, int], ParagraphRecord] = {}
    for change in changes:
        if change["kind"] == "added":
            arrivals[_slot(change["new"])] = parse_paragraph(change["id"], change["detail"])
        elif change["kind"] in ARRIVAL_KINDS:
            arrivals[_slot(change["new"])] = read[change["old"]["parent"]][change["old"]["index"]]
    for entry in _restructured(changes, "into"):
        arrivals[_slot(entry)] = parse_paragraph(entry["id"], entry)
    departures = _departures(changes) | {_slot(entry) for entry in _restructured(changes, "from")}
    return _rearrange(read, departures, arrivals)


def _change_paragraphs(changes: list[ChangeJson], bodies: Bodies) -> Bodies:
    """Returns the bodies in their old order, with the paragraphs' new texts and fields."""
    found = {parent: list(body) for parent, body in bodies.items()}
    for change in changes:
        if change["kind"] in ("reworded", "attribute-changed"):
            body, index = found[change["old"]["parent"]], change["old"]["index"]
            body[index] = _apply_to_paragraph(change, body[index])
    return {parent: tuple(body) for parent, body in found.items()}


def _apply_to_paragraph(change: ChangeJson, paragraph: ParagraphRecord) -> ParagraphRecord:
    detail = change["detail"]
    if change["kind"] == "reworded":
        return replace(paragraph, text=_apply_rewording(detail, paragraph.text))
    match detail["field"]:
        case "id":
            return replace(paragraph, id=detail["new"])
        case "marker":
            return replace(paragraph, marker=detail["new"])
        case field:
            new = parse_value(detail["new"])
            return replace(paragraph, fields={**paragraph.fields, field: new})


def _departures(changes: list[ChangeJson]) -> set[tuple[Any, int]]:
    return {_slot(change["old"]) for change in changes if change["kind"] in DEPARTURE_KINDS}


def _slot(place: Mapping[str, Any]) -> tuple[Any, int]:
    return place["parent"], place["index"]


_ClauseKey = tuple[str, int]
"""A measure and the index of its clause."""


def _apply_to_clauses(
    changes: list[ChangeJson], register: list[ChangeJson], measures: Mapping[str, Clauses]
) -> dict[str, Clauses]:
    """Returns the measures with their new clauses.

    ``changes`` are those of measures. ``register`` are those of ministries: successions pass
    assignments on.
    """
    successors, assignment_changes = _successors(register), _assignment_changes(changes)
    found = {
        id: tuple(
            _reassign(clause, successors.get((id, at), {}), assignment_changes.get((id, at), []))
            for at, clause in enumerate(clauses)
        )
        for id, clauses in measures.items()
    }
    for change in changes:
        if change["kind"] == "clauses-changed":
            found[change["id"]] = parse_clauses(change["detail"]["to"])
        elif change["kind"] == "reworded":
            found[change["id"]] = _reword(change["detail"], found[change["id"]])
        elif change["kind"] == "attribute-changed":
            *others, last = found[change["id"]]
            fields = {**last.fields, change["detail"]["field"]: change["detail"]["new"]}
            found[change["id"]] = (*others, replace(last, fields=fields))
    return found


def _apply_rewording(detail: Mapping[str, Any], text: Runs) -> Runs:
    """Returns the new text of a rewording: its ``runs``, or that of its redline.

    Raises:
        ValueError: the redline is of another text.
    """
    if "runs" in detail:
        return parse_runs(detail["runs"])
    if is_plain(text):
        return (_apply_redline(detail["redline"], "".join(map(str, text))),)
    return (_side_of(detail["redline"], "+"),)


def _apply_redline(redline: list[tuple[str, str]], text: str) -> str:
    """Returns the new text of a redline.

    Raises:
        ValueError: the redline is of another text.
    """
    if _side_of(redline, "-") != text:
        raise ValueError(f"the redline is of another text than 「{text}」")
    return _side_of(redline, "+")


def _side_of(redline: list[tuple[str, str]], side: str) -> str:
    return "".join(text for op, text in redline if op in ("=", side))


def _reword(detail: Mapping[str, Any], clauses: Clauses) -> Clauses:
    found = list(clauses)
    for part in detail.get("clauses", [{**detail, "clause": 0}]):
        clause = found[part["clause"]]
        found[part["clause"]] = replace(clause, text=_apply_rewording(part, clause.text))
    return tuple(found)


def _successors(register: list[ChangeJson]) -> dict[_ClauseKey, dict[str, str]]:
    found: dict[_ClauseKey, dict[str, str]] = {}
    for change in register:
        if change["kind"] == "ministry-succeeded":
            for passed in change["detail"]["assignments"]:
                at = passed["measure"], passed["clause"]
                found.setdefault(at, {})[passed["from"]] = change["id"]
    return found


def _assignment_changes(changes: list[ChangeJson]) -> dict[_ClauseKey, list[ChangeJson]]:
    found: dict[_ClauseKey, list[ChangeJson]] = {}
    for change in changes:
        if change["kind"] in ASSIGNMENT_KINDS:
            at = change["id"], change["detail"].get("clause", 0)
            found.setdefault(at, []).append(change)
    return found


def _reassign(
    clause: ClauseRecord, successors: Mapping[str, str], changes: list[ChangeJson]
) -> ClauseRecord:
    details = {
        kind: [c["detail"] for c in changes if c["kind"] == kind] for kind in ASSIGNMENT_KINDS
    }
    lead = details["lead-changed"]
    leaving = [*details["assignment-removed"], *(e for d in lead for e in d["before"])]
    entering = [*details["assignment-added"], *(e for d in lead for e in d["after"])]
    removed = {entry["ministry_id"] for entry in leaving}
    kept = [
        a for a in pass_on_assignments(clause.assignments, successors) if a.ministry not in removed
    ]
    for detail in details["assignment-reordered"]:
        kept.sort(key=lambda a: detail["order"].index(a.ministry))
    for entry in sorted(entering, key=lambda entry: entry["index"]):
        kept.insert(entry["index"], parse_assignment(entry))
    return replace(clause, assignments=tuple(kept))


_MinistryRegister = dict[str, Fields]


def _apply_to_register(
    changes: list[ChangeJson], register: Mapping[str, Fields]
) -> _MinistryRegister:
    """Returns the register after all changes of ministries."""
    found = dict(register)
    for change in changes:
        id, detail = change["id"], change["detail"]
        match change["kind"]:
            case "added":
                found[id] = _entry(detail["entry"])
            case "removed":
                del found[id]
            case "ministry-renamed":
                found[id] = {**found[id], "name": detail["to"]}
            case "attribute-changed":
                found[id] = _entry({**found[id], detail["field"]: detail["new"]})
            case "ministry-succeeded":
                _succeed(id, detail, found)
    return found


def _succeed(id: str, detail: Mapping[str, Any], register: _MinistryRegister) -> None:
    if "entry" in detail:
        register[id] = _entry(detail["entry"])
    else:
        register[id] = {**register[id], "succeeds": tuple(detail["succeeds"])}
    for predecessor in detail["from"]:
        if predecessor["left"]:
            register.pop(predecessor["id"], None)  # another successor may have removed it already
        elif predecessor["abolished"]:
            entry = register[predecessor["id"]]
            register[predecessor["id"]] = {**entry, "abolished": predecessor["abolished"]}


def _entry(fields: Mapping[str, Any]) -> Fields:
    return {**fields, "succeeds": tuple(fields["succeeds"])}


P = TypeVar("P", bound=str | None)

T = TypeVar("T")


def _rearrange(
    lists: Mapping[P, tuple[T, ...]],
    departures: Collection[tuple[P, int]],
    arrivals: Mapping[tuple[P, int], T],
) -> dict[P, tuple[T, ...]]:
    """Returns the lists without the entries at ``departures``, and with the ``arrivals``.

    Departures are slots of the old lists, arrivals slots of the new ones; the other entries keep
    their order. Empty lists are left out.

    Raises:
        ValueError: an arrival's index leaves a gap.
    """
    left: dict[P, list[T]] = {
        parent: [entry for at, entry in enumerate(entries) if (parent, at) not in departures]
        for parent, entries in lists.items()
    }
    for (parent, index), entry in sorted(arrivals.items(), key=lambda item: item[0][1]):
        entries = left.setdefault(parent, [])
        if index > len(entries):
            raise ValueError(f"there is no entry before index {index} of {parent}")
        entries.insert(index, entry)
    return {parent: tuple(entries) for parent, entries in left.items() if entries}
