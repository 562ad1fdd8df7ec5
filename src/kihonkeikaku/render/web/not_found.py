"""The page that a host shows for an address that leads nowhere.

It is shown at any address, so links that start from the page would miss: with the publisher's
address known, they start from there.
"""

from kihonkeikaku.render.environment import fill
from kihonkeikaku.render.web import addresses
from kihonkeikaku.render.web.frame import Frame, frame_values
from kihonkeikaku.render.web.page import Page


def not_found_page(frame: Frame) -> Page[Frame]:
    """Returns the page."""
    return Page(addresses.NOT_FOUND, frame, _write)


def _write(frame: Frame) -> str:
    values = frame_values(frame, addresses.NOT_FOUND)
    if frame.base_url:
        values["root"] = addresses.public_address(frame.base_url, "")
    return fill("web/404.html.j2", **values)
