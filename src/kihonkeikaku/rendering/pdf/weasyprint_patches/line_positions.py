"""Where the laid-out lines are.

A line of text is a line box; what a layout tree holds inside of one, such as the box of 「①」, has
lines of its own, which are part of that line.
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
class LinePlaces:
    """The lines of the body on one page, in points from the page's upper left corner.

    ``left`` is where the text area begins, ``baselines`` how far down each line's baseline is.
    """

    left: float
    baselines: tuple[float, ...]


def line_places(page: Any) -> LinePlaces:
    """Returns the places of the body's lines on a page of a rendered document, in their order."""
    box = page._page_box
    lines = (line for body in _bodies(box) for line in _lines(body))
    return LinePlaces(
        left=box.content_box_x() * _POINTS,
        baselines=tuple((line.position_y + line.baseline) * _POINTS for line in lines),
    )


def _bodies(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.Box) and child.element_tag == _BODY:
            yield child
        elif not isinstance(child, boxes.LineBox):
            yield from _bodies(child)


def _lines(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield child
        else:
            yield from _lines(child)
