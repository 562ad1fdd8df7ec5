"""The numbered tree that all outputs share, made of a plan by ``numbering.number``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.plan import Marker, Ministry, PlanHead, Stage
from kihonkeikaku.text.era_dates import wareki

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

    def measures(self) -> Iterator[NumberedMeasure]:
        """All measures where they are printed, reprints too, in order of print."""
        for heading in self.headings():
            yield from heading.measures

    def originals(self) -> dict[str, NumberedMeasure]:
        """Returns each measure where it is printed first, not as a reprint, by its id."""
        return {each.measure: each for each in self.measures() if not each.reprint}

    def first_reprints(self) -> dict[str, NumberedMeasure]:
        """Returns the first reprint of each measure that has one, by the measure's id."""
        reprints: dict[str, NumberedMeasure] = {}
        for each in self.measures():
            if each.reprint:
                reprints.setdefault(each.measure, each)
        return reprints

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
    for item in heading.measures:
        yield item.text
        yield from (paragraph.text for paragraph in item.body)
    for section in heading.sections:
        yield from _blocks(section)


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """Returns the text of some runs as printed."""
    if len(inlines) == 1:  # as nearly all have
        return inlines[0].text
    return "".join(inline.text for inline in inlines)
