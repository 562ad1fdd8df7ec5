"""The register of ministries: added, removed, succeeded and renamed ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import Change, ChangeKind, Detail, DetailValue
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.plan_records import AssignmentRecord, changed_fields


@dataclass(frozen=True, slots=True)
class PassedAssignment:
    """One assignment of one clause that passed from a ministry to its successor."""

    measure: str
    clause: int
    old: str
    new: str


def find_successors(old: EditionIndex, new: EditionIndex) -> dict[str, tuple[str, ...]]:
    """Returns, by ministry of the old register, the new successors that the new register names."""
    found: dict[str, tuple[str, ...]] = {}
    for id in sorted(new.records.ministries):
        for predecessor in find_predecessors(old, new, id):
            found[predecessor] = (*found.get(predecessor, ()), id)
    return found


def find_predecessors(old: EditionIndex, new: EditionIndex, id: str) -> tuple[str, ...]:
    """Returns the ministries that a ministry of the new register newly succeeds."""
    known = (id, *_succeeds(old, id))
    register = old.records.ministries
    return tuple(p for p in _succeeds(new, id) if p in register and p not in known)


def find_passed_assignments(
    old: EditionIndex,
    new: EditionIndex,
    measures: Iterable[str],
    successors: Mapping[str, tuple[str, ...]],
) -> tuple[PassedAssignment, ...]:
    """Returns the assignments of these measures that passed to a successor, clause by clause.

    An assignment passed if the clause no longer names the ministry but names its successor.
    """
    return tuple(
        PassedAssignment(measure, at, a.ministry, successor)
        for measure in measures
        for at, (before, after) in enumerate(
            zip(old.records.measures[measure], new.records.measures[measure], strict=True)
        )
        for a in before.assignments
        for successor in _find_successor(
            a.ministry, [b.ministry for b in after.assignments], successors
        )
    )


def pass_on_assignments(
    assignments: tuple[AssignmentRecord, ...], successors: Mapping[str, str]
) -> tuple[AssignmentRecord, ...]:
    """Returns a clause's assignments after each successor has taken its predecessor's place.

    A successor that was assigned before, or takes several places, is assigned once, and leads if
    any of its predecessors did.
    """
    leads = {successors.get(a.ministry, a.ministry) for a in assignments if a.role == "lead"}
    already_assigned = {a.ministry for a in assignments} - set(successors)
    passed = (
        successors.get(a.ministry, a.ministry)
        for a in assignments
        if successors.get(a.ministry) not in already_assigned
    )
    return tuple(
        AssignmentRecord(id, "lead" if id in leads else None) for id in dict.fromkeys(passed)
    )


def _succeeds(edition: EditionIndex, id: str) -> tuple[str, ...]:
    fields = edition.records.ministries.get(id, {})
    succeeds = fields.get("succeeds", ())
    assert isinstance(succeeds, tuple)
    return tuple(str(predecessor) for predecessor in succeeds)


def _find_successor(
    ministry: str, named: list[str], successors: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    if ministry in named:
        return ()
    return tuple(successor for successor in successors.get(ministry, ()) if successor in named)[:1]


def ministry_changes(
    old: EditionIndex, new: EditionIndex, passed: Collection[PassedAssignment]
) -> Iterator[Change]:
    """Yields the changes of the register.

    A succession includes that the successor is new, that the predecessor was removed or abolished,
    and the assignments that ``passed``.
    """
    for id in new.names:
        if find_predecessors(old, new, id):
            yield _ministry_change(
                "ministry-succeeded", old, new, id, _succession(old, new, id, passed)
            )
    covered = _fields_in_successions(old, new)
    for id in (*new.names, *old.names):
        if (id in old.names) != (id in new.names) and (id, "") not in covered:
            yield _added_or_removed(old, new, id)
    for id, fields in changed_fields(old.records.ministries, new.records.ministries).items():
        for field in fields:
            if (id, field) not in covered:
                yield _field_change(old, new, id, field)


def _succession(
    old: EditionIndex, new: EditionIndex, id: str, passed: Collection[PassedAssignment]
) -> Detail:
    of_successor = [one for one in passed if one.new == id]
    fields = new.records.ministries[id]
    entry = {"succeeds": fields["succeeds"]} if id in old.names else {"entry": fields}
    return {
        "from": tuple(_predecessor(old, new, p) for p in find_predecessors(old, new, id)),
        "to": {"id": id, "name": new.names[id]},
        "measures": tuple(dict.fromkeys(one.measure for one in of_successor)),
        "assignments": tuple(
            {"measure": one.measure, "clause": one.clause, "from": one.old} for one in of_successor
        ),
        **entry,
    }


def _predecessor(old: EditionIndex, new: EditionIndex, id: str) -> dict[str, DetailValue]:
    return {
        "id": id,
        "name": old.names[id],
        "left": id not in new.names,
        "abolished": _abolition(old, new, id),
    }


def _abolition(old: EditionIndex, new: EditionIndex, id: str) -> DetailValue:
    """Returns the date on which a ministry was abolished, if the old edition lacks it."""
    abolished = new.records.ministries.get(id, {}).get("abolished")
    return None if abolished == old.records.ministries[id]["abolished"] else abolished


def _fields_in_successions(old: EditionIndex, new: EditionIndex) -> set[tuple[str, str]]:
    """Returns the fields that successions cover: ministry and field, ``""`` for its whole entry."""
    covered = set()
    for id in new.names:
        predecessors = find_predecessors(old, new, id)
        if predecessors:
            covered.add((id, "succeeds" if id in old.names else ""))
        for predecessor in predecessors:
            if predecessor not in new.names:
                covered.add((predecessor, ""))
            elif _abolition(old, new, predecessor):
                covered.add((predecessor, "abolished"))
    return covered


def _added_or_removed(old: EditionIndex, new: EditionIndex, id: str) -> Change:
    kind: ChangeKind = "added" if id in new.names else "removed"
    register = (new if kind == "added" else old).records.ministries
    return _ministry_change(kind, old, new, id, {"entry": register[id]})


def _field_change(old: EditionIndex, new: EditionIndex, id: str, field: str) -> Change:
    before, after = old.records.ministries[id], new.records.ministries[id]
    if field != "name":
        detail: Detail = {"field": field, "old": before[field], "new": after[field]}
        return _ministry_change("attribute-changed", old, new, id, detail)
    measures = tuple(
        m for m in new.measures if _is_assigned(old, m, id) and _is_assigned(new, m, id)
    )
    detail = {"from": before["name"], "to": after["name"], "measures": measures}
    return _ministry_change("ministry-renamed", old, new, id, detail)


def _is_assigned(edition: EditionIndex, measure: str, ministry: str) -> bool:
    clauses = edition.records.measures.get(measure, ())
    return any(a.ministry == ministry for clause in clauses for a in clause.assignments)


def _ministry_change(
    kind: ChangeKind, old: EditionIndex, new: EditionIndex, id: str, detail: Detail
) -> Change:
    return Change(kind, "ministry", id, None, old.ministry(id), new.ministry(id), detail)
