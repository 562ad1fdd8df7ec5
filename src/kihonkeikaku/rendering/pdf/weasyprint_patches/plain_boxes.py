"""Boxes of which nothing is drawn but the text in them, told by their style.

WeasyPrint asks dozens of questions of each box for its background, its borders and its outline: all
but a few boxes have none of these, as all others of their style.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

import weasyprint.draw
from weasyprint.draw import border
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import background

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import noted

_CORNERS: Final = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
_PLAIN: Final = {"background": None, **dict.fromkeys(_CORNERS, (0, 0))}
"""The attributes of a box that are set."""

Draw = Callable[[Any, Any], None]


def plain_boxes_passed_over() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint asks such questions only of boxes that may have an answer."""
    lay = background.layout_box_backgrounds
    draw_outline = partial(_draw_outline, border.draw_outline)
    return replaced(
        (background, "layout_box_backgrounds", partial(_lay_background, lay)),
        (weasyprint.draw, "draw_border", partial(_draw_border, border.draw_border)),
        (weasyprint.draw, "draw_outline", draw_outline),
        (border, "draw_outline", draw_outline),
    )


def _lay_background(
    lay: Callable[..., None], page: Any, box: Any, get_image: Any, *rest: Any, **options: Any
) -> None:
    """Takes the place of ``layout_box_backgrounds``."""
    a_box = isinstance(box, Box) and not isinstance(box, PageBox)  # there are placeholders, too
    if rest or options or not a_box or not _is_plain(box.style):
        lay(page, box, get_image, *rest, **options)
        return
    vars(box).update(_PLAIN)
    for child in box.all_children():
        _lay_background(lay, page, child, get_image)


def _draw_border(draw: Draw, stream: Any, box: Any) -> None:
    """Takes the place of ``draw_border``."""
    if (
        box.border_top_width
        or box.border_right_width
        or box.border_bottom_width
        or box.border_left_width
        or not _is_plain(box.style)
        or box.style["column_rule_width"]
    ):
        draw(stream, box)


def _draw_outline(draw: Draw, stream: Any, box: Any) -> None:
    """Takes the place of ``draw_outline``, which draws those of the boxes within, too."""
    if box.style["outline_width"]:
        draw(stream, box)
        return
    for child in box.children:
        if isinstance(child, Box):
            _draw_outline(draw, stream, child)


def _is_plain(style: Any) -> bool:
    known = noted(style)
    if "is_plain" not in known:
        known["is_plain"] = (
            style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and all(kind == "none" for kind, _ in style["background_image"])
            and get_color(style, "background_color").alpha == 0
            and not style["box_shadow"]
            and all((0, "px") in style[corner] for corner in _CORNERS)
        )
    plain: bool = known["is_plain"]
    return plain
