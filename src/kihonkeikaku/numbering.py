"""Plan → ``Document``: the numbered tree that all outputs share.

The only place where numbers are made. A number is worked out here from the order of things,
stored nowhere, and never used to match one edition with another.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model import (
    Chapter,
    Clause,
    Footnote,
    Heading,
    Marker,
    Measure,
    Ministry,
    Paragraph,
    Plan,
    PlanHead,
    Ref,
    Reprint,
    Runs,
    Section,
    Stage,
)
from kihonkeikaku.wareki import wareki

CIRCLED_NUMBERS: Final = "".join(
    chr(first + offset)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for offset in range(count)
)
"""①–⑳, ㉑–㉟ and ㊱–㊿: Unicode has them in three blocks."""

STAGE_SUFFIX: Final[dict[Stage, str]] = {
    "骨子": "骨子",
    "素案": "（素案）",
    "案": "（案）",
    "決定": "",
}

REPRINT_MARK: Final = "【再掲】"
LEAD_MARK: Final = "◎"
_MARKER_BRACKETS: Final[dict[Marker, tuple[str, str]]] = {
    "bullet": ("・", ""),
    "note": ("（※", "）"),
    "legend": ("【", "】"),
    "plain": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A reference, resolved: ``text`` is the number of the element with anchor ``target``."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's mark, such as （注1）; its text stands at the end of the chapter."""

    text: str
    anchor: str
    body: str


