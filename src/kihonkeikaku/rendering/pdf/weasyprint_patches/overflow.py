"""Lines that would run over the edge are broken anywhere.

``overflow-wrap: anywhere`` breaks a run without a place to break only where it begins its line.
After a mark such as 「・」, a run of leaders, of 「ー」 or of 「、」, none of which may begin a
line, goes on over the edge, and so does a bracket after a long word. Here such a line is laid out
once more, with ``word-break: break-all``, and without ``nowrap`` within it.

Without this patch such a text is cut off at the edge, and the build ends when it is read back.

Upstream: not offered yet. CSS Text 3, 5.5 asks for it: «an otherwise unbreakable sequence of
characters may be broken at an arbitrary point if there are no otherwise-acceptable break points in
the line».
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_TOLERANCE: Final = 0.01
"""In CSS pixels: the widths of a line's boxes are sums of rounded numbers."""


def broken_overflowing_lines() -> AbstractContextManager[None]:
    """Breaks a line that is too long at any character."""
    return replaced(
        (inline, "get_next_linebox", partial(_get_next_linebox, inline.get_next_linebox))
    )


def _get_next_linebox(original: Any, context: Any, linebox: Any, *position: Any) -> Any:
    """Replaces ``get_next_linebox``."""
    _, _, _, containing_block, absolute_boxes, *_ = position
    known = len(absolute_boxes)
    line, resume_at = original(context, linebox, *position)
    if line is None or linebox.style["white_space"] == "nowrap" or _fits(line, containing_block):
        return line, resume_at
    del absolute_boxes[known:]
    with _breakable_anywhere(linebox):
        return original(context, linebox, *position)


def _fits(line: Any, containing_block: Any) -> bool:
    edge: float = containing_block.content_box_x() + containing_block.width
    return bool(line.position_x + line.width <= edge + _TOLERANCE)


@contextmanager
def _breakable_anywhere(linebox: Any) -> Iterator[None]:
    """Lets all text of a line break anywhere while the context lasts."""
    styles = [(box, box.style) for box in _inline_boxes(linebox)]
    for box, style in styles:
        box.style = style.copy()  # a style may be shared between boxes
        box.style["word_break"] = "break-all"
        box.style["white_space"] = linebox.style["white_space"]
    try:
        yield
    finally:
        for box, style in styles:
            box.style = style


def _inline_boxes(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox | boxes.InlineBox):
            yield child
        if isinstance(child, boxes.InlineBox):
            yield from _inline_boxes(child)
