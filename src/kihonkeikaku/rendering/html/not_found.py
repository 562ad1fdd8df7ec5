"""The page that a host shows for an address that leads nowhere.

It is shown at any address, so links that start from the page would miss: with the publisher's
address known, they start from there.
"""

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.layout import Frame, frame_values
from kihonkeikaku.rendering.html.page import Page
from kihonkeikaku.rendering.templates import fill


def not_found_page(frame: Frame) -> Page[Frame]:
    """Returns the page."""
    return Page(urls.NOT_FOUND, frame, _write)


def _write(frame: Frame) -> str:
    values = frame_values(frame, urls.NOT_FOUND)
    if frame.base_url:
        values["root"] = urls.public_address(frame.base_url, "")
    return fill("web/404.html.j2", **values)
