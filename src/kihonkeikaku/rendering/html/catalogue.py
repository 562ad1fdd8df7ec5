"""The plan by measure and by ministry: the data of all pages but that of the whole plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kihonkeikaku.model.document import (
    Document,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
)
from kihonkeikaku.model.inlines import Inline, NumberedClause, ReferenceRun, text_without_notes
from kihonkeikaku.model.plan import Ministry


@dataclass(frozen=True, slots=True)
class HeadingSummary:
    """A heading without what stands under it.

    ``text`` is its line as printed, ``name`` that line with the numbers above it.
    """

    id: str
    text: str
    name: str
    citation: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A ministry's part in a measure; it leads if it does so in any of the measure's clauses."""

    ministry: Ministry
    lead: bool


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A measure in its own place, not as a reprint; ``path`` leads from its chapter to its heading.

    ``place`` counts from 1 among what stands under that heading, reprints too. ``text`` is the
    measure's text alone, without its number, 【】 and the marks of footnotes.
    """

    measure: NumberedMeasure
    place: int
    path: tuple[HeadingSummary, ...]
    duties: tuple[Duty, ...]
    text: str

    @property
    def id(self) -> str:
        """The measure's identifier."""
        return self.measure.measure

    @property
    def number(self) -> str:
        """「第3章第1節(1)①」."""
        return self.measure.number

    @property
    def section(self) -> HeadingSummary:
        """The chapter's part that the measure belongs to (節), or the chapter itself."""
        return self.path[min(1, len(self.path) - 1)]

    @property
    def leads(self) -> tuple[Ministry, ...]:
        """The ministries marked ◎."""
        return tuple(duty.ministry for duty in self.duties if duty.lead)


EntriesBySection = tuple[tuple[HeadingSummary, tuple[CatalogueEntry, ...]], ...]
"""Measures by section, in order of print."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a measure: its citation and anchor, and its identifier if a measure."""

    citation: str
    anchor: str
    measure: str | None = None


class Catalogue:
    """All measures of a document in order of print, and their ministries."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # One object of each duty for all entries, so that cache keys describe it once.
        duties = {
            (m.id, lead): Duty(m, lead) for m in document.ministries for lead in (False, True)
        }
        self.entries = tuple(_find_entries(document.chapters, (), duties))

    @cached_property
    def by_id(self) -> dict[str, CatalogueEntry]:
        """The measures by their identifiers."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_heading(self) -> dict[str, tuple[NumberedMeasure, ...]]:
        """What stands under each heading, reprints too, by the heading's identifier."""
        return {heading.id: heading.measures for heading in self.document.headings()}

    @cached_property
    def by_ministry(self) -> dict[str, tuple[tuple[CatalogueEntry, bool], ...]]:
        """Each registered ministry's measures, and whether it leads them."""
        found: dict[str, list[tuple[CatalogueEntry, bool]]] = {
            ministry.id: [] for ministry in self.document.ministries
        }
        for entry in self.entries:
            for duty in entry.duties:
                found[duty.ministry.id].append((entry, duty.lead))
        return {id: tuple(measures) for id, measures in found.items()}

    @cached_property
    def reprints(self) -> dict[str, tuple[Mention, ...]]:
        """The places where a measure is printed again."""
        found: dict[str, list[Mention]] = {}
        for measure in self.document.measures():
            if measure.reprint:
                mention = Mention(measure.number, measure.anchor)
                found.setdefault(measure.measure, []).append(mention)
        return {id: tuple(mentions) for id, mentions in found.items()}

    @cached_property
    def references(self) -> dict[str, tuple[Mention, ...]]:
        """The places that refer to something, each once, by the identifier they refer to."""
        found: dict[str, dict[Mention, None]] = {}
        for target, mention in _find_references(self.document):
            found.setdefault(target, {})[mention] = None
        return {target: tuple(mentions) for target, mentions in found.items()}

    @cached_property
    def sections(self) -> EntriesBySection:
        """The sections that have measures, in order of print, with their measures."""
        found: dict[HeadingSummary, list[CatalogueEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.section, []).append(entry)
        return tuple((section, tuple(entries)) for section, entries in found.items())


def measure_text(measure: NumberedMeasure) -> str:
    """Returns a measure's text alone, without its number, 【】 and the marks of footnotes."""
    return "".join(text_without_notes(clause.inlines) for clause in measure.clauses)


def measure_inlines(measure: NumberedMeasure) -> Iterator[Inline]:
    """Yields the runs of a measure's clauses and of its paragraphs."""
    for clause in measure.clauses:
        yield from clause.inlines
    yield from _body_inlines(measure.body)


def reference_targets(measure: NumberedMeasure) -> tuple[str, ...]:
    """Returns the identifiers that a measure refers to, each once."""
    references = _find_reference_runs(measure_inlines(measure))
    return tuple(dict.fromkeys(reference.target for reference in references))


def _find_entries(
    headings: tuple[NumberedHeading, ...],
    above: tuple[HeadingSummary, ...],
    duties: Mapping[tuple[str, bool], Duty],
) -> Iterator[CatalogueEntry]:
    for heading in headings:
        path = (*above, _summarize(heading))
        for place, measure in enumerate(heading.measures, start=1):
            if not measure.reprint:
                parts = tuple(duties[part] for part in _find_leads(measure.bearing_clauses).items())
                yield CatalogueEntry(measure, place, path, parts, measure_text(measure))
        yield from _find_entries(heading.sections, path, duties)


def _summarize(heading: NumberedHeading) -> HeadingSummary:
    title = f"　{heading.printed_title}" if heading.label else ""  # else the citation is the title
    return HeadingSummary(heading.id, heading.text, heading.citation + title, heading.citation)


def _find_leads(clauses: tuple[NumberedClause, ...]) -> dict[str, bool]:
    """Returns the ministries of a measure by their ids, and whether they lead it."""
    leads: dict[str, bool] = {}
    for clause in clauses:
        for assignment in clause.assignments:
            id = assignment.ministry.id
            leads[id] = leads.get(id, False) or assignment.lead
    return leads


def _find_references(document: Document) -> Iterator[tuple[str, Mention]]:
    for heading in document.headings():
        for reference in _find_reference_runs(_body_inlines(heading.body)):
            yield reference.target, Mention(heading.citation, heading.id)
        for measure in heading.measures:
            if not measure.reprint:
                mention = Mention(measure.number, measure.anchor, measure.measure)
                for reference in _find_reference_runs(measure_inlines(measure)):
                    yield reference.target, mention


def _body_inlines(body: tuple[NumberedParagraph, ...]) -> Iterator[Inline]:
    for paragraph in body:
        yield from paragraph.inlines


def _find_reference_runs(inlines: Iterator[Inline]) -> Iterator[ReferenceRun]:
    return (inline for inline in inlines if isinstance(inline, ReferenceRun))
