"""The plan by measure and by ministry: what the pages other than the whole plan are made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kihonkeikaku.model.document import (
    Document,
    Inline,
    NumberedClause,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
    ReferenceRun,
    inline_text,
)
from kihonkeikaku.model.plan import Ministry


@dataclass(frozen=True, slots=True)
class Step:
    """A heading on the way down to a measure, without what stands under it.

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
class Entry:
    """A measure in its own place; ``path`` leads from the chapter down to its heading.

    ``place`` counts from 1 among what stands under that heading, reprints too. ``text`` is the
    measure's text alone, without its number and 【】.
    """

    item: NumberedMeasure
    place: int
    path: tuple[Step, ...]
    duties: tuple[Duty, ...]
    text: str

    @property
    def id(self) -> str:
        """The measure's identifier."""
        return self.item.measure

    @property
    def number(self) -> str:
        """「第3章第1節(1)①」."""
        return self.item.number

    @property
    def section(self) -> Step:
        """The chapter's part that the measure belongs to (節), or the chapter itself."""
        return self.path[min(1, len(self.path) - 1)]

    @property
    def leads(self) -> tuple[Ministry, ...]:
        """The ministries marked ◎."""
        return tuple(duty.ministry for duty in self.duties if duty.lead)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of a measure: its citation, its anchor, and the measure that it is."""

    citation: str
    anchor: str
    measure: str | None = None


class Catalogue:
    """All measures of a document in order of print, and who does them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # One of each: thousands of them are much the same.
        duties = {
            (m.id, lead): Duty(m, lead) for m in document.ministries for lead in (False, True)
        }
        self.entries = tuple(_entries(document.chapters, (), duties))

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The measures by their identifiers."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_heading(self) -> dict[str, tuple[NumberedMeasure, ...]]:
        """What stands under each heading, reprints too, by the heading's identifier."""
        return {heading.id: heading.measures for heading in self.document.headings()}

    @cached_property
    def by_ministry(self) -> dict[str, tuple[tuple[Entry, bool], ...]]:
        """Each registered ministry's measures, and whether it leads them."""
        found: dict[str, list[tuple[Entry, bool]]] = {m.id: [] for m in self.document.ministries}
        for entry in self.entries:
            for duty in entry.duties:
                found[duty.ministry.id].append((entry, duty.lead))
        return {id: tuple(measures) for id, measures in found.items()}

    @cached_property
    def reprints(self) -> dict[str, tuple[Mention, ...]]:
        """The places where a measure is printed again."""
        found: dict[str, list[Mention]] = {}
        for item in self.document.measures():
            if item.reprint:
                found.setdefault(item.measure, []).append(Mention(item.number, item.anchor))
        return {id: tuple(mentions) for id, mentions in found.items()}

    @cached_property
    def references(self) -> dict[str, tuple[Mention, ...]]:
        """The places that refer to something, each once, by what they refer to."""
        found: dict[str, dict[Mention, None]] = {}
        for target, mention in _references(self.document):
            found.setdefault(target, {})[mention] = None
        return {target: tuple(mentions) for target, mentions in found.items()}

    @cached_property
    def sections(self) -> tuple[tuple[Step, tuple[Entry, ...]], ...]:
        """The sections that have measures, in order of print, with their measures."""
        found: dict[Step, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.section, []).append(entry)
        return tuple((step, tuple(entries)) for step, entries in found.items())


def plain_text(item: NumberedMeasure) -> str:
    """Returns a measure's text alone, without its number and 【】."""
    return "".join(inline_text(clause.inlines) for clause in item.clauses)


def targets(item: NumberedMeasure) -> tuple[str, ...]:
    """Returns what a measure's own text refers to, each once."""
    return tuple(dict.fromkeys(link.target for link in _links(_item_inlines(item))))


def _entries(
    headings: tuple[NumberedHeading, ...],
    above: tuple[Step, ...],
    duties: Mapping[tuple[str, bool], Duty],
) -> Iterator[Entry]:
    for heading in headings:
        path = (*above, _step(heading))
        for place, item in enumerate(heading.measures, start=1):
            if not item.reprint:
                parts = tuple(duties[part] for part in _leads(item.clauses).items())
                yield Entry(item, place, path, parts, plain_text(item))
        yield from _entries(heading.sections, path, duties)


def _step(heading: NumberedHeading) -> Step:
    title = f"　{heading.printed_title}" if heading.label else ""  # else it is cited by its title
    return Step(heading.id, heading.text, heading.citation + title, heading.citation)


def _leads(clauses: tuple[NumberedClause, ...]) -> dict[str, bool]:
    """Returns the ministries of a measure by their ids, and whether they lead it."""
    leads: dict[str, bool] = {}
    for clause in clauses:
        for assigned in clause.assignments:
            id = assigned.ministry.id
            leads[id] = leads.get(id, False) or assigned.lead
    return leads


def _references(document: Document) -> Iterator[tuple[str, Mention]]:
    for heading in document.headings():
        for link in _links(_body_inlines(heading.body)):
            yield link.target, Mention(heading.citation, heading.id)
        for item in heading.measures:
            if not item.reprint:
                for link in _links(_item_inlines(item)):
                    yield link.target, Mention(item.number, item.anchor, item.measure)


def _item_inlines(item: NumberedMeasure) -> Iterator[Inline]:
    for clause in item.clauses:
        yield from clause.inlines
    yield from _body_inlines(item.body)


def _body_inlines(body: tuple[NumberedParagraph, ...]) -> Iterator[Inline]:
    for paragraph in body:
        yield from paragraph.inlines


def _links(inlines: Iterator[Inline]) -> Iterator[ReferenceRun]:
    return (inline for inline in inlines if isinstance(inline, ReferenceRun))
