"""The list of all ministries, with how many measures each leads and takes part in."""

from dataclasses import dataclass

from kihonkeikaku.render.web import addresses
from kihonkeikaku.render.web.catalogue import Catalogue
from kihonkeikaku.render.web.frame import Frame, fill_page
from kihonkeikaku.render.web.ministry_page import Office, office
from kihonkeikaku.render.web.page import Page


@dataclass(frozen=True, slots=True)
class AllMinistries:
    """What the page is made from, in the register's order."""

    frame: Frame
    offices: tuple[Office, ...]


def ministry_list(frame: Frame, catalogue: Catalogue) -> Page[AllMinistries]:
    """Returns the list of all registered ministries."""
    offices = tuple(office(ministry, catalogue) for ministry in catalogue.document.ministries)
    return Page(addresses.MINISTRIES, AllMinistries(frame, offices), _write)


def _write(ministries: AllMinistries) -> str:
    return fill_page(
        "web/ministries.html.j2",
        ministries.frame,
        addresses.MINISTRIES,
        offices=ministries.offices,
    )
