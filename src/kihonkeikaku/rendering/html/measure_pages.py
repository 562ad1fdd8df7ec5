"""The pages of measures: one of each, the list of all, and the matrix with ministries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.document import NumberedMeasure
from kihonkeikaku.model.inlines import FootnoteRun
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import (
    Catalogue,
    CatalogueEntry,
    Duty,
    EntriesBySection,
    HeadingSummary,
    Mention,
    measure_inlines,
    measure_text,
    reference_targets,
)
from kihonkeikaku.rendering.html.fidelity import require_faithful_measure_page
from kihonkeikaku.rendering.html.history import History, MeasureHistory
from kihonkeikaku.rendering.html.json_ld import measure_json_ld
from kihonkeikaku.rendering.html.layout import Frame, Page, fill_page

_MOST_SIBLINGS: Final = 12
"""Where no more measures than these stand under a heading, all are shown: as in most plans."""

_SIBLINGS_EACH_SIDE: Final = 3
"""Else so many are shown before and after: pages must stay light."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A measure near another one; ``label`` is 「①」, ``number`` in full."""

    id: str
    label: str
    number: str
    text: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class MeasureLinks:
    """From the page of one measure to others, and to the whole plan."""

    root: str
    measures_with_pages: tuple[str, ...]

    def to(self, anchor: str) -> str:
        """Leads to a measure's own page, or to the place in the whole plan."""
        if anchor in self.measures_with_pages:
            return self.root + urls.measure_page(anchor)
        return f"{self.root}{urls.PLAN}#{anchor}"

    def to_figure(self, file: str) -> str:
        """Leads to the file of a figure."""
        return self.root + file

    def of_label(self, measure: NumberedMeasure) -> str | None:
        """Leads to the measure in the whole plan."""
        return f"{self.root}{urls.PLAN}#{measure.anchor}"

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's page."""
        return self.root + urls.ministry_page(ministry.id)


@dataclass(frozen=True, slots=True)
class MeasurePage(Page):
    """The page of one measure: its text in place, its ministries, and what stands around it.

    ``siblings`` are the measures under the same heading, this one among them; where there are
    many, the nearest, and ``sibling_count`` says how many there are. ``referenced`` are the
    measures that the text refers to.
    """

    frame: Frame
    entry: CatalogueEntry
    previous: Neighbour | None
    next: Neighbour | None
    siblings: tuple[Neighbour, ...]
    sibling_count: int
    reprints: tuple[Mention, ...]
    references: tuple[Mention, ...]
    referenced: tuple[str, ...]
    history: MeasureHistory | None

    @property
    def path(self) -> str:
        """The path below ``html/``."""
        return urls.measure_page(self.entry.id)

    @property
    def notes(self) -> tuple[FootnoteRun, ...]:
        """The footnotes of the measure's text."""
        inlines = measure_inlines(self.entry.measure)
        return tuple(inline for inline in inlines if isinstance(inline, FootnoteRun))

    def render_text(self) -> str:
        """Renders the page.

        Raises:
            MachineError: its text differs from the plan.
        """
        page = fill_page(
            "web/measure.html.j2",
            self.frame,
            self.path,
            page=self,
            entry=self.entry,
            links=MeasureLinks(urls.root_from(self.path), self.referenced),
            json_ld=measure_json_ld(self.frame, self.entry),
        )
        require_faithful_measure_page(page, self.entry.measure)
        return page


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as a row of a table; ``number`` and ``text`` as printed, without its 【】."""

    id: str
    number: str
    text: str
    duties: tuple[Duty, ...]

    @property
    def ministries(self) -> str:
        """The identifiers of all ministries, between spaces."""
        return " ".join([duty.ministry.id for duty in self.duties])

    @property
    def leads(self) -> str:
        """The identifiers of those marked ◎, between spaces."""
        return " ".join([duty.ministry.id for duty in self.duties if duty.lead])


@dataclass(frozen=True, slots=True)
class MeasureListPage(Page):
    """The list of all measures, which can be filtered; ``ministries`` are those with measures."""

    frame: Frame
    ministries: tuple[Ministry, ...]
    sections: EntriesBySection

    path = urls.MEASURES

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page(
            "web/measures.html.j2",
            self.frame,
            self.path,
            ministries=self.ministries,
            sections=_make_rows(self.sections),
        )


@dataclass(frozen=True, slots=True)
class MatrixPage(Page):
    """The matrix of measures and ministries, which can be filtered."""

    frame: Frame
    ministries: tuple[Ministry, ...]
    sections: EntriesBySection

    path = urls.MATRIX

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page(
            "web/matrix.html.j2",
            self.frame,
            self.path,
            ministries=self.ministries,
            sections=[
                (section, [(row, _make_cells(row, self.ministries)) for row in rows])
                for section, rows in _make_rows(self.sections)
            ],
        )


def measure_list_page(frame: Frame, catalogue: Catalogue) -> MeasureListPage:
    """Returns the list of all measures."""
    return MeasureListPage(frame, _ministries_with_measures(catalogue), catalogue.sections)


def matrix_page(frame: Frame, catalogue: Catalogue) -> MatrixPage:
    """Returns the matrix of measures and ministries."""
    return MatrixPage(frame, _ministries_with_measures(catalogue), catalogue.sections)


def measure_pages(frame: Frame, catalogue: Catalogue, history: History) -> Iterator[MeasurePage]:
    """Yields the pages of all measures, in order of print."""
    entries = catalogue.entries
    by_heading = {
        id: tuple(map(_make_neighbour, measures)) for id, measures in catalogue.by_heading.items()
    }
    neighbours = [by_heading[entry.path[-1].id][entry.place - 1] for entry in entries]
    befores, afters = [None, *neighbours][:-1], [*neighbours, None][1:]
    for entry, before, after in zip(entries, befores, afters, strict=True):
        siblings = by_heading[entry.path[-1].id]
        yield MeasurePage(
            frame=frame,
            entry=entry,
            previous=before,
            next=after,
            siblings=_nearest(siblings, entry.place),
            sibling_count=len(siblings),
            reprints=catalogue.reprints.get(entry.id, ()),
            references=catalogue.references.get(entry.id, ()),
            referenced=tuple(t for t in reference_targets(entry.measure) if t in catalogue.by_id),
            history=history.of_measure(entry.id),
        )


def _nearest(siblings: tuple[Neighbour, ...], place: int) -> tuple[Neighbour, ...]:
    """Returns those around a place, which counts from 1."""
    if len(siblings) <= _MOST_SIBLINGS:
        return siblings
    return siblings[max(0, place - 1 - _SIBLINGS_EACH_SIDE) : place + _SIBLINGS_EACH_SIDE]


def _make_neighbour(measure: NumberedMeasure) -> Neighbour:
    text = measure_text(measure)
    return Neighbour(measure.measure, measure.label, measure.number, text, measure.reprint)


def _ministries_with_measures(catalogue: Catalogue) -> tuple[Ministry, ...]:
    return tuple(m for m in catalogue.document.ministries if catalogue.by_ministry[m.id])


def _make_rows(sections: EntriesBySection) -> list[tuple[HeadingSummary, list[MeasureRow]]]:
    return [
        (
            section,
            [MeasureRow(entry.id, entry.number, entry.text, entry.duties) for entry in entries],
        )
        for section, entries in sections
    ]


def _make_cells(row: MeasureRow, ministries: tuple[Ministry, ...]) -> list[Duty | None]:
    """Returns a measure's row of the matrix: each ministry's part, or None."""
    duties = {duty.ministry.id: duty for duty in row.duties}
    return [duties.get(ministry.id) for ministry in ministries]
