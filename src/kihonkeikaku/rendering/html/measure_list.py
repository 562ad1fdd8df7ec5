"""The pages that show all measures: as a list, and as a matrix of measures and ministries."""

from dataclasses import dataclass

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, Duty, Entry, Step
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.page import Page


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as a row: ``label`` and ``number`` as printed, without its clauses."""

    id: str
    label: str
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
class AllMeasures:
    """What both pages are made from: ministries with measures, and measures by section."""

    frame: Frame
    ministries: tuple[Ministry, ...]
    sections: tuple[tuple[Step, tuple[Entry, ...]], ...]

    def rows(self) -> list[tuple[Step, list[Row]]]:
        """Returns the measures as rows."""
        return [(section, list(map(_row, entries))) for section, entries in self.sections]


def measure_list(measures: AllMeasures) -> Page[AllMeasures]:
    """Returns the list of all measures, which can be filtered."""
    return Page(urls.MEASURES, measures, _write_list)


def matrix(measures: AllMeasures) -> Page[AllMeasures]:
    """Returns the matrix of measures and ministries, which can be filtered."""
    return Page(urls.MATRIX, measures, _write_matrix)


def all_measures(frame: Frame, catalogue: Catalogue) -> AllMeasures:
    """Returns what both pages show."""
    ministries = catalogue.document.ministries
    return AllMeasures(
        frame=frame,
        ministries=tuple(m for m in ministries if catalogue.by_ministry[m.id]),
        sections=catalogue.sections,
    )


def _row(entry: Entry) -> Row:
    return Row(entry.id, entry.item.label, entry.number, entry.text, entry.duties)


def _write_list(measures: AllMeasures) -> str:
    return fill_page(
        "web/measures.html.j2",
        measures.frame,
        urls.MEASURES,
        ministries=measures.ministries,
        sections=measures.rows(),
    )


def _write_matrix(measures: AllMeasures) -> str:
    return fill_page(
        "web/matrix.html.j2",
        measures.frame,
        urls.MATRIX,
        ministries=measures.ministries,
        sections=[
            (section, [(row, _cells(row, measures.ministries)) for row in rows])
            for section, rows in measures.rows()
        ],
    )


def _cells(row: Row, ministries: tuple[Ministry, ...]) -> list[Duty | None]:
    """A measure's row of the matrix: each ministry's part, or none."""
    duties = {duty.ministry.id: duty for duty in row.duties}
    return [duties.get(ministry.id) for ministry in ministries]
