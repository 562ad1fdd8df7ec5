"""The content of measures and paragraphs as JSON, and back again."""

from collections.abc import Mapping, Sequence
from typing import Any

from kihonkeikaku.diff.change import Detail, Json
from kihonkeikaku.diff.records import AssignmentRecord, ClauseRecord, ParagraphRecord
from kihonkeikaku.model.plan import Footnote, Ref, Runs


def is_plain(text: Runs) -> bool:
    """Returns whether a text is one string, so that what is printed is all there is to it."""
    return len(text) == 1 and isinstance(text[0], str)


def runs_json(text: Runs) -> Json:
    """Returns a text as the plan's files write it: strings, ``{ref: …}``, ``{footnote: …}``."""
    return tuple(run if isinstance(run, str) else run.model_dump() for run in text)


def runs_from(value: Sequence[str | Mapping[str, str]]) -> Runs:
    """Returns the text that ``runs_json`` gave."""
    return tuple(_run_from(run) for run in value)


def assignment_json(assignment: AssignmentRecord, names: Mapping[str, str]) -> dict[str, Json]:
    """Returns an assignment with the ministry's printed name, id and role."""
    return {
        "ministry": names[assignment.ministry],
        "ministry_id": assignment.ministry,
        "role": assignment.role,
    }


def assignment_from(value: Mapping[str, Any]) -> AssignmentRecord:
    """Returns the assignment that ``assignment_json`` gave."""
    return AssignmentRecord(value["ministry_id"], value["role"])


def clauses_json(clauses: tuple[ClauseRecord, ...], names: Mapping[str, str]) -> Json:
    """Returns a measure's clauses, each with ``text`` (runs) and ``assignments``."""
    return tuple(
        {
            "text": runs_json(clause.text),
            "assignments": tuple(assignment_json(a, names) for a in clause.assignments),
        }
        for clause in clauses
    )


def clauses_from(value: Sequence[Mapping[str, Any]]) -> tuple[ClauseRecord, ...]:
    """Returns the clauses that ``clauses_json`` gave."""
    return tuple(
        ClauseRecord(runs_from(clause["text"]), tuple(map(assignment_from, clause["assignments"])))
        for clause in value
    )


def paragraph_json(paragraph: ParagraphRecord) -> Detail:
    """Returns what a paragraph holds besides its id: ``marker`` and ``runs``."""
    return {"marker": paragraph.marker, "runs": runs_json(paragraph.text)}


def paragraph_from(id: str | None, value: Mapping[str, Any]) -> ParagraphRecord:
    """Returns the paragraph of which ``paragraph_json`` gave the content."""
    return ParagraphRecord(id, value["marker"], runs_from(value["runs"]))


def _run_from(run: str | Mapping[str, str]) -> str | Ref | Footnote:
    if isinstance(run, str):
        return run
    return Ref(ref=run["ref"]) if "ref" in run else Footnote(footnote=run["footnote"])
