"""The pages of ministries: one of each, and the list of all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, CatalogueEntry, EntriesBySection
from kihonkeikaku.rendering.html.json_ld import ministry_json_ld
from kihonkeikaku.rendering.html.layout import Frame, Page, fill_page


@dataclass(frozen=True, slots=True)
class MinistryCounts:
    """A ministry, and how many measures it leads and otherwise takes part in."""

    ministry: Ministry
    led: int
    supported: int


@dataclass(frozen=True, slots=True)
class MinistryPage(Page):
    """The page of one ministry: what it is, what it leads, and what else it takes part in."""

    frame: Frame
    ministry: Ministry
    parent: Ministry | None
    offices: tuple[MinistryCounts, ...]
    predecessors: tuple[Ministry, ...]
    successors: tuple[Ministry, ...]
    led: EntriesBySection
    supported: EntriesBySection

    @property
    def path(self) -> str:
        """The path below ``html/``."""
        return urls.ministry_page(self.ministry.id)

    @property
    def led_count(self) -> int:
        """How many measures it leads."""
        return sum(len(entries) for _, entries in self.led)

    @property
    def supported_count(self) -> int:
        """How many other measures it takes part in."""
        return sum(len(entries) for _, entries in self.supported)

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page(
            "web/ministry.html.j2",
            self.frame,
            self.path,
            page=self,
            ministry=self.ministry,
            json_ld=ministry_json_ld(self.frame, self.ministry),
        )


@dataclass(frozen=True, slots=True)
class MinistryListPage(Page):
    """The list of all registered ministries, in the register's order."""

    frame: Frame
    ministries: tuple[MinistryCounts, ...]

    path = urls.MINISTRIES

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page(
            "web/ministries.html.j2", self.frame, self.path, ministries=self.ministries
        )


def ministry_list_page(frame: Frame, catalogue: Catalogue) -> MinistryListPage:
    """Returns the list of all registered ministries."""
    return MinistryListPage(
        frame, tuple(count_measures(m, catalogue) for m in catalogue.document.ministries)
    )


def ministry_pages(frame: Frame, catalogue: Catalogue) -> Iterator[MinistryPage]:
    """Yields the pages of all registered ministries, in the register's order."""
    register = catalogue.document.ministries
    by_id = {ministry.id: ministry for ministry in register}
    offices = _group((ministry.parent, ministry) for ministry in register)
    successors = _group((before, m) for m in register for before in m.succeeds)
    for ministry in register:
        measures = catalogue.by_ministry[ministry.id]
        yield MinistryPage(
            frame=frame,
            ministry=ministry,
            parent=by_id.get(ministry.parent or ""),
            offices=tuple(count_measures(m, catalogue) for m in offices.get(ministry.id, ())),
            predecessors=tuple(by_id[id] for id in ministry.succeeds if id in by_id),
            successors=tuple(successors.get(ministry.id, ())),
            led=_by_section(entry for entry, lead in measures if lead),
            supported=_by_section(entry for entry, lead in measures if not lead),
        )


def count_measures(ministry: Ministry, catalogue: Catalogue) -> MinistryCounts:
    """Returns a ministry with its counts."""
    measures = catalogue.by_ministry[ministry.id]
    led = sum(lead for _, lead in measures)
    return MinistryCounts(ministry, led, len(measures) - led)


def _group(pairs: Iterable[tuple[str | None, Ministry]]) -> Mapping[str, list[Ministry]]:
    found: dict[str, list[Ministry]] = {}
    for id, ministry in pairs:
        if id:
            found.setdefault(id, []).append(ministry)
    return found


def _by_section(entries: Iterable[CatalogueEntry]) -> EntriesBySection:
    return tuple(
        (section, tuple(of_section))
        for section, of_section in groupby(entries, lambda entry: entry.section)
    )
