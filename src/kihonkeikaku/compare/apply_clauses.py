"""Changes of wording and of assignments, applied to the clauses of measures."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from kihonkeikaku.compare.content import assignment_from, clauses_from, is_plain, runs_from
from kihonkeikaku.compare.records import ClauseRecord
from kihonkeikaku.compare.succession import inherited
from kihonkeikaku.model import Runs

Said = Mapping[str, Any]
Clauses = tuple[ClauseRecord, ...]
At = tuple[str, int]
"""A measure and the index of its clause."""

_BRACKET_KINDS: Final = (
    "lead-changed",
    "assignment-added",
    "assignment-removed",
    "assignment-reordered",
)


def applied_clauses(
    changes: list[Said], register: list[Said], measures: Mapping[str, Clauses]
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
            found[change["id"]] = clauses_from(change["detail"]["to"])
        elif change["kind"] == "reworded":
            found[change["id"]] = _reworded(change["detail"], found[change["id"]])
    return found


def applied_wording(detail: Mapping[str, Any], text: Runs) -> Runs:
    """Returns the text that a redline leads to, or the runs that stand beside it.

    Raises:
        ValueError: the redline keeps or strikes out other words than the text has.
    """
    if "runs" in detail:
        return runs_from(detail["runs"])
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


def _heirs(register: list[Said]) -> dict[At, dict[str, str]]:
    found: dict[At, dict[str, str]] = {}
    for change in register:
        if change["kind"] == "ministry-succeeded":
            for passed in change["detail"]["assignments"]:
                at = passed["measure"], passed["clause"]
                found.setdefault(at, {})[passed["from"]] = change["id"]
    return found


def _bracket_changes(changes: list[Said]) -> dict[At, list[Said]]:
    found: dict[At, list[Said]] = {}
    for change in changes:
        if change["kind"] in _BRACKET_KINDS:
            at = change["id"], change["detail"].get("clause", 0)
            found.setdefault(at, []).append(change)
    return found


def _reassigned(
    clause: ClauseRecord, heirs: Mapping[str, str], changes: list[Said]
) -> ClauseRecord:
    details = {kind: [c["detail"] for c in changes if c["kind"] == kind] for kind in _BRACKET_KINDS}
    lead = details["lead-changed"]
    leaving = [*details["assignment-removed"], *(e for d in lead for e in d["before"])]
    entering = [*details["assignment-added"], *(e for d in lead for e in d["after"])]
    gone = {entry["ministry_id"] for entry in leaving}
    kept = [a for a in inherited(clause.assignments, heirs) if a.ministry not in gone]
    for detail in details["assignment-reordered"]:
        kept.sort(key=lambda a: detail["order"].index(a.ministry))
    for entry in sorted(entering, key=lambda entry: entry["index"]):
        kept.insert(entry["index"], assignment_from(entry))
    return replace(clause, assignments=tuple(kept))
