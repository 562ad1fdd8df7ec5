"""Plan → ``Records``: the content of a plan without its form in files; parts of it as JSON.

Two plans with equal records read the same. Left out are the edition's ``id``, ``dated`` and
``supersedes`` (they head a comparison), ``format`` and ``rules`` (they are about the files),
revision.yaml, the order of the register, and whether a measure was written as ``text`` or as its
only clause.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from kihonkeikaku.diff.change import Detail, DetailValue
from kihonkeikaku.model.plan import (
    Chapter,
    Clause,
    Measure,
    Ministry,
    Plan,
    PlanHead,
    Publication,
    Reprint,
    Section,
)
from kihonkeikaku.model.values import Footnote, Marker, Paragraph, Ref, Runs


def raw_text(text: Runs) -> str:
    """Returns a text to compare for similarity: references as ids, footnotes as texts."""
    return "".join(_run_text(run) for run in text)


def join_strings(runs: Runs) -> Runs:
    """Returns the runs with adjacent strings joined, since their division is no content."""
    joined: list[str | Ref | Footnote] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        else:
            joined.append(run)
    return tuple(joined)


def _run_text(run: str | Ref | Footnote) -> str:
    if isinstance(run, str):
        return run
    return run.ref if isinstance(run, Ref) else run.footnote


K = TypeVar("K")
T = TypeVar("T")
Fields = Mapping[str, DetailValue]
"""The plain fields of one element."""


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """One ministry inside 【】, by id, so that a new name changes no measure."""

    ministry: str
    role: Literal["lead"] | None


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A part of a measure's text and its 【】."""

    text: Runs
    assignments: tuple[AssignmentRecord, ...]


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One paragraph of a body."""

    id: str | None
    marker: Marker
    text: Runs


Clauses = tuple[ClauseRecord, ...]
Bodies = Mapping[str, tuple[ParagraphRecord, ...]]


@dataclass(frozen=True, slots=True)
class PlacedMeasure:
    """An entry of a section: a measure in its own place, or a reprint of it."""

    measure: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class Records:
    """A plan's content by id; what has an order is a tuple by the parent's id, never empty.

    ``children`` are the sections under each section, and the chapters under None. ``placements``
    are the measures and reprints that each section lists, ``bodies`` the paragraphs of each
    section and measure, in order of print.
    """

    edition: Fields
    ministries: Mapping[str, Fields]
    sections: Mapping[str, Fields]
    measures: Mapping[str, Clauses]
    children: Mapping[str | None, tuple[str, ...]]
    placements: Mapping[str, tuple[PlacedMeasure, ...]]
    bodies: Bodies


def changed_fields(
    old: Mapping[str, Fields], new: Mapping[str, Fields]
) -> dict[str, tuple[str, ...]]:
    """Returns the names of the fields that differ, by the ids that both editions have.

    Elements that are equal as a whole, as most are, never reach deepdiff.
    """
    unequal = [id for id in new if id in old and old[id] != new[id]]
    if not unequal:
        return {}
    from deepdiff import DeepDiff  # noqa: PLC0415 - costs 0.2 s, and most calls need none

    leaves = DeepDiff({id: old[id] for id in unequal}, {id: new[id] for id in unequal}, view="tree")
    found: dict[str, set[str]] = {}
    for levels in leaves.values():
        for level in levels:
            id, field, *_ = level.path(output_format="list")
            found.setdefault(id, set()).add(field)
    return {id: tuple(f for f in new[id] if f in found[id]) for id in unequal}


def extract_records(plan: Plan) -> Records:
    """Returns the records of a plan that has passed validation.

    Raises:
        KeyError: a placement or a ministry does not exist; validation finds these.
    """
    ids = {ministry.name: ministry.id for ministry in plan.ministries}
    headings = tuple(_headings(plan.chapters))
    children: dict[str | None, tuple[str, ...]] = {None: tuple(c.id for c in plan.chapters)}
    children.update({h.id: tuple(section.id for section in h.sections) for h in headings})
    placements = {heading.id: tuple(map(_placed, heading.measures)) for heading in headings}
    return Records(
        edition=_edition(plan.head),
        ministries={ministry.id: _ministry(ministry) for ministry in plan.ministries},
        sections={heading.id: _section(heading) for heading in headings},
        measures={measure.id: _clauses(measure, ids) for measure in plan.measures},
        children=_filled(children),
        placements=_filled(placements),
        bodies=_bodies(headings, {measure.id: measure for measure in plan.measures}),
    )


def _headings(headings: tuple[Chapter, ...] | tuple[Section, ...]) -> Iterator[Chapter | Section]:
    for heading in headings:
        yield heading
        yield from _headings(heading.sections)


def _edition(head: PlanHead) -> Fields:
    edition = head.edition.model_dump(mode="json", include={"stage", "label", "decided_on"})
    basis = head.basis.model_dump(mode="json")
    publication = head.publication.model_dump(mode="json") if head.publication else {}
    return {
        "series": head.series,
        "title": head.title,
        "subtitle": head.subtitle,
        **edition,
        **{f"basis.{field}": value for field, value in basis.items()},
        **{f"publication.{field}": publication.get(field) for field in Publication.model_fields},
    }


def _ministry(ministry: Ministry) -> Fields:
    fields = ministry.model_dump(mode="json", exclude={"id"})
    return {**fields, "succeeds": ministry.succeeds}


def _section(heading: Chapter | Section) -> Fields:
    return {
        "kind": heading.kind,
        "title": heading.title,
        "measures_label": heading.measures_label,
    }


def _placed(placement: str | Reprint) -> PlacedMeasure:
    if isinstance(placement, Reprint):
        return PlacedMeasure(placement.reprint, reprint=True)
    return PlacedMeasure(placement, reprint=False)


def _clauses(measure: Measure, ids: Mapping[str, str]) -> tuple[ClauseRecord, ...]:
    return tuple(_clause(clause, ids) for clause in measure.parts)


def _clause(clause: Clause, ids: Mapping[str, str]) -> ClauseRecord:
    assignments = tuple(AssignmentRecord(ids[a.ministry], a.role) for a in clause.assignments)
    return ClauseRecord(join_strings(clause.text), assignments)


def _bodies(
    headings: tuple[Chapter | Section, ...], measures: Mapping[str, Measure]
) -> dict[str, tuple[ParagraphRecord, ...]]:
    bodies: dict[str, tuple[ParagraphRecord, ...]] = {}
    for heading in headings:
        bodies[heading.id] = _paragraphs(heading.body)
        for placement in heading.measures:
            if isinstance(placement, str):
                bodies[placement] = _paragraphs(measures[placement].body)
    return _filled(bodies)


def _paragraphs(body: tuple[Paragraph, ...]) -> tuple[ParagraphRecord, ...]:
    return tuple(ParagraphRecord(p.id, p.marker, join_strings(p.text)) for p in body)


def _filled(lists: Mapping[K, tuple[T, ...]]) -> dict[K, tuple[T, ...]]:
    return {parent: entries for parent, entries in lists.items() if entries}


def is_plain(text: Runs) -> bool:
    """Returns whether a text is one string, without references or footnotes."""
    return len(text) == 1 and isinstance(text[0], str)


def runs_json(text: Runs) -> DetailValue:
    """Returns a text as the plan's files write it: strings, ``{ref: …}``, ``{footnote: …}``."""
    return tuple(run if isinstance(run, str) else run.model_dump() for run in text)


