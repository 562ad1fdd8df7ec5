"""What the tags of an accessible PDF say of changed words, links, margins and table headings.

WeasyPrint

- gives <ins> and <del> no tag of their own: without this patch a comparison shows changed words by
  a line under them alone, which a screen reader does not read;
- makes one annotation for each box of a link, without a description (PDF/UA-1, 7.18.5) and without
  the flag to print it (PDF/A, 6.5.3);
- tags page numbers and running notices as content, and they are read out on each page; they are
  artifacts (PDF/UA-1, 7.8);
- leaves out whether a table's heading is that of a row or of a column (PDF/UA-1, 7.5).

Upstream: not offered yet.
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

_CHANGE_TAGS: Final = {"ins": "Ins", "del": "Del"}

_ROLES: Final = dict.fromkeys(_CHANGE_TAGS.values(), "/Span")
"""The standard type of these tags, for readers that don't know them (ISO 32000-1, 14.7.3)."""

_PRINT: Final = 4
"""The flag of an annotation that is printed, not only shown on screen (ISO 32000-1, 12.5.3)."""


def tagged_changes() -> AbstractContextManager[None]:
    """Makes WeasyPrint tag <ins> and <del>."""
    original = tags._get_pdf_tag
    return replaced((tags, "_get_pdf_tag", lambda tag: _CHANGE_TAGS.get(tag) or original(tag)))


def describe_changes(pdf: pydyf.PDF) -> None:
    """Adds the roles of the tags of changed words to a PDF, and the line under each of them."""
    elements = [each for each in pdf.objects if _is_change(each)]
    for element in elements:
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": "/Underline"})
    if elements:
        root = int(pdf.catalog["StructTreeRoot"].split()[0])
        pdf.objects[root]["RoleMap"] = pydyf.Dictionary(_ROLES)


def _is_change(each: pydyf.Object) -> bool:
    return isinstance(each, pydyf.Dictionary) and str(each.get("S", "")).lstrip("/") in _ROLES


def keep_one_area_per_link(pages: Any) -> None:
    """Removes the link areas of boxes inside of a link from the pages of a rendered document."""
    for page in pages.pages:
        page.links = [link for link in page.links if link[-1].link is not None]


def describe_links(pages: Any) -> None:
    """Describes each link of a PDF that is about to be written by its element's title or text."""
    for page in pages.pages:
        for *_, box in page.links:
            box.link_annotation["Contents"] = pydyf.String(_description(box.element))
            box.link_annotation["F"] = _PRINT


def _description(element: Any) -> str:
    text: str = element.get("title") or "".join(element.itertext())
    return text


def margins_as_artifacts() -> AbstractContextManager[None]:
    """Draws what stands in a page's margins as artifacts, and adds scopes to table headings."""
    draw, add_tags = weasyprint.draw.draw_stacking_context, weasyprint.pdf.add_tags
    return replaced(
        (weasyprint.draw, "draw_stacking_context", partial(_draw_stacking_context, draw)),
        (weasyprint.pdf, "add_tags", partial(_add_tags, add_tags)),
    )


def _draw_stacking_context(original: Callable[..., None], stream: Any, context: Any) -> None:
    """Replaces ``draw_stacking_context``: a margin is drawn without tags."""
    if not isinstance(context.box, boxes.MarginBox):
        original(stream, context)
        return
    with stream.artifact():
        page_tags, stream._tags = stream._tags, None
        original(stream, context)
        stream._tags = page_tags


def _add_tags(original: Callable[..., None], pdf: Any, pages: Any, *rest: Any) -> None:
    """Replaces ``add_tags``, which expects tags of all boxes of a page: hides the margins."""
    page_boxes = [page._page_box for page in pages.pages]
    all_children = [box.children for box in page_boxes]
    for box in page_boxes:
        box.children = [child for child in box.children if not isinstance(child, boxes.MarginBox)]
    original(pdf, pages, *rest)
    for box in page_boxes:
        _add_scopes(box)
    for box, children in zip(page_boxes, all_children, strict=True):
        box.children = children


def _add_scopes(box: Any) -> None:
    """Sets ``Scope`` of each table heading below a box: that of a row or that of a column."""
    if isinstance(box, boxes.TableCellBox) and box.element_tag == "th" and box.element is not None:
        box.mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
    elif isinstance(box, boxes.ParentBox) and not isinstance(box, boxes.LineBox):
        for child in box.children:
            _add_scopes(child)
