"""What readers of tags meet: margins as artefacts, the scopes of headings, a draft's box or not.

WeasyPrint draws a page's margins as marked content that no tag refers to; PDF/UA wants everything
to be either tagged or an artefact.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import weasyprint.draw
import weasyprint.pdf
from weasyprint.formatting_structure import boxes

from kihonkeikaku.render.print.inside_weasyprint.replacing import replaced


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


def take_away(page: Any, css_class: str) -> None:
    """Takes what bears a class from a rendered page; nothing may depend on where that stood."""
    _prune(page._page_box, css_class)


def _prune(box: Any, css_class: str) -> None:
    if not isinstance(box, boxes.ParentBox):
        return
    box.children = [child for child in box.children if not _bears(child, css_class)]
    for child in box.children:
        _prune(child, css_class)


def _bears(box: Any, css_class: str) -> bool:
    return box.element is not None and box.element.get("class") == css_class
