"""The page of one ministry: what it is, what it leads, and what else it takes part in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, Entry, Step
from kihonkeikaku.rendering.html.json_ld import ministry_data
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.page import Page

Sections = tuple[tuple[Step, tuple[Entry, ...]], ...]
"""Measures by section, in order of print."""


@dataclass(frozen=True, slots=True)
class Office:
    """A ministry beside another one, and how many measures it leads and otherwise takes part in."""

    ministry: Ministry
    led: int
    supported: int


@dataclass(frozen=True, slots=True)
class MinistryPage:
    """What the page is made from."""

    frame: Frame
    ministry: Ministry
    parent: Ministry | None
    offices: tuple[Office, ...]
    predecessors: tuple[Ministry, ...]
    successors: tuple[Ministry, ...]
    led: Sections
    supported: Sections

    @property
    def led_count(self) -> int:
        """How many measures it leads."""
        return sum(len(entries) for _, entries in self.led)

    @property
    def supported_count(self) -> int:
        """How many other measures it takes part in."""
        return sum(len(entries) for _, entries in self.supported)


def ministry_pages(frame: Frame, catalogue: Catalogue) -> Iterator[Page[MinistryPage]]:
    """Yields the pages of all registered ministries, in the register's order."""
    register = catalogue.document.ministries
    by_id = {ministry.id: ministry for ministry in register}
    offices = _grouped((ministry.parent, ministry) for ministry in register)
    successors = _grouped((before, m) for m in register for before in m.succeeds)
    for ministry in register:
        measures = catalogue.by_ministry[ministry.id]
        inputs = MinistryPage(
            frame=frame,
            ministry=ministry,
            parent=by_id.get(ministry.parent or ""),
            offices=tuple(office(m, catalogue) for m in offices.get(ministry.id, ())),
            predecessors=tuple(by_id[id] for id in ministry.succeeds if id in by_id),
            successors=tuple(successors.get(ministry.id, ())),
            led=_by_section(entry for entry, lead in measures if lead),
            supported=_by_section(entry for entry, lead in measures if not lead),
        )
        yield Page(urls.ministry_page(ministry.id), inputs, _write)


def office(ministry: Ministry, catalogue: Catalogue) -> Office:
    """Returns a ministry with its counts."""
    measures = catalogue.by_ministry[ministry.id]
    led = sum(lead for _, lead in measures)
    return Office(ministry, led, len(measures) - led)


def _grouped(pairs: Iterable[tuple[str | None, Ministry]]) -> Mapping[str, list[Ministry]]:
    found: dict[str, list[Ministry]] = {}
    for id, ministry in pairs:
        if id:
            found.setdefault(id, []).append(ministry)
    return found


def _by_section(entries: Iterable[Entry]) -> Sections:
    return tuple(
        (section, tuple(of_section))
        for section, of_section in groupby(entries, lambda entry: entry.section)
    )


def _write(ministry: MinistryPage) -> str:
    return fill_page(
        "web/ministry.html.j2",
        ministry.frame,
        urls.ministry_page(ministry.ministry.id),
        page=ministry,
        ministry=ministry.ministry,
        structured=ministry_data(ministry.frame, ministry.ministry),
    )
