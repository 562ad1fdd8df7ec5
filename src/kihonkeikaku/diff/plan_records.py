"""Plan → ``Records``: the content of a plan without its form in files; parts of it as JSON.

Two plans with equal records read the same. Left out are the edition's ``id``, ``dated`` and
``supersedes`` (they head a comparison), ``format`` and ``rules`` (they are about the files),
``revision/``, the order of the register, and whether a measure was written as ``text`` or as its
only clause.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeVar

from pydantic import TypeAdapter

from kihonkeikaku.diff.change import Detail, DetailValue
from kihonkeikaku.model.body_lines import BodyLine, LineMarker, body_lines
from kihonkeikaku.model.numbering import chapter_kinds
from kihonkeikaku.model.outline import OutlineKind
from kihonkeikaku.model.plan import (
    Chapter,
    Clause,
    Measure,
    Ministry,
    Plan,
    PrintedDeadline,
    Reprint,
    Section,
)
from kihonkeikaku.model.plan_head import Basis, PlanHead, Publication
from kihonkeikaku.model.values import CellBreak, Run, RunModel, Runs


def raw_text(text: Runs) -> str:
    """Returns a text to compare for similarity: references as ids, footnotes as texts."""
    return "".join(run if isinstance(run, str) else run.words for run in text)


def join_strings(runs: Runs) -> Runs:
    """Returns the runs with adjacent strings joined, since their division is no content."""
    joined: list[str | RunModel] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        else:
            joined.append(run)
    return tuple(joined)


K = TypeVar("K")
T = TypeVar("T")
Fields = Mapping[str, DetailValue]
"""The plain fields of one element."""


CLAUSE_FIELDS: Final = ("title", "deadline", "deadline_by")
"""The fields of a clause beside its text and 【】."""

LINE_FIELDS: Final = (
    *("label", "within", "opens", "columns", "figure_file", "figure_alt"),
    *("assignments", "deadline", "deadline_by"),
)
"""The fields of a body's line beside its id, marker and text."""


@dataclass(frozen=True, slots=True)
class AssignmentRecord:
    """One ministry inside 【】, by id, so that a new name changes no measure."""

    ministry: str
    role: Literal["lead"] | None


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A part of a measure's text and its 【】.

    ``fields`` are the measure's own, and stand with its last clause: whether the text is a
    ``title``, and the ``deadline`` in words and as a date.
    """

    text: Runs
    assignments: tuple[AssignmentRecord, ...]
    fields: Fields


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One line of a body: see ``BodyLine``. ``fields`` are all but its id, marker and text."""

    id: str | None
    marker: LineMarker
    text: Runs
    fields: Fields = field(default_factory=lambda: dict.fromkeys(LINE_FIELDS))


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
    headings = tuple(_headings((*plan.chapters, *(s for m in plan.measures for s in m.sections))))
    kinds = chapter_kinds(plan)
    children: dict[str | None, tuple[str, ...]] = {None: tuple(c.id for c in plan.chapters)}
    for parent in (*headings, *plan.measures):
        children[parent.id] = tuple(section.id for section in parent.sections)
    placements = {heading.id: tuple(map(_placed, heading.measures)) for heading in headings}
    return Records(
        edition=_edition(plan.head),
        ministries={ministry.id: _ministry(ministry) for ministry in plan.ministries},
        sections={heading.id: _section(heading, kinds.get(heading.id)) for heading in headings},
        measures={measure.id: _clauses(measure, ids) for measure in plan.measures},
        children=_filled(children),
        placements=_filled(placements),
        bodies=_filled({owner.id: _body(owner, ids) for owner in (*headings, *plan.measures)}),
    )


def _headings(headings: Iterable[Chapter | Section]) -> Iterator[Chapter | Section]:
    for heading in headings:
        yield heading
        yield from _headings(heading.sections)


def _edition(head: PlanHead) -> Fields:
    edition = head.edition.model_dump(
        mode="json", include={"stage", "label", "decided_on", "decided_by"}
    )
    publication = head.publication.model_dump(mode="json") if head.publication else {}
    return {
        "series": head.series,
        "title": head.title,
        "subtitle": head.subtitle,
        **edition,
        **_basis(head.basis),
        **{
            f"publication.{field}": publication.get(field)
            for field in Publication.model_fields
            if field != "base_url"  # where it is hosted is no part of an edition
        },
        "outline": tuple(kind.model_dump(mode="json") for kind in head.outline) or None,
        **{f"assignments.{name}": value for name, value in head.assignments.model_dump().items()},
        **{f"terms.{name}": value for name, value in head.terms.model_dump().items()},
    }


def _basis(bases: tuple[Basis, ...]) -> Fields:
    """Returns the fields of the first law, and all further laws as one field."""
    first = bases[0].model_dump(mode="json") if bases else {}
    further = tuple(basis.model_dump(mode="json") for basis in bases[1:])
    fields = {f"basis.{field}": first.get(field) for field in Basis.model_fields}
    return {**fields, "basis.further": further or None}