def parse_runs(value: Sequence[str | Mapping[str, str]]) -> Runs:
    """Returns the text that ``runs_json`` gave."""
    return tuple(_run_from(run) for run in value)


def assignment_json(
    assignment: AssignmentRecord, names: Mapping[str, str]
) -> dict[str, DetailValue]:
    """Returns an assignment with the ministry's printed name, id and role."""
    return {
        "ministry": names[assignment.ministry],
        "ministry_id": assignment.ministry,
        "role": assignment.role,
    }


def parse_assignment(value: Mapping[str, Any]) -> AssignmentRecord:
    """Returns the assignment that ``assignment_json`` gave."""
    return AssignmentRecord(value["ministry_id"], value["role"])


def clauses_json(clauses: tuple[ClauseRecord, ...], names: Mapping[str, str]) -> DetailValue:
    """Returns a measure's clauses, each with ``text`` (runs) and ``assignments``."""
    return tuple(
        {
            "text": runs_json(clause.text),
            "assignments": tuple(assignment_json(a, names) for a in clause.assignments),
        }
        for clause in clauses
    )


def parse_clauses(value: Sequence[Mapping[str, Any]]) -> tuple[ClauseRecord, ...]:
    """Returns the clauses that ``clauses_json`` gave."""
    return tuple(
        ClauseRecord(
            parse_runs(clause["text"]), tuple(map(parse_assignment, clause["assignments"]))
        )
        for clause in value
    )


def paragraph_json(paragraph: ParagraphRecord) -> Detail:
    """Returns what a paragraph holds besides its id: ``marker`` and ``runs``."""
    return {"marker": paragraph.marker, "runs": runs_json(paragraph.text)}


def parse_paragraph(id: str | None, value: Mapping[str, Any]) -> ParagraphRecord:
    """Returns the paragraph of which ``paragraph_json`` gave the content."""
    return ParagraphRecord(id, value["marker"], parse_runs(value["runs"]))


def _run_from(run: str | Mapping[str, str]) -> str | Ref | Footnote:
    if isinstance(run, str):
        return run
    return Ref(ref=run["ref"]) if "ref" in run else Footnote(footnote=run["footnote"])
