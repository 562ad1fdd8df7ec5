"""Changes, applied to the old edition's records, give the new edition's.

This is the proof that the table of kinds is closed: who knows the old edition and the changes
knows the new one. It reads the JSON as a reader would, by roles, places and words, and knows
nothing of the comparison that made it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, get_args

from kihonkeikaku.diff.change import ElementType
from kihonkeikaku.diff.ministry_changes import pass_on_assignments
from kihonkeikaku.diff.records import (
    ClauseRecord,
    Fields,
    ParagraphRecord,
    Placement,
    Records,
    is_plain,
    parse_assignment,
    parse_clauses,
    parse_paragraph,
    parse_runs,
)
from kihonkeikaku.model.values import Runs

ChangeJson = Mapping[str, Any]
"""One change as JSON."""

Clauses = tuple[ClauseRecord, ...]

Bodies = Mapping[str, tuple[ParagraphRecord, ...]]

_LEAVE: Final = ("removed", "moved", "reordered", "reprint-removed", "reprint-moved")

_ARRIVE: Final = ("added", "moved", "reordered", "reprint-added", "reprint-moved")


def apply_changes(changes: Iterable[ChangeJson], records: Records) -> Records:
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
        placements=_placements(of["measure"], records.placements),
        bodies=_bodies(of["paragraph"], records.bodies),
    )


def _by_type(changes: Iterable[ChangeJson]) -> dict[str, list[ChangeJson]]:
    found: dict[str, list[ChangeJson]] = {type: [] for type in get_args(ElementType)}
    for change in changes:
        found[change["type"]].append(change)
    return found


def _fields(changes: list[ChangeJson]) -> Fields:
    return {change["detail"]["field"]: change["detail"]["new"] for change in changes}


def _sections(changes: list[ChangeJson], sections: Mapping[str, Fields]) -> dict[str, Fields]:
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
    changes: list[ChangeJson], children: Mapping[str | None, tuple[str, ...]]
) -> dict[str | None, tuple[str, ...]]:
    arrivals = {_slot(c["new"]): c["id"] for c in changes if c["kind"] in _ARRIVE}
    return rearranged(children, _departures(changes), arrivals)


def _measures(
    changes: list[ChangeJson], register: list[ChangeJson], measures: Mapping[str, Clauses]
) -> dict[str, Clauses]:
    gone = {entry["id"] for entry in _told(changes, "from")}
    gone |= {c["id"] for c in changes if c["kind"] == "removed"}
    made = {entry["id"]: entry["clauses"] for entry in _told(changes, "into") if entry["clauses"]}
    made |= {c["id"]: c["detail"]["clauses"] for c in changes if c["kind"] == "added"}
    kept = {id: clauses for id, clauses in measures.items() if id not in gone}
    return {
        **applied_clauses(changes, register, kept),
        **{id: parse_clauses(clauses) for id, clauses in made.items()},
    }


def _placements(
    changes: list[ChangeJson], items: Mapping[str, tuple[Placement, ...]]
) -> dict[str, tuple[Placement, ...]]:
    departures = _departures(changes) | {_slot(entry) for entry in _told(changes, "from")}
    arrivals = {
        _slot(c["new"]): Placement(c["id"], c["kind"].startswith("reprint-"))
        for c in changes
        if c["kind"] in _ARRIVE
    }
    for entry in _told(changes, "into"):
        if entry["clauses"]:
            arrivals[_slot(entry)] = Placement(entry["id"], reprint=False)
    return rearranged(items, departures, arrivals)


def _told(changes: list[ChangeJson], side: str) -> list[Mapping[str, Any]]:
    """Returns the measures that splits and mergers tell of; those that stay have no clauses."""
    return [e for c in changes if c["kind"] in ("split", "merged") for e in c["detail"][side]]


def _bodies(changes: list[ChangeJson], bodies: Bodies) -> Bodies:
    read = _reworded_bodies(changes, bodies)
    arrivals: dict[tuple[Any, int], ParagraphRecord] = {}
    for change in changes:
        if change["kind"] == "added":
            arrivals[_slot(change["new"])] = parse_paragraph(change["id"], change["detail"])
        elif change["kind"] in _ARRIVE:
            arrivals[_slot(change["new"])] = read[change["old"]["parent"]][change["old"]["index"]]
    return rearranged(read, _departures(changes), arrivals)


def _reworded_bodies(changes: list[ChangeJson], bodies: Bodies) -> Bodies:
    """Returns the bodies in their old order, with what the paragraphs say and are now."""
    found = {parent: list(body) for parent, body in bodies.items()}
    for change in changes:
        if change["kind"] in ("reworded", "attribute-changed"):
            body, index = found[change["old"]["parent"]], change["old"]["index"]
            body[index] = _applied_to_paragraph(change, body[index])
    return {parent: tuple(body) for parent, body in found.items()}


def _applied_to_paragraph(change: ChangeJson, paragraph: ParagraphRecord) -> ParagraphRecord:
    detail = change["detail"]
    if change["kind"] == "reworded":
        return replace(paragraph, text=applied_wording(detail, paragraph.text))
    if detail["field"] == "id":
        return replace(paragraph, id=detail["new"])
    return replace(paragraph, marker=detail["new"])


def _departures(changes: list[ChangeJson]) -> set[tuple[Any, int]]:
    return {_slot(change["old"]) for change in changes if change["kind"] in _LEAVE}


def _slot(place: Mapping[str, Any]) -> tuple[Any, int]:
    return place["parent"], place["index"]


_ClauseKey = tuple[str, int]
"""A measure and the index of its clause."""

_BRACKET_KINDS: Final = (
    "lead-changed",
    "assignment-added",
    "assignment-removed",
    "assignment-reordered",
)


def applied_clauses(
    changes: list[ChangeJson], register: list[ChangeJson], measures: Mapping[str, Clauses]
) -> dict[str, Clauses]:
    """Returns the measures with what they say now, and with those who do them now.

    ``changes`` are those of measures; ``register`` those of ministries, of which successions hand
    on assignments.
    """
    heirs, brackets = _heirs(register), _bracket_changes(changes)
    found = {
        id: tuple(
            _reassigned(clause, heirs.get((id, at), {}), brackets.get((id, at), []))
            for at, clause in enumerate(clauses)
        )
        for id, clauses in measures.items()
    }
    for change in changes:
        if change["kind"] == "clauses-changed":
            found[change["id"]] = parse_clauses(change["detail"]["to"])
        elif change["kind"] == "reworded":
            found[change["id"]] = _reworded(change["detail"], found[change["id"]])
    return found


def applied_wording(detail: Mapping[str, Any], text: Runs) -> Runs:
    """Returns the text that a redline leads to, or the runs that stand beside it.

    Raises:
        ValueError: the redline keeps or strikes out other words than the text has.
    """
    if "runs" in detail:
        return parse_runs(detail["runs"])
    if is_plain(text):
        return (applied_redline(detail["redline"], "".join(map(str, text))),)
    return (_joined(detail["redline"], "+"),)


def applied_redline(redline: list[tuple[str, str]], text: str) -> str:
    """Returns the text that a redline leads to.

    Raises:
        ValueError: the redline keeps or strikes out other words than the text has.
    """
    if _joined(redline, "-") != text:
        raise ValueError(f"the redline is of another text than 「{text}」")
    return _joined(redline, "+")


def _joined(redline: list[tuple[str, str]], side: str) -> str:
    return "".join(text for op, text in redline if op in ("=", side))


def _reworded(detail: Mapping[str, Any], clauses: Clauses) -> Clauses:
    found = list(clauses)
    for part in detail.get("clauses", [{**detail, "clause": 0}]):
        clause = found[part["clause"]]
        found[part["clause"]] = replace(clause, text=applied_wording(part, clause.text))
    return tuple(found)


def _heirs(register: list[ChangeJson]) -> dict[_ClauseKey, dict[str, str]]:
    found: dict[_ClauseKey, dict[str, str]] = {}
    for change in register:
        if change["kind"] == "ministry-succeeded":
            for passed in change["detail"]["assignments"]:
                at = passed["measure"], passed["clause"]
                found.setdefault(at, {})[passed["from"]] = change["id"]
    return found


def _bracket_changes(changes: list[ChangeJson]) -> dict[_ClauseKey, list[ChangeJson]]:
    found: dict[_ClauseKey, list[ChangeJson]] = {}
    for change in changes:
        if change["kind"] in _BRACKET_KINDS:
            at = change["id"], change["detail"].get("clause", 0)
            found.setdefault(at, []).append(change)
    return found


def _reassigned(
    clause: ClauseRecord, heirs: Mapping[str, str], changes: list[ChangeJson]
) -> ClauseRecord:
    details = {kind: [c["detail"] for c in changes if c["kind"] == kind] for kind in _BRACKET_KINDS}
    lead = details["lead-changed"]
    leaving = [*details["assignment-removed"], *(e for d in lead for e in d["before"])]
    entering = [*details["assignment-added"], *(e for d in lead for e in d["after"])]
    gone = {entry["ministry_id"] for entry in leaving}
    kept = [a for a in pass_on_assignments(clause.assignments, heirs) if a.ministry not in gone]
    for detail in details["assignment-reordered"]:
        kept.sort(key=lambda a: detail["order"].index(a.ministry))
    for entry in sorted(entering, key=lambda entry: entry["index"]):
        kept.insert(entry["index"], parse_assignment(entry))
    return replace(clause, assignments=tuple(kept))


Register = dict[str, Fields]


def applied_register(changes: list[ChangeJson], register: Mapping[str, Fields]) -> Register:
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


def _succeed(id: str, detail: Mapping[str, Any], register: Register) -> None:
    if "entry" in detail:
        register[id] = _entry(detail["entry"])
    else:
        register[id] = {**register[id], "succeeds": tuple(detail["succeeds"])}
    for predecessor in detail["from"]:
        if predecessor["left"]:
            register.pop(predecessor["id"], None)  # another heir may have said so too
        elif predecessor["abolished"]:
            entry = register[predecessor["id"]]
            register[predecessor["id"]] = {**entry, "abolished": predecessor["abolished"]}


def _entry(fields: Mapping[str, Any]) -> Fields:
    return {**fields, "succeeds": tuple(fields["succeeds"])}


P = TypeVar("P", bound=str | None)

T = TypeVar("T")


def rearranged(
    lists: Mapping[P, tuple[T, ...]],
    departures: Collection[tuple[P, int]],
    arrivals: Mapping[tuple[P, int], T],
) -> dict[P, tuple[T, ...]]:
    """Returns the lists without what stood at the ``departures``, and with the ``arrivals``.

    Departures are slots of the lists as they were, arrivals slots of the lists as they will be;
    what neither names keeps its order. Lists that end up empty are left out.

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
            raise ValueError(f"nothing stands before index {index} of {parent}")
        entries.insert(index, entry)
    return {parent: tuple(entries) for parent, entries in left.items() if entries}
