"""One of the two editions compared: what it says, and where and how it prints that."""

from collections.abc import Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import PrintedPlace, Slot
from kihonkeikaku.diff.records import ParagraphRecord, Placement, Records, extract_records
from kihonkeikaku.model.document import (
    Document,
    Inline,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
    inline_text,
)
from kihonkeikaku.model.plan import Plan, PlanHead


@dataclass(frozen=True, slots=True)
class EditionIndex:
    """One edition.

    ``names`` are the ministries' printed names by id. ``items`` are the places of measures and
    reprints alike. ``labels`` are the sections' own numbers, 「第1節」. ``clause_texts`` and
    ``paragraph_texts`` are texts as printed, run by run.
    """

    head: PlanHead
    records: Records
    book_title: str
    names: Mapping[str, str]
    labels: Mapping[str, str]
    sections: Mapping[str, PrintedPlace]
    measures: Mapping[str, PrintedPlace]
    items: Mapping[Slot, PrintedPlace]
    paragraphs: Mapping[Slot, PrintedPlace]
    clause_texts: Mapping[str, tuple[tuple[Inline, ...], ...]]
    paragraph_texts: Mapping[Slot, tuple[Inline, ...]]

    def edition(self) -> PrintedPlace:
        """Returns the edition itself as a place, under the title that its cover prints."""
        return PrintedPlace(None, None, None, self.book_title, self.book_title)

    def ministry(self, id: str) -> PrintedPlace | None:
        """Returns a ministry's place, under its printed name; None if the register lacks it."""
        if id not in self.names:
            return None
        parent = self.records.ministries[id]["parent"]
        assert parent is None or isinstance(parent, str)
        return PrintedPlace(None, parent, None, self.names[id], self.names[id])

    def item(self, spot: Slot) -> Placement:
        """Returns the measure or reprint that a section lists at this spot."""
        parent, index = spot
        assert parent is not None  # chapters are no items
        return self.records.items[parent][index]

    def paragraph(self, spot: Slot) -> ParagraphRecord:
        """Returns the paragraph that stands at this spot of a body."""
        parent, index = spot
        assert parent is not None  # chapters are no paragraphs
        return self.records.bodies[parent][index]

    def section_of(self, place: PrintedPlace) -> str | None:
        """Returns the section in which something with this place stands, None for chapters."""
        if place.parent is not None and place.parent in self.measures:
            return self.measures[place.parent].parent
        return place.parent


def index_edition(plan: Plan, document: Document) -> EditionIndex:
    """Returns a plan that has passed validation as one side of a comparison.

    Args:
        plan: the plan.
        document: the plan numbered.
    """
    walk = _Walk(document)
    return EditionIndex(
        head=plan.head,
        records=extract_records(plan),
        book_title=document.book_title,
        names={ministry.id: ministry.name for ministry in plan.ministries},
        labels=walk.labels,
        sections=walk.sections,
        measures=walk.measures,
        items=walk.items,
        paragraphs=walk.paragraphs,
        clause_texts=walk.clause_texts,
        paragraph_texts=walk.paragraph_texts,
    )


class _Walk:
    """Notes the place of everything, in order of print."""

    def __init__(self, document: Document) -> None:
        self.labels: dict[str, str] = {}
        self.sections: dict[str, PrintedPlace] = {}
        self.measures: dict[str, PrintedPlace] = {}
        self.items: dict[Slot, PrintedPlace] = {}
        self.paragraphs: dict[Slot, PrintedPlace] = {}
        self.clause_texts: dict[str, tuple[tuple[Inline, ...], ...]] = {}
        self.paragraph_texts: dict[Slot, tuple[Inline, ...]] = {}
        for index, chapter in enumerate(document.chapters):
            self._heading(chapter, None, index)

    def _heading(self, heading: NumberedHeading, parent: str | None, index: int) -> None:
        self.labels[heading.id] = heading.label
        number = heading.number or None  # a preface has none
        place = PrintedPlace(number, parent, index, heading.title, heading.citation)
        self.sections[heading.id] = place
        self._body(heading.body, heading.id, heading.citation)
        for at, item in enumerate(heading.measures):
            self._item(item, heading, at)
        for at, section in enumerate(heading.sections):
            self._heading(section, heading.id, at)

    def _item(self, item: NumberedMeasure, heading: NumberedHeading, index: int) -> None:
        texts = tuple(clause.inlines for clause in item.clauses)
        text = "".join(map(inline_text, texts))
        place = PrintedPlace(item.number, heading.id, index, text, heading.citation + item.label)
        self.items[place.spot] = place
        if not item.reprint:
            self.measures[item.measure] = place
            self.clause_texts[item.measure] = texts
            self._body(item.body, item.measure, place.citation)

    def _body(self, body: tuple[NumberedParagraph, ...], parent: str, citation: str) -> None:
        for index, paragraph in enumerate(body):
            text = inline_text(paragraph.inlines)
            place = PrintedPlace(None, parent, index, text, f"{citation}の第{index + 1}項目")
            self.paragraphs[place.spot] = place
            self.paragraph_texts[place.spot] = paragraph.inlines
