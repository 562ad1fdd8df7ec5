"""The numbered tree that all outputs share, made of a plan by ``numbering.number``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku.model.plan import Ministry, PlanHead, Stage
from kihonkeikaku.model.values import Marker
from kihonkeikaku.text.dates import format_wareki

STAGE_SUFFIX: Final[dict[Stage, str]] = {
    "骨子": "骨子",
    "素案": "（素案）",
    "案": "（案）",
    "決定": "",
}

REPRINT_MARK: Final = "【再掲】"

LEAD_MARK: Final = "◎"


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class ReferenceRun:
    """A reference, resolved: ``text`` is the number of the element with anchor ``target``."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class FootnoteRun:
    """A footnote's mark, such as （注1）; its text stands at the end of the chapter."""

    text: str
    anchor: str
    body: str


Inline = TextRun | ReferenceRun | FootnoteRun


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
class NumberedAssignment:
    """One ministry inside 【】, as printed, with its entry in the register."""

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
    assignments: tuple[NumberedAssignment, ...]

    @property
    def text(self) -> str:
        """As printed."""
        mark = REPRINT_MARK if self.reprinted else ""
        return inline_text(self.inlines) + mark + self.assignments_text

    @property
    def assignments_text(self) -> str:
        """The 【】, as printed; empty where no ministry is named."""
        return f"【{'、'.join(a.text for a in self.assignments)}】" if self.assignments else ""


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
    measures: tuple[NumberedMeasure, ...]
    sections: tuple["NumberedHeading", ...]
    notes: tuple[FootnoteRun, ...] = ()

    @property
    def brackets(self) -> tuple[str, str]:
        """What the kind prints around the title."""
        return ("（", "）") if self.kind == "topic" else ("", "")

    @property
    def printed_title(self) -> str:
        """The title with its brackets."""
        opening, closing = self.brackets
        return opening + self.title + closing

    @property
    def text(self) -> str:
        """The heading's line as printed."""
        gap = "　" if self.label else ""
        return self.label + gap + self.printed_title


LineKind = Literal["front", "heading", "paragraph", "measures-label", "measure", "footnote"]
"""``front`` lines precede the chapters; ``measures-label`` is 【具体的な取組例】."""


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
        return "　" if self.label and self.kind != "measure" else ""

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
            return format_wareki(edition.decided_on) + "　閣議決定"
        return format_wareki(edition.dated) if edition.dated else None

    def headings(self) -> Iterator[NumberedHeading]:
        """All headings in order of print."""
        pending = list(reversed(self.chapters))
        while pending:
            heading = pending.pop()
            yield heading
            pending.extend(reversed(heading.sections))

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


def paragraph_citation(above: str, index: int) -> str:
    """Returns how a paragraph is cited, which has no number: by its index, from 0, in a body."""
    return f"{above}の第{index + 1}項目"


def _plain_clauses(text: str) -> tuple[NumberedClause, ...]:
    return (NumberedClause((TextRun(text),), reprinted=False, assignments=()),) if text else ()


def _front_lines(document: Document) -> Iterator[DocumentLine]:
    head = document.head
    fronts = {
        "title": _plain_clauses(head.title) + _plain_clauses(document.suffix),
        "subtitle": _plain_clauses(head.subtitle or ""),
        "edition-label": _plain_clauses(head.edition.label or ""),
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
        heading.kind,
        heading.id,
        heading.id,
        parent,
        index,
        _plain_clauses(heading.title),
        heading.citation,
        level=heading.level,
        number=heading.number or None,  # a preface has none
        label=heading.label,
        opening=opening,
        closing=closing,
    )
    yield from _paragraph_lines(heading.body, heading.id, heading.citation)
    if heading.measures_label:
        yield DocumentLine(
            "measures-label",
            "measures-label",
            None,
            None,
            heading.id,
            0,
            _plain_clauses(heading.measures_label),
            f"{heading.citation}の【{heading.measures_label}】",
            opening="【",
            closing="】",
        )
    for at, measure in enumerate(heading.measures):
        yield from _measure_lines(measure, heading, at)
    for at, section in enumerate(heading.sections):
        yield from _heading_lines(section, heading.id, at)


def _paragraph_lines(
    body: tuple[NumberedParagraph, ...], parent: str, above: str
) -> Iterator[DocumentLine]:
    for index, paragraph in enumerate(body):
        yield DocumentLine(
            "paragraph",
            paragraph.marker,
            paragraph.id,
            paragraph.id,
            parent,
            index,
            (NumberedClause(paragraph.inlines, reprinted=False, assignments=()),),
            paragraph_citation(above, index),
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
    yield from _paragraph_lines(measure.body, measure.measure, citation)


def _footnote_line(note: FootnoteRun, chapter: NumberedHeading, index: int) -> DocumentLine:
    return DocumentLine(
        "footnote",
        "footnote",
        None,
        note.anchor,
        chapter.id,
        index,
        _plain_clauses(note.body),
        chapter.citation + note.text,
        label=note.text,
    )


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs as printed."""
    if len(inlines) == 1:  # as nearly all have
        return inlines[0].text
    return "".join(inline.text for inline in inlines)


def text_without_notes(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs without footnotes' marks, for where no footnotes stand."""
    return inline_text(tuple(inline for inline in inlines if not isinstance(inline, FootnoteRun)))
