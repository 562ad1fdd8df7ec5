"""What is in the flow of a page, told in one step.

WeasyPrint asks of each box some ten times whether it is in the flow, in five steps each; and of
each line three times what floats leave to it, where there are none.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from weasyprint.formatting_structure.boxes import Box, LineBox
from weasyprint.layout import inline

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

Place = tuple[float, float, float]
"""Where a box begins, in x and y, and how wide it may be."""


def flow_told_at_once() -> AbstractContextManager[None]:
    """While this lasts, boxes look at two properties, and lines for floats only if any."""
    return replaced(
        (Box, "is_in_normal_flow", _is_in_normal_flow),
        (inline, "avoid_collisions", partial(_avoid, inline.avoid_collisions)),
    )


def _is_in_normal_flow(box: Any) -> bool:
    """Takes the place of ``Box.is_in_normal_flow``."""
    style = box.style
    return style["float"] == "none" and style["position"] in {"static", "relative"}


def _avoid(
    avoid: Callable[..., Place], context: Any, box: Any, around: Any, outer: bool = True
) -> Place:
    """Takes the place of ``avoid_collisions``, to the last bit."""
    from_left = around.style["direction"] == "ltr"
    if context.excluded_shapes or outer or not isinstance(box, LineBox) or not from_left:
        return avoid(context, box, around, outer)
    left = around.content_box_x()
    right = left + around.width - box.margin_right
    left += box.margin_left
    top = box.position_y + box.margin_top
    return left - box.margin_left, top - box.margin_top, right - left
