"""Links as readers meet them: one area each, described in words.

WeasyPrint makes an area, and with it a tagged annotation, of each box inside of a link too: an
entry of the contents would be read out as five links. And it describes a link by the anchor that it
leads to, such as 「page--index」.
"""

from typing import Any, Final

import pydyf

_PRINTED: Final = 4
"""The flag of an annotation that is on paper as on the screen."""


def keep_one_area_a_link(pages: Any) -> None:
    """Takes the areas inside of others from the pages of a rendered document."""
    for page in pages.pages:
        page.links = [link for link in page.links if _own(link[-1])]


def _own(box: Any) -> bool:
    """Tells whether a box is a link's, rather than inside of one."""
    return box.link is not None


def describe_links(pages: Any) -> None:
    """Gives each link of a PDF that is about to be written its element's title or text."""
    for page in pages.pages:
        for *_, box in page.links:
            box.link_annotation["Contents"] = pydyf.String(_description(box.element))
            box.link_annotation["F"] = _PRINTED


def _description(element: Any) -> str:
    text: str = element.get("title") or "".join(element.itertext())
    return text
