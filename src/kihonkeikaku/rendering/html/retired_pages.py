"""What keeps the address of a measure or ministry that this edition no longer has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kihonkeikaku.model.plan import BECAME_NAMES, Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import plain_text
from kihonkeikaku.rendering.html.history import Biography, EditionName, History, printed
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.page import Page


@dataclass(frozen=True, slots=True)
class GoneMeasure:
    """What the page of a measure is made from: how it was printed last, and its biography."""

    frame: Frame
    id: str
    text: str
    printed: str
    biography: Biography


@dataclass(frozen=True, slots=True)
class GoneMinistry:
    """What the page of a ministry is made from: its entry, and the last edition that had it."""

    frame: Frame
    ministry: Ministry
    edition: EditionName


def gone_pages(frame: Frame, history: History) -> Iterator[Page[Any]]:
    """Yields the pages of what earlier editions had and this one hasn't."""
    for id, item in history.gone_measures():
        measure = GoneMeasure(frame, id, plain_text(item), printed(item), history.of(id))
        yield Page(urls.measure_page(id), measure, _write_measure)
    for ministry, edition in history.gone_ministries():
        path = urls.ministry_page(ministry.id)
        yield Page(path, GoneMinistry(frame, ministry, edition), _write_ministry)


def _write_measure(measure: GoneMeasure) -> str:
    return fill_page(
        "web/gone_measure.html.j2",
        measure.frame,
        urls.measure_page(measure.id),
        measure=measure,
        biography=measure.biography,
        became=BECAME_NAMES,
    )


def _write_ministry(ministry: GoneMinistry) -> str:
    return fill_page(
        "web/gone_ministry.html.j2",
        ministry.frame,
        urls.ministry_page(ministry.ministry.id),
        ministry=ministry.ministry,
        edition=ministry.edition,
    )
