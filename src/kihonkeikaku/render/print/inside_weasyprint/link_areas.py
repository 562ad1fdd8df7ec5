"""One area a link.

WeasyPrint makes an area, and with it a tagged annotation, of each box inside of a link too: an
entry of the contents would be read out as five links.
"""

from typing import Any


def keep_one_area_a_link(pages: Any) -> None:
    """Takes the areas inside of others from the pages of a rendered document."""
    for page in pages.pages:
        page.links = [link for link in page.links if _own(link[-1])]


def _own(box: Any) -> bool:
    """Tells whether a box is a link's, rather than inside of one."""
    return box.link is not None
