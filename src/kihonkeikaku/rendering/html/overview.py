"""The plan in figures: bars that are rows of a table, so that they can be read as well as seen."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.ministry_page import Office, office
from kihonkeikaku.rendering.html.open_data import COLUMNS
from kihonkeikaku.rendering.html.page import Page

_FULL: Final = 100
"""How wide the longest bar is, in units of its picture."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A count as a bar; ``length`` is at most ``_FULL``."""

    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page is made from: counts by section, and by ministry those that have measures."""

    frame: Frame
    chapters: int
    measures: int
    reprints: int
    sections: tuple[tuple[str, str, int], ...]
    offices: tuple[Office, ...]


def overview(frame: Frame, catalogue: Catalogue) -> Page[Overview]:
    """Returns the overview of the plan."""
    offices = (office(ministry, catalogue) for ministry in catalogue.document.ministries)
    inputs = Overview(
        frame=frame,
        chapters=len(catalogue.document.chapters),
        measures=len(catalogue.entries),
        reprints=sum(map(len, catalogue.reprints.values())),
        sections=tuple(
            (section.id, section.name, len(entries)) for section, entries in catalogue.sections
        ),
        offices=tuple(o for o in offices if o.led + o.supported),
    )
    return Page(urls.OVERVIEW, inputs, _write)


def _write(overview: Overview) -> str:
    most_in_section = max((count for _, _, count in overview.sections), default=1)
    most_of_office = max((o.led + o.supported for o in overview.offices), default=1)
    return fill_page(
        "web/overview.html.j2",
        overview.frame,
        urls.OVERVIEW,
        overview=overview,
        columns=COLUMNS.items(),
        sections=[(id, name, bar(count, most_in_section)) for id, name, count in overview.sections],
        offices=[
            (o.ministry, bar(o.led, most_of_office), bar(o.supported, most_of_office))
            for o in overview.offices
        ],
    )


def bar(count: int, most: int) -> Bar:
    """Returns a count as a bar beside the greatest of all."""
    return Bar(count, round(_FULL * count / most, 2))
