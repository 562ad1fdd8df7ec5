"""Words of a comparison that only one edition has, told by the tag tree too, not by a line alone.

WeasyPrint tags <ins> and <del> as being nothing in particular.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

import pydyf
import weasyprint.draw
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_TYPES: Final = {"ins": "Ins", "del": "Del"}

_ROLES: Final = dict.fromkeys(_TYPES.values(), "/Span")
"""What readers that don't know our types take them for (ISO 32000-1, 14.7.3)."""


def changed_words_tagged() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint tags <ins> and <del> as such."""
    tag_of = tags._get_pdf_tag
    return replaced((tags, "_get_pdf_tag", lambda tag: _TYPES.get(tag) or tag_of(tag)))


def describe_changed_words(pdf: pydyf.PDF) -> None:
    """Says what the tags of changed words stand for, and that a line is drawn under them."""
    found = [each for each in pdf.objects if _is_changed(each)]
    for element in found:
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": "/Underline"})
    if found:
        root = int(pdf.catalog["StructTreeRoot"].split()[0])
        pdf.objects[root]["RoleMap"] = pydyf.Dictionary(_ROLES)


def _is_changed(each: pydyf.Object) -> bool:
    return isinstance(each, pydyf.Dictionary) and str(each.get("S", "")).lstrip("/") in _ROLES


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


def margins_as_artefacts() -> AbstractContextManager[None]:
    """While this lasts, page numbers and running notices are drawn as artefacts."""
    draw, add_tags = weasyprint.draw.draw_stacking_context, weasyprint.pdf.add_tags
    return replaced(
        (weasyprint.draw, "draw_stacking_context", partial(_draw, draw)),
        (weasyprint.pdf, "add_tags", partial(_add_tags, add_tags)),
    )


def _draw(draw: Callable[..., None], stream: Any, context: Any) -> None:
    """Takes the place of ``draw_stacking_context``: a page's margin leaves no tags."""
    if not isinstance(context.box, boxes.MarginBox):
        draw(stream, context)
        return
    with stream.artifact():
        tags, stream._tags = stream._tags, None
        draw(stream, context)
        stream._tags = tags


def _add_tags(add_tags: Callable[..., None], pdf: Any, pages: Any, *rest: Any) -> None:
    """Takes the place of ``add_tags``, which looks for the tags of all that a page holds."""
    held = [(page._page_box, page._page_box.children) for page in pages.pages]
    for box, children in held:
        box.children = [child for child in children if not isinstance(child, boxes.MarginBox)]
    add_tags(pdf, pages, *rest)
    for box, _ in held:
        _tell_scopes(box)
    for box, children in held:
        box.children = children


def _tell_scopes(box: Any) -> None:
    """Says of each heading of a table whether it is a row's or a column's: a tag's ``Scope``."""
    if isinstance(box, boxes.TableCellBox) and box.element_tag == "th" and box.element is not None:
        box.mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
        for child in box.children:
            _tell_scopes(child)
