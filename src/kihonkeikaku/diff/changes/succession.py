"""Ministries that took over from others, and the assignments that went with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.records import AssignmentRecord


@dataclass(frozen=True, slots=True)
class Inheritance:
    """One assignment of one clause that passed from a ministry to its successor."""

    measure: str
    clause: int
    old: str
    new: str


def successors(old: Side, new: Side) -> dict[str, tuple[str, ...]]:
    """Returns, by ministry of the old register, who newly succeeds it, by the new register."""
    found: dict[str, tuple[str, ...]] = {}
    for id in sorted(new.records.ministries):
        for predecessor in predecessors(old, new, id):
            found[predecessor] = (*found.get(predecessor, ()), id)
    return found


def predecessors(old: Side, new: Side, id: str) -> tuple[str, ...]:
    """Returns whom a ministry of the new register succeeds, as far as that is news."""
    known = (id, *_succeeds(old, id))
    register = old.records.ministries
    return tuple(p for p in _succeeds(new, id) if p in register and p not in known)


def inheritances(
    old: Side, new: Side, measures: Iterable[str], heirs: Mapping[str, tuple[str, ...]]
) -> tuple[Inheritance, ...]:
    """Returns which assignments of these measures passed on, clause by clause.

    One did when the clause no longer names the ministry but names its successor.
    """
    return tuple(
        Inheritance(measure, at, a.ministry, heir)
        for measure in measures
        for at, (before, after) in enumerate(
            zip(old.records.measures[measure], new.records.measures[measure], strict=True)
        )
        for a in before.assignments
        for heir in _heir(a.ministry, [b.ministry for b in after.assignments], heirs)
    )


def inherited(
    assignments: tuple[AssignmentRecord, ...], heirs: Mapping[str, str]
) -> tuple[AssignmentRecord, ...]:
    """Returns a clause's assignments after each heir has taken its predecessor's place.

    A heir that stood there already, or takes several places, stands once, and leads if any of
    those did whose place it took.
    """
    leads = {heirs.get(a.ministry, a.ministry) for a in assignments if a.role == "lead"}
    standing = {a.ministry for a in assignments} - set(heirs)
    passed = (
        heirs.get(a.ministry, a.ministry)
        for a in assignments
        if heirs.get(a.ministry) not in standing
    )
    return tuple(
        AssignmentRecord(id, "lead" if id in leads else None) for id in dict.fromkeys(passed)
    )


def _succeeds(side: Side, id: str) -> tuple[str, ...]:
    fields = side.records.ministries.get(id, {})
    succeeds = fields.get("succeeds", ())
    assert isinstance(succeeds, tuple)
    return tuple(str(predecessor) for predecessor in succeeds)


def _heir(ministry: str, named: list[str], heirs: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if ministry in named:
        return ()
    return tuple(heir for heir in heirs.get(ministry, ()) if heir in named)[:1]