def _ministry(ministry: Ministry) -> Fields:
    fields = ministry.model_dump(mode="json", exclude={"id"})
    return {**fields, "succeeds": ministry.succeeds}


def _section(heading: Chapter | Section, chapter_kind: OutlineKind | None) -> Fields:
    """Returns a heading's fields: a chapter's kind is told by the outline, an annex has a label."""
    return {
        "kind": chapter_kind.kind if chapter_kind else heading.kind,
        "label": getattr(heading, "label", None),
        "title": heading.title,
        "measures_label": heading.measures_label,
    }


def _placed(placement: str | Reprint) -> PlacedMeasure:
    if isinstance(placement, Reprint):
        return PlacedMeasure(placement.reprint, reprint=True)
    return PlacedMeasure(placement, reprint=False)


def _clauses(measure: Measure, ids: Mapping[str, str]) -> tuple[ClauseRecord, ...]:
    *others, last = (_clause(clause, ids) for clause in measure.parts)
    fields = {**last.fields, "title": measure.title is not None or None}
    return (*others, replace(last, fields={**fields, **_deadline(measure.deadline)}))


def _clause(clause: Clause, ids: Mapping[str, str]) -> ClauseRecord:
    assignments = tuple(AssignmentRecord(ids[a.ministry], a.role) for a in clause.assignments)
    return ClauseRecord(join_strings(clause.text), assignments, dict.fromkeys(CLAUSE_FIELDS))


def _deadline(deadline: PrintedDeadline | None) -> Fields:
    by = deadline.by.isoformat() if deadline and deadline.by else None
    return {"deadline": deadline.text if deadline else None, "deadline_by": by}


def _body(
    owner: Chapter | Section | Measure, ids: Mapping[str, str]
) -> tuple[ParagraphRecord, ...]:
    return tuple(
        ParagraphRecord(line.id, line.marker, join_strings(line.text), _line_fields(line, ids))
        for line in body_lines(owner, ())
    )


_PLAIN_LINE: Final[Fields] = dict.fromkeys(LINE_FIELDS)


def _line_fields(line: BodyLine, ids: Mapping[str, str]) -> Fields:
    if not line.within and line.label is None:  # as nearly all are
        return _PLAIN_LINE
    file, alt = line.figure or (None, None)
    return {
        **_PLAIN_LINE,
        "label": line.label,
        "within": "/".join(line.within) or None,
        "opens": line.opens or None,
        "columns": line.columns or None,
        "figure_file": file,
        "figure_alt": alt,
        "assignments": tuple(
            {"ministry": ids[a.ministry], "role": a.role} for a in line.assignments
        )
        or None,
        **_deadline(line.deadline),
    }


def _filled(lists: Mapping[K, tuple[T, ...]]) -> dict[K, tuple[T, ...]]:
    return {parent: entries for parent, entries in lists.items() if entries}


def is_plain(text: Runs) -> bool:
    """Returns whether a text is one string, without references or footnotes."""
    return len(text) == 1 and isinstance(text[0], str)


def runs_json(text: Runs) -> DetailValue:
    """Returns a text as the plan's files write it; between cells stands ``{cell_break: true}``."""
    return tuple(run if isinstance(run, str) else _run_json(run) for run in text)


def _run_json(run: RunModel) -> DetailValue:
    with_defaults = isinstance(run, CellBreak)
    data: DetailValue = run.model_dump(
        mode="json", by_alias=True, exclude_defaults=not with_defaults
    )
    return data


def parse_runs(value: Sequence[str | Mapping[str, Any]]) -> Runs:
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
            **{name: value for name, value in clause.fields.items() if value is not None},
        }
        for clause in clauses
    )


def parse_clauses(value: Sequence[Mapping[str, Any]]) -> tuple[ClauseRecord, ...]:
    """Returns the clauses that ``clauses_json`` gave."""
    return tuple(
        ClauseRecord(
            parse_runs(clause["text"]),
            tuple(map(parse_assignment, clause["assignments"])),
            {name: clause.get(name) for name in CLAUSE_FIELDS},
        )
        for clause in value
    )


def paragraph_json(paragraph: ParagraphRecord) -> Detail:
    """Returns what a line of a body holds besides its id: ``marker``, ``runs``, other fields."""
    fields = {name: value for name, value in paragraph.fields.items() if value is not None}
    return {"marker": paragraph.marker, "runs": runs_json(paragraph.text), **fields}


def parse_paragraph(id: str | None, value: Mapping[str, Any]) -> ParagraphRecord:
    """Returns the paragraph of which ``paragraph_json`` gave the content."""
    fields = {name: parse_value(value.get(name)) for name in LINE_FIELDS}
    return ParagraphRecord(id, value["marker"], parse_runs(value["runs"]), fields)


def parse_value(value: Any) -> Any:
    """Returns a field's value as records hold it: JSON has lists for tuples."""
    return tuple(map(parse_value, value)) if isinstance(value, list) else value


_RUN: Final = TypeAdapter[str | RunModel](Run)


def _run_from(run: str | Mapping[str, Any]) -> str | RunModel:
    return CellBreak() if "cell_break" in run else _RUN.validate_python(run)
