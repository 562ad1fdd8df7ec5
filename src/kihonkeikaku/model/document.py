"""The numbered tree that all outputs share, made of a plan by ``numbering.number``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from kihonkeikaku.model.body_lines import Container, LineMarker
from kihonkeikaku.model.inlines import (
    CellBreakRun,
    FootnoteRun,
    Inline,
    NumberedClause,
    plain_clauses,
)
from kihonkeikaku.model.outline import OutlineKind
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.model.plan_head import PlanHead, Stage
from kihonkeikaku.text.dates import format_wareki

STAGE_SUFFIX: Final[dict[Stage, str]] = {
    "骨子": "骨子",
    "素案": "（素案）",
    "案": "（案）",
    "決定": "",
}


@dataclass(frozen=True, slots=True)
class NumberedParagraph:
    """A line of a body, with the marks that it prints around its text: see ``BodyLine``.

    ``label`` is the number of an item, and ``number`` the whole of it: 「第3章第1節(1)①a」.
    """

    id: str | None
    marker: LineMarker
    opening: str
    clause: NumberedClause
    closing: str
    citation: str
    label: str = ""
    number: str | None = None
    within: tuple[Container, ...] = ()
    opens: int = 0
    columns: tuple[str | None, ...] = ()
    figure: tuple[str, str] | None = None

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """The text, run by run."""
        return self.clause.inlines

    @property
    def cells(self) -> list[tuple[Inline, ...]]:
        """The cells of a table's row, run by run."""
        cells: list[tuple[Inline, ...]] = [()]
        for inline in self.inlines:
            if isinstance(inline, CellBreakRun):
                cells.append(())
            else:
                cells[-1] += (inline,)
        return cells

    @property
    def text(self) -> str:
        """As printed."""
        return self.label + self.opening + self.clause.text + self.closing


@dataclass(frozen=True, slots=True)
class NumberedMeasure:
    """A measure where it is printed: in its own place, or as a reprint.

    ``label`` is 「①」, ``number`` 「第3章第1節(1)①」. ``anchor`` is unique in the document.
    """

    measure: str
    anchor: str
    reprint: bool
    label: str
    number: str
    title: str | None
    clauses: tuple[NumberedClause, ...]
    body: tuple[NumberedParagraph, ...]
    sections: tuple["NumberedHeading", ...] = ()

    @property
    def text(self) -> str:
        """As printed, without the paragraphs that follow it."""
        return self.label + "".join(clause.text for clause in self.clauses)

    @property
    def later_assignments(self) -> NumberedClause | None:
        """The clause whose 【】 is printed after the body, if there is one."""
        last = self.clauses[-1]
        return last if last.assigned_later and last.assignments_text else None

    @property
    def lines_text(self) -> tuple[str, ...]:
        """As printed, line by line, with all that stands below it but its sections."""
        later = self.later_assignments
        after = (later.assignments_text,) if later else ()
        return (self.text, *(paragraph.text for paragraph in self.body), *after)

    @property
    def bearing_clauses(self) -> tuple[NumberedClause, ...]:
        """All clauses that name ministries, those of its items too."""
        return (*self.clauses, *(line.clause for line in self.body if line.marker == "item"))


@dataclass(frozen=True, slots=True)
class NumberedHeading:
    """A chapter or section with its number.

    ``label`` is 「第1節」 (empty where the kind prints none), ``number`` 「第3章第1節」, made of
    the labels down to here. ``citation`` is what a reference prints: like ``number``, but naming
    topics, which have no number, by their title. ``level`` is 1 for chapters.
    """

    id: str
    kind: OutlineKind
    level: int
    label: str
    title: str
    number: str
    citation: str
    body: tuple[NumberedParagraph, ...]
    measures_label: str | None
    measures: tuple[NumberedMeasure, ...]
    sections: tuple["NumberedHeading", ...]
    notes: tuple[FootnoteRun, ...] = ()

    @property
    def brackets(self) -> tuple[str, str]:
        """What the kind prints around the title."""
        return self.kind.brackets

    @property
    def printed_title(self) -> str:
        """The title with its brackets."""
        opening, closing = self.brackets
        return opening + self.title + closing

    def contents_below(self) -> list["NumberedHeading"]:
        """Returns the nearest headings below it that the table of contents lists."""
        found: list[NumberedHeading] = []
        inside = [section for measure in self.measures for section in measure.sections]
        for section in (*inside, *self.sections):
            found += [section] if section.kind.contents else section.contents_below()
        return found

    @property
    def text(self) -> str:
        """The heading's line as printed."""
        gap = "　" if self.label else ""
        return self.label + gap + self.printed_title