Inline = Words | Link | Note


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A paragraph with the marks that it prints around its text."""

    id: str | None
    marker: Marker
    opening: str
    inlines: tuple[Inline, ...]
    closing: str

    @property
    def text(self) -> str:
        """As printed."""
        return self.opening + inline_text(self.inlines) + self.closing


@dataclass(frozen=True, slots=True)
class Assigned:
    """One ministry inside 【】, as printed, with what the register says of it."""

    ministry: Ministry
    lead: bool

    @property
    def text(self) -> str:
        """As printed."""
        return (LEAD_MARK if self.lead else "") + self.ministry.name


@dataclass(frozen=True, slots=True)
class NumberedClause:
    """A stretch of a measure and its 【】; ``reprinted`` prints 【再掲】 between the two."""

    inlines: tuple[Inline, ...]
    reprinted: bool
    assigned: tuple[Assigned, ...]

    @property
    def text(self) -> str:
        """As printed."""
        mark = REPRINT_MARK if self.reprinted else ""
        return inline_text(self.inlines) + mark + self.assigned_text

    @property
    def assigned_text(self) -> str:
        """The 【】, as printed; empty where no ministry is named."""
        return f"【{'、'.join(a.text for a in self.assigned)}】" if self.assigned else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A measure where it is printed: in its own place, or as a reprint.

    ``label`` is 「①」, ``number`` 「第3章第1節(1)①」. ``anchor`` is unique in the document.
    """

    measure: str
    anchor: str
    reprint: bool
    label: str
    number: str
    clauses: tuple[NumberedClause, ...]
    body: tuple[NumberedParagraph, ...]

    @property
    def text(self) -> str:
        """As printed, without the paragraphs that follow it."""
        return self.label + "".join(clause.text for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """A chapter or section with its number.

    ``label`` is 「第1節」 (empty where the kind prints none), ``number`` 「第3章第1節」, made of
    the labels down to here. ``citation`` is what a reference prints: like ``number``, but naming
    topics, which have no number, by their title. ``level`` is 1 for chapters.
    """

    id: str
    kind: str
    level: int
    label: str
    title: str
    number: str
    citation: str
    body: tuple[NumberedParagraph, ...]
    measures_label: str | None
    items: tuple[Item, ...]
    sections: tuple["NumberedHeading", ...]
    notes: tuple[Note, ...] = ()

    @property
    def printed_title(self) -> str:
        """The title with the brackets that the kind prints."""
        return f"（{self.title}）" if self.kind == "topic" else self.title

    @property
    def text(self) -> str:
        """The heading's line as printed."""
        gap = "　" if self.label else ""
        return self.label + gap + self.printed_title


@dataclass(frozen=True, slots=True)
class Document:
    """A plan, numbered."""

    head: PlanHead
    chapters: tuple[NumberedHeading, ...]
    ministries: tuple[Ministry, ...]

    @property
    def suffix(self) -> str:
        """What the stage adds to the title: 「骨子」, 「（案）」, or nothing."""
        return STAGE_SUFFIX[self.head.edition.stage]

    @property
    def book_title(self) -> str:
        """The title with its suffix, as on the cover."""
        return self.head.title + self.suffix

    @property
    def date_line(self) -> str | None:
        """「令和7年12月23日　閣議決定」 for a decided edition, else its date, else nothing."""
        edition = self.head.edition
        if edition.decided_on:
            return wareki(edition.decided_on) + "　閣議決定"
        return wareki(edition.dated) if edition.dated else None

    def headings(self) -> Iterator[NumberedHeading]:
        """All headings in order of print."""
        pending = list(reversed(self.chapters))
        while pending:
            heading = pending.pop()
            yield heading
            pending.extend(reversed(heading.sections))

    def items(self) -> Iterator[Item]:
        """All items, reprints too, in order of print."""
        for heading in self.headings():
            yield from heading.items

    def blocks(self) -> Iterator[str]:
        """The body's text, block by block in order of print: what every output must say."""
        for chapter in self.chapters:
            yield from _blocks(chapter)
            yield from (note.text + "　" + note.body for note in chapter.notes)


def _blocks(heading: NumberedHeading) -> Iterator[str]:
    yield heading.text
    yield from (paragraph.text for paragraph in heading.body)
    if heading.measures_label:
        yield f"【{heading.measures_label}】"
    for item in heading.items:
        yield item.text
        yield from (paragraph.text for paragraph in item.body)
    for section in heading.sections:
        yield from _blocks(section)


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs as printed."""
    if len(inlines) == 1:  # as nearly all have
        return inlines[0].text
    return "".join(inline.text for inline in inlines)


def circled(number: int) -> str:
    """Returns ①, ② … for 1–50; beyond, where Unicode has none, 「(51)」."""
    return CIRCLED_NUMBERS[number - 1] if number <= len(CIRCLED_NUMBERS) else f"({number})"


def number(plan: Plan) -> Document:
    """Numbers a plan that has passed validation.

    Raises:
        KeyError: a reference, placement or ministry leads nowhere; validation finds these.
    """
    citations = _Citations(plan)
    printer = _Printer(plan, citations)
    return Document(
        head=plan.head,
        chapters=tuple(printer.chapter(chapter) for chapter in plan.chapters),
        ministries=plan.ministries,
    )


class _Citations:
    """First walk: the labels, numbers and citations of everything that has an id."""

    def __init__(self, plan: Plan) -> None:
        self.label: dict[str, str] = {}
        self.number: dict[str, str] = {}
        self.citation: dict[str, str] = {}
        appendices = sum(chapter.kind == "appendix" for chapter in plan.chapters)
        counts: dict[str, int] = {}
        for chapter in plan.chapters:
            counts[chapter.kind] = counts.get(chapter.kind, 0) + 1
            label = _chapter_label(chapter, counts[chapter.kind], appendices)
            self._enter(chapter, label, "", "", label or chapter.title)
        for measure in plan.measures:
            self._enter_body(measure.body, self.citation[measure.id])

    def _enter(self, heading: Heading, label: str, above: str, cited_above: str, name: str) -> None:
        self.label[heading.id] = label
        self.number[heading.id] = above + label
        self.citation[heading.id] = cited_above + name
        self._enter_body(heading.body, self.citation[heading.id])
        for index, placement in enumerate(heading.measures, start=1):
            if isinstance(placement, str):
                self.label[placement] = circled(index)
                self.number[placement] = self.number[heading.id] + circled(index)
                self.citation[placement] = self.citation[heading.id] + circled(index)
        counts: dict[str, int] = {}
        for section in heading.sections:
            counts[section.kind] = counts.get(section.kind, 0) + 1
            label = _section_label(section, counts[section.kind])
            name = label or f"（{section.title}）"
            self._enter(section, label, self.number[heading.id], self.citation[heading.id], name)

    def _enter_body(self, body: tuple[Paragraph, ...], above: str) -> None:
        for index, paragraph in enumerate(body, start=1):
            if paragraph.id:
                self.citation[paragraph.id] = f"{above}の第{index}項目"


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


class _Printer:
    """Second walk: the tree, with every number and reference filled in."""

    def __init__(self, plan: Plan, citations: _Citations) -> None:
        self._citations = citations
        self._measures = {measure.id: measure for measure in plan.measures}
        # One of each: thousands of assignments are much the same.
        self._assigned = {
            ministry.name: {lead: Assigned(ministry, lead) for lead in (False, True)}
            for ministry in plan.ministries
        }
        self._notes: list[Note] = []
        self._note_count = 0

    def chapter(self, chapter: Chapter) -> NumberedHeading:
        self._notes = []
        return self._heading(chapter, chapter.kind, level=1)

    def _heading(self, heading: Heading, kind: str, level: int) -> NumberedHeading:
        body = self._paragraphs(heading.body)
        items = tuple(
            self._item(heading, placement, index)
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
            items=items,
            sections=sections,
            notes=tuple(self._notes) if level == 1 else (),
        )

    def _item(self, heading: Heading, placement: str | Reprint, index: int) -> Item:
        reprint = isinstance(placement, Reprint)
        measure = self._measures[placement.reprint if isinstance(placement, Reprint) else placement]
        return Item(
            measure=measure.id,
            # Two hyphens: no identifier has them, so no anchor meets another.
            anchor=f"{heading.id}--{measure.id}" if reprint else measure.id,
            reprint=reprint,
            label=circled(index),
            number=self._citations.number[heading.id] + circled(index),
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
        assigned = tuple(
            self._assigned[assignment.ministry][assignment.role == "lead"]
            for assignment in clause.assignments
        )
        return NumberedClause(self._inlines(clause.text), reprinted, assigned)

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
            return Words(run)
        if isinstance(run, Ref):
            return Link(self._citations.citation[run.ref], run.ref)
        self._note_count += 1
        note = Note(f"（注{self._note_count}）", f"note--{self._note_count}", run.footnote)
        self._notes.append(note)
        return note
