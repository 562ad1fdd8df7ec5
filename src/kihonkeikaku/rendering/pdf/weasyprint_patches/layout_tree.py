"""The boxes of laid-out pages: where lines are, and elements that are left out.

Drafts number their lines, and show elements that the final PDF of the same layout does not.
WeasyPrint has no line numbers and no public access to the tree of boxes, so private attributes are
read here.

Upstream: not offered yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from weasyprint.formatting_structure import boxes

_POINTS: Final = 0.75
"""A CSS pixel in points."""

_BODY: Final = "main"
"""The element whose lines are the body's."""


@dataclass(frozen=True, slots=True)
class LinePositions:
    """The lines of the body on one page, in points from the page's upper left corner.

    ``left`` is where the text area begins, ``baselines`` how far down each line's baseline is.
    """

    left: float
    baselines: tuple[float, ...]


def find_lines(page: Any) -> LinePositions:
    """Returns the positions of the body's lines on a page of a rendered document, in order."""
    page_box = page._page_box
    lines = (line for body in _bodies(page_box) for line in _lines(body))
    return LinePositions(
        left=page_box.content_box_x() * _POINTS,
        baselines=tuple((line.position_y + line.baseline) * _POINTS for line in lines),
    )


def find_line_ids(page: Any, before: str) -> Iterator[str]:
    """Yields for each of the body's lines on a page the id of the last element that has one.

    Args:
        page: a page of a rendered document.
        before: the last id on the pages before, for lines that stand above the first one.
    """
    for body in _bodies(page._page_box):
        for id in _line_ids(body):
            before = id or before
            if id is None:
                yield before


def _line_ids(box: Any) -> Iterator[str | None]:
    """Yields the ids of elements as they begin, and None for each outermost line."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield None
        else:
            if child.element is not None and child.element.get("id"):
                yield child.element.get("id")
            yield from _line_ids(child)


def _bodies(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.Box) and child.element_tag == _BODY:
            yield child
        elif not isinstance(child, boxes.LineBox):
            yield from _bodies(child)


def _lines(box: Any) -> Iterator[Any]:
    """Yields the outermost line boxes: lines inside of one, such as that of 「①」, don't count."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child
        else:
            yield from _lines(child)


def remove_elements(page: Any, css_class: str) -> None:
    """Removes the elements of a class from a rendered page, without moving any others."""
    _prune(page._page_box, css_class)


def _prune(box: Any, css_class: str) -> None:
    if not isinstance(box, boxes.ParentBox):
        return
    box.children = [child for child in box.children if not _has_class(child, css_class)]
    for child in box.children:
        _prune(child, css_class)


def _has_class(box: Any, css_class: str) -> bool:
    return box.element is not None and box.element.get("class") == css_class