LineKind = Literal[
    "front", "heading", "paragraph", "measures-label", "measure", "assignments", "footnote"
]
"""``front`` lines precede the chapters; ``measures-label`` is 【具体的な取組例】. A ``paragraph``
is any line of a body. ``assignments`` is a measure's 【】 where it stands after the body."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One printed line.

    ``variant`` is a heading's kind, a paragraph's marker, ``measure`` or ``reprint``, or the name
    of a front line. ``parent`` is the id of the heading or measure that the line belongs to, None
    for chapters and front lines. ``index`` counts from 0 among the lines of its kind under the
    parent. ``level`` is the depth of a heading, else 0.

    ``label`` is the number that the line prints: 「第1節」, 「①」, 「（注1）」. ``clauses`` are the
    content, printed between the marks ``opening`` and ``closing``; only a measure's clauses have
    assignments. ``number`` is the whole number, None where there is none. ``citation`` is how a
    person cites the line: 「第1章の第2項目」.
    """

    kind: LineKind
    variant: str
    id: str | None
    anchor: str | None
    parent: str | None
    index: int
    clauses: tuple[NumberedClause, ...]
    citation: str
    level: int = 0
    number: str | None = None
    label: str = ""
    opening: str = ""
    closing: str = ""

    @property
    def gap(self) -> str:
        """What is printed between the label and the rest."""
        return "　" if self.label and self.kind in ("heading", "footnote") else ""

    @property
    def body(self) -> str:
        """The line as printed, without its label."""
        return self.opening + "".join(clause.text for clause in self.clauses) + self.closing

    @property
    def text(self) -> str:
        """The line as printed."""
        return self.label + self.gap + self.body


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
    def contents_title(self) -> str:
        """The heading of the table of contents."""
        publication = self.head.publication
        return publication.contents_title if publication else "目次"

    @property
    def date_line(self) -> str | None:
        """「令和7年12月23日　閣議決定」 for a decided edition, else its date, else nothing."""
        edition = self.head.edition
        if edition.decided_on:
            return f"{format_wareki(edition.decided_on)}　{edition.decided_by or '閣議決定'}"
        return format_wareki(edition.dated) if edition.dated else None

    def headings(self) -> Iterator[NumberedHeading]:
        """All headings in order of print, those inside measures too."""
        pending = list(reversed(self.chapters))
        while pending:
            heading = pending.pop()
            yield heading
            pending.extend(reversed(heading.sections))
            for measure in reversed(heading.measures):
                pending.extend(reversed(measure.sections))

    def measures(self) -> Iterator[NumberedMeasure]:
        """All measures where they are printed, reprints too, in order of print."""
        for heading in self.headings():
            yield from heading.measures

    def originals(self) -> dict[str, NumberedMeasure]:
        """Returns each measure where it is printed first, not as a reprint, by its id."""
        return {measure.measure: measure for measure in self.measures() if not measure.reprint}

    def first_reprints(self) -> dict[str, NumberedMeasure]:
        """Returns the first reprint of each measure that has one, by the measure's id."""
        reprints: dict[str, NumberedMeasure] = {}
        for measure in self.measures():
            if measure.reprint:
                reprints.setdefault(measure.measure, measure)
        return reprints

    def lines(self) -> Iterator[DocumentLine]:
        """All lines in order of print: title and subtitle, then each chapter with its footnotes."""
        yield from _front_lines(self)
        for index, chapter in enumerate(self.chapters):
            yield from _heading_lines(chapter, None, index)
            for at, note in enumerate(chapter.notes):
                yield _footnote_line(note, chapter, at)

    def blocks(self) -> Iterator[str]:
        """The text of the chapters, line by line: what every output must say."""
        return (line.text for line in self.lines() if line.kind != "front")


def _front_lines(document: Document) -> Iterator[DocumentLine]:
    head = document.head
    fronts = {
        "title": plain_clauses(head.title) + plain_clauses(document.suffix),
        "subtitle": plain_clauses(head.subtitle or ""),
        "edition-label": plain_clauses(head.edition.label or ""),
    }
    for index, (variant, clauses) in enumerate(fronts.items()):
        if clauses:
            yield DocumentLine("front", variant, None, None, None, index, clauses, variant)


def _heading_lines(
    heading: NumberedHeading, parent: str | None, index: int
) -> Iterator[DocumentLine]:
    opening, closing = heading.brackets
    yield DocumentLine(
        "heading",
        heading.kind.kind,
        heading.id,
        heading.id,
        parent,
        index,
        plain_clauses(heading.title),
        heading.citation,
        level=heading.level,
        number=heading.number or None,  # a preface has none
        label=heading.label,
        opening=opening,
        closing=closing,
    )
    yield from _paragraph_lines(heading.body, heading.id)
    if heading.measures_label:
        yield DocumentLine(
            "measures-label",
            "measures-label",
            None,
            None,
            heading.id,
            0,
            plain_clauses(heading.measures_label),
            f"{heading.citation}の【{heading.measures_label}】",
            opening="【",
            closing="】",
        )
    for at, measure in enumerate(heading.measures):
        yield from _measure_lines(measure, heading, at)
    for at, section in enumerate(heading.sections):
        yield from _heading_lines(section, heading.id, at)


def _paragraph_lines(body: tuple[NumberedParagraph, ...], parent: str) -> Iterator[DocumentLine]:
    for index, paragraph in enumerate(body):
        yield DocumentLine(
            "paragraph",
            paragraph.marker,
            paragraph.id,
            paragraph.id,
            parent,
            index,
            (paragraph.clause,),
            paragraph.citation,
            number=paragraph.number,
            label=paragraph.label,
            opening=paragraph.opening,
            closing=paragraph.closing,
        )


def _measure_lines(
    measure: NumberedMeasure, heading: NumberedHeading, index: int
) -> Iterator[DocumentLine]:
    citation = heading.citation + measure.label
    yield DocumentLine(
        "measure",
        "reprint" if measure.reprint else "measure",
        measure.measure,
        measure.anchor,
        heading.id,
        index,
        measure.clauses,
        citation,
        number=measure.number,
        label=measure.label,
    )
    yield from _paragraph_lines(measure.body, measure.measure)
    if later := measure.later_assignments:
        yield DocumentLine(
            "assignments",
            "assignments",
            None,
            None,
            measure.measure,
            0,
            (replace(later, inlines=(), reprinted=False, assigned_later=False),),
            citation + "の担当",
        )
    for at, section in enumerate(measure.sections):
        yield from _heading_lines(section, measure.measure, at)


def _footnote_line(note: FootnoteRun, chapter: NumberedHeading, index: int) -> DocumentLine:
    return DocumentLine(
        "footnote",
        "footnote",
        None,
        note.anchor,
        chapter.id,
        index,
        plain_clauses(note.body),
        chapter.citation + note.text,
        label=note.text,
    )
