"""One of the two editions that are compared: its content, and where and how it prints that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import PrintedPlace, Slot
from kihonkeikaku.diff.plan_records import ParagraphRecord, PlacedMeasure, Records, extract_records
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.inlines import Inline, inline_text
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.model.plan_head import PlanHead


@dataclass(frozen=True, slots=True)
class EditionIndex:
    """An edition, indexed.

    ``names`` are the ministries' printed names by id. ``placements`` are the places of measures
    and reprints alike, ``measures`` those of measures only. ``labels`` are the sections' own
    numbers, 「第1節」. ``clause_texts`` and ``paragraph_texts`` are texts as printed, run by run.
    """

    head: PlanHead
    records: Records
    book_title: str
    names: Mapping[str, str]
    labels: Mapping[str, str]
    sections: Mapping[str, PrintedPlace]
    measures: Mapping[str, PrintedPlace]
    placements: Mapping[Slot, PrintedPlace]
    paragraphs: Mapping[Slot, PrintedPlace]
    clause_texts: Mapping[str, tuple[tuple[Inline, ...], ...]]
    paragraph_texts: Mapping[Slot, tuple[Inline, ...]]

    def edition(self) -> PrintedPlace:
        """Returns the place of the edition itself, under the title that its cover prints."""
        return PrintedPlace(None, None, None, self.book_title, self.book_title)

    def ministry(self, id: str) -> PrintedPlace | None:
        """Returns a ministry's place, under its printed name; None if the register lacks it."""
        if id not in self.names:
            return None
        parent = self.records.ministries[id]["parent"]
        assert parent is None or isinstance(parent, str)
        return PrintedPlace(None, parent, None, self.names[id], self.names[id])

    def placement(self, slot: Slot) -> PlacedMeasure:
        """Returns the measure or reprint that a section lists in this slot."""
        parent, index = slot
        assert parent is not None, "a section lists measures, the edition does not"
        return self.records.placements[parent][index]

    def paragraph(self, slot: Slot) -> ParagraphRecord:
        """Returns the paragraph in this slot of a body."""
        parent, index = slot
        assert parent is not None, "a paragraph stands under a section or a measure"
        return self.records.bodies[parent][index]

    def section_of(self, place: PrintedPlace) -> str | None:
        """Returns the section that holds what is printed at this place, None for chapters."""
        if place.parent is not None and place.parent in self.measures:
            return self.measures[place.parent].parent
        return place.parent


def index_edition(plan: Plan, document: Document) -> EditionIndex:
    """Returns the index of a plan that has passed validation.

    Args:
        plan: the plan.
        document: the plan numbered.
    """
    lines = list(document.lines())
    headings = [line for line in lines if line.kind == "heading"]
    placements = [line for line in lines if line.kind == "measure"]
    measures = [line for line in placements if line.variant == "measure"]
    paragraphs = [line for line in lines if line.kind == "paragraph"]
    return EditionIndex(
        head=plan.head,
        records=extract_records(plan),
        book_title=document.book_title,
        names={ministry.id: ministry.name for ministry in plan.ministries},
        labels={line.id: line.label for line in headings if line.id},
        sections=dict(_places_by_id(headings)),
        measures=dict(_places_by_id(measures)),
        placements={(line.parent, line.index): _place(line) for line in placements},
        paragraphs={(line.parent, line.index): _place(line) for line in paragraphs},
        clause_texts={
            line.id: tuple(clause.inlines for clause in line.clauses)
            for line in measures
            if line.id
        },
        paragraph_texts={(line.parent, line.index): line.clauses[0].inlines for line in paragraphs},
    )


def _places_by_id(lines: list[DocumentLine]) -> Iterator[tuple[str, PrintedPlace]]:
    for line in lines:
        if line.id:
            yield line.id, _place(line)


def _place(line: DocumentLine) -> PrintedPlace:
    text = "".join(inline_text(clause.inlines) for clause in line.clauses)
    return PrintedPlace(line.number, line.parent, line.index, text, line.citation)
