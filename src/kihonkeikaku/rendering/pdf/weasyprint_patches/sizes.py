"""Sizes told once for each style, not for each box.

What margins, padding and the like come to depends on the style and on the size of the block around
alone. Boxes share a few dozen styles, and are laid out several times.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import absolute, block, column, float, grid, inline, page, percent, table

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import noted

_USERS: Final = (absolute, block, column, float, grid, inline, page, percent, table)
"""The modules that have ``resolve_percentages`` for a name of their own."""

_SIDES: Final = ("top", "right", "bottom", "left")
_SIZES: Final = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{bound}{size}" for bound in ("", "min_", "max_") for size in ("width", "height")),
)
"""The attributes of a box that are set."""

Resolve = Callable[[Any, Any], None]


def sizes_told_once() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint resolves percentages once for each style and block around."""
    resolve = partial(_resolve_once, percent.resolve_percentages)
    return replaced(*((module, "resolve_percentages", resolve) for module in _USERS))


def _resolve_once(resolve: Resolve, box: Any, containing_block: Any) -> None:
    """Takes the place of ``resolve_percentages``."""
    style = box.style
    if isinstance(box, PageBox) or style["border_collapse"] == "collapse":
        resolve(box, containing_block)  # here it depends on the box, too
        return
    if isinstance(containing_block, Box):
        around = containing_block.width, containing_block.height
    else:
        around = tuple(containing_block)
    known = noted(style).setdefault("sizes", {})
    sizes = known.get(around)
    if sizes is None:
        resolve(box, containing_block)
        known[around] = {name: getattr(box, name) for name in _SIZES}
    else:
        vars(box).update(sizes)
