"""The page of one measure: its text in place, who does it, and what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.document import FootnoteRun, Inline, NumberedMeasure
from kihonkeikaku.model.plan import BECAME_NAMES, Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, Entry, Mention, plain_text, targets
from kihonkeikaku.rendering.html.fidelity import refuse_unfaithful_measure
from kihonkeikaku.rendering.html.history import Biography, History
from kihonkeikaku.rendering.html.json_ld import measure_data
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.page import Page

_ALL_SHOWN: Final = 12
"""Where no more measures than these stand under a heading, all are shown: as in most plans."""

_AROUND: Final = 3
"""Else so many are shown before and after: pages must stay light."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A measure near another one; ``label`` is 「①」, ``number`` in full."""

    measure: str
    label: str
    number: str
    text: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """What the page is made from.

    ``around`` are the measures under the same heading, this one among them; where there are many,
    the nearest, and ``count`` says how many there are. ``pages`` are those of what the text refers
    to that have a page of their own. ``biography`` tells of the editions up to this one, if there
    is anything to tell.
    """

    frame: Frame
    entry: Entry
    previous: Neighbour | None
    next: Neighbour | None
    around: tuple[Neighbour, ...]
    count: int
    reprints: tuple[Mention, ...]
    references: tuple[Mention, ...]
    pages: tuple[str, ...]
    biography: Biography | None

    @property
    def notes(self) -> tuple[FootnoteRun, ...]:
        """The footnotes of the measure's text."""
        return tuple(
            inline for inline in _inlines(self.entry.item) if isinstance(inline, FootnoteRun)
        )


@dataclass(frozen=True, slots=True)
class MeasureLinks:
    """From the page of one measure to others, and to the whole plan."""

    root: str
    pages: tuple[str, ...]

    def to(self, anchor: str) -> str:
        """Leads to a measure's own page, or to the place in the whole plan."""
        if anchor in self.pages:
            return self.root + urls.measure_page(anchor)
        return f"{self.root}{urls.PLAN}#{anchor}"

    def of_label(self, item: NumberedMeasure) -> str | None:
        """Leads to the measure in the whole plan."""
        return f"{self.root}{urls.PLAN}#{item.anchor}"

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's page."""
        return self.root + urls.ministry_page(ministry.id)


def measure_pages(
    frame: Frame, catalogue: Catalogue, history: History
) -> Iterator[Page[MeasurePage]]:
    """Yields the pages of all measures, in order of print."""
    entries = catalogue.entries
    nearby = {id: tuple(map(_neighbour, items)) for id, items in catalogue.by_heading.items()}
    neighbours = [nearby[entry.path[-1].id][entry.place - 1] for entry in entries]
    befores, afters = [None, *neighbours][:-1], [*neighbours, None][1:]
    for entry, before, after in zip(entries, befores, afters, strict=True):
        beside = nearby[entry.path[-1].id]
        inputs = MeasurePage(
            frame=frame,
            entry=entry,
            previous=before,
            next=after,
            around=_around(beside, entry.place),
            count=len(beside),
            reprints=catalogue.reprints.get(entry.id, ()),
            references=catalogue.references.get(entry.id, ()),
            pages=tuple(t for t in targets(entry.item) if t in catalogue.by_id),
            biography=history.of(entry.id) if history.tells_of(entry.id) else None,
        )
        yield Page(urls.measure_page(entry.id), inputs, _write)


def _around(beside: tuple[Neighbour, ...], place: int) -> tuple[Neighbour, ...]:
    """Returns those around a place, which counts from 1."""
    if len(beside) <= _ALL_SHOWN:
        return beside
    return beside[max(0, place - 1 - _AROUND) : place + _AROUND]


def _neighbour(item: NumberedMeasure) -> Neighbour:
    return Neighbour(item.measure, item.label, item.number, plain_text(item), item.reprint)


def _inlines(item: NumberedMeasure) -> Iterator[Inline]:
    for clause in item.clauses:
        yield from clause.inlines
    for paragraph in item.body:
        yield from paragraph.inlines


def _write(measure: MeasurePage) -> str:
    path = urls.measure_page(measure.entry.id)
    root = urls.root_from(path)
    page = fill_page(
        "web/measure.html.j2",
        measure.frame,
        path,
        measure=measure,
        entry=measure.entry,
        biography=measure.biography,
        became=BECAME_NAMES,
        links=MeasureLinks(root, measure.pages),
        structured=measure_data(measure.frame, measure.entry),
    )
    refuse_unfaithful_measure(page, measure.entry.item)
    return page
