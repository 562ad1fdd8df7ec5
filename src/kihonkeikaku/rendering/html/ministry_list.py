"""The list of all ministries, with how many measures each leads and takes part in."""

from dataclasses import dataclass

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.ministry_page import Office, office
from kihonkeikaku.rendering.html.page import Page


@dataclass(frozen=True, slots=True)
class AllMinistries:
    """What the page is made from, in the register's order."""

    frame: Frame
    offices: tuple[Office, ...]


def ministry_list(frame: Frame, catalogue: Catalogue) -> Page[AllMinistries]:
    """Returns the list of all registered ministries."""
    offices = tuple(office(ministry, catalogue) for ministry in catalogue.document.ministries)
    return Page(urls.MINISTRIES, AllMinistries(frame, offices), _write)


def _write(ministries: AllMinistries) -> str:
    return fill_page(
        "web/ministries.html.j2",
        ministries.frame,
        urls.MINISTRIES,
        offices=ministries.offices,
    )
