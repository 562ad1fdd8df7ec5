"""Plan → ``Document``: the numbered tree that all outputs share.

The only place where numbers are made. A number is computed from the order of the elements, stored
nowhere, and never used to match one edition with another.
"""

from typing import Final

from kihonkeikaku.model.document import (
    Document,
    FootnoteRun,
    Inline,
    NumberedAssignment,
    NumberedClause,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
    ReferenceRun,
    TextRun,
    paragraph_citation,
)
from kihonkeikaku.model.plan import Chapter, Clause, Heading, Measure, Plan, Reprint, Section
from kihonkeikaku.model.values import Footnote, Marker, Paragraph, Ref, Runs

CIRCLED_NUMBERS: Final = "".join(
    chr(first + offset)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for offset in range(count)
)
"""①–⑳, ㉑–㉟ and ㊱–㊿: Unicode has them in three blocks."""

_MARKER_BRACKETS: Final[dict[Marker, tuple[str, str]]] = {
    "bullet": ("・", ""),
    "note": ("（※", "）"),
    "legend": ("【", "】"),
    "plain": ("", ""),
}


def circled_number(number: int) -> str:
    """Returns ①, ② … for 1–50; beyond, where Unicode has none, 「(51)」."""
    return CIRCLED_NUMBERS[number - 1] if number <= len(CIRCLED_NUMBERS) else f"({number})"


def number(plan: Plan) -> Document:
    """Numbers a plan that has passed validation.

    Raises:
        KeyError: a reference, placement or ministry does not exist; validation finds these.
    """
    citations = _Citations(plan)
    numberer = _Numberer(plan, citations)
    return Document(
        head=plan.head,
        chapters=tuple(numberer.chapter(chapter) for chapter in plan.chapters),
        ministries=plan.ministries,
    )


class _Citations:
    """First pass: the labels, numbers and citations of everything that has an id."""

    def __init__(self, plan: Plan) -> None:
        self.label: dict[str, str] = {}
        self.number: dict[str, str] = {}
        self.citation: dict[str, str] = {}
        appendices = sum(chapter.kind == "appendix" for chapter in plan.chapters)
        counts: dict[str, int] = {}
        for chapter in plan.chapters:
            counts[chapter.kind] = counts.get(chapter.kind, 0) + 1
            label = _chapter_label(chapter, counts[chapter.kind], appendices)
            self._add(chapter, label, "", "", label or chapter.title)
        for measure in plan.measures:
            self._add_body(measure.body, self.citation[measure.id])

    def _add(self, heading: Heading, label: str, above: str, cited_above: str, name: str) -> None:
        self.label[heading.id] = label
        self.number[heading.id] = above + label
        self.citation[heading.id] = cited_above + name
        self._add_body(heading.body, self.citation[heading.id])
        for index, placement in enumerate(heading.measures, start=1):
            if isinstance(placement, str):
                self.label[placement] = circled_number(index)
                self.number[placement] = self.number[heading.id] + circled_number(index)
                self.citation[placement] = self.citation[heading.id] + circled_number(index)
        counts: dict[str, int] = {}
        for section in heading.sections:
            counts[section.kind] = counts.get(section.kind, 0) + 1
            label = _section_label(section, counts[section.kind])
            name = label or f"（{section.title}）"
            self._add(section, label, self.number[heading.id], self.citation[heading.id], name)

    def _add_body(self, body: tuple[Paragraph, ...], above: str) -> None:
        for index, paragraph in enumerate(body):
            if paragraph.id:
                self.citation[paragraph.id] = paragraph_citation(above, index)


def _chapter_label(chapter: Chapter, count: int, appendices: int) -> str:
    if chapter.kind == "chapter":
        return f"第{count}章"
    if chapter.kind == "appendix":
        return f"別紙{count}" if appendices > 1 else "別紙"
    return ""


def _section_label(section: Section, count: int) -> str:
    return {"section": f"第{count}節", "group": f"({count})", "policy": f"{count}.", "topic": ""}[
        section.kind
    ]


class _Numberer:
    """Second pass: the tree, with every number and reference filled in."""

    def __init__(self, plan: Plan, citations: _Citations) -> None:
        self._citations = citations
        self._measures = {measure.id: measure for measure in plan.measures}
        # One of each: thousands of assignments are much the same.
        self._assignments = {
            ministry.name: {lead: NumberedAssignment(ministry, lead) for lead in (False, True)}
            for ministry in plan.ministries
        }
        self._notes: list[FootnoteRun] = []
        self._note_count = 0

    def chapter(self, chapter: Chapter) -> NumberedHeading:
        self._notes = []
        return self._heading(chapter, chapter.kind, level=1)

    def _heading(self, heading: Heading, kind: str, level: int) -> NumberedHeading:
        body = self._paragraphs(heading.body)
        measures = tuple(
            self._measure(heading, placement, index)
            for index, placement in enumerate(heading.measures, start=1)
        )
        sections = tuple(self._heading(s, s.kind, level + 1) for s in heading.sections)
        return NumberedHeading(
            id=heading.id,
            kind=kind,
            level=level,
            label=self._citations.label[heading.id],
            title=heading.title,
            number=self._citations.number[heading.id],
            citation=self._citations.citation[heading.id],
            body=body,
            measures_label=heading.measures_label,
            measures=measures,
            sections=sections,
            notes=tuple(self._notes) if level == 1 else (),
        )

    def _measure(self, heading: Heading, placement: str | Reprint, index: int) -> NumberedMeasure:
        reprint = isinstance(placement, Reprint)
        measure = self._measures[placement.reprint if isinstance(placement, Reprint) else placement]
        return NumberedMeasure(
            measure=measure.id,
            # Two hyphens: no identifier has them, so no anchor meets another.
            anchor=f"{heading.id}--{measure.id}" if reprint else measure.id,
            reprint=reprint,
            label=circled_number(index),
            number=self._citations.number[heading.id] + circled_number(index),
            clauses=self._clauses(measure, reprint),
            body=() if reprint else self._paragraphs(measure.body),
        )

    def _clauses(self, measure: Measure, reprint: bool) -> tuple[NumberedClause, ...]:
        last = len(measure.parts) - 1
        return tuple(
            self._clause(clause, reprinted=reprint and index == last)
            for index, clause in enumerate(measure.parts)
        )

    def _clause(self, clause: Clause, *, reprinted: bool) -> NumberedClause:
        assignments = tuple(
            self._assignments[assignment.ministry][assignment.role == "lead"]
            for assignment in clause.assignments
        )
        return NumberedClause(self._inlines(clause.text), reprinted, assignments)

    def _paragraphs(self, body: tuple[Paragraph, ...]) -> tuple[NumberedParagraph, ...]:
        return tuple(self._paragraph(paragraph) for paragraph in body)

    def _paragraph(self, paragraph: Paragraph) -> NumberedParagraph:
        opening, closing = _MARKER_BRACKETS[paragraph.marker]
        inlines = self._inlines(paragraph.text)
        return NumberedParagraph(paragraph.id, paragraph.marker, opening, inlines, closing)

    def _inlines(self, runs: Runs) -> tuple[Inline, ...]:
        return tuple(self._inline(run) for run in runs)

    def _inline(self, run: str | Ref | Footnote) -> Inline:
        if isinstance(run, str):
            return TextRun(run)
        if isinstance(run, Ref):
            return ReferenceRun(self._citations.citation[run.ref], run.ref)
        self._note_count += 1
        note = FootnoteRun(f"（注{self._note_count}）", f"note--{self._note_count}", run.footnote)
        self._notes.append(note)
        return note
