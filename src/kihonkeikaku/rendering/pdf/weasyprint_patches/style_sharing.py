"""Styles computed once for all elements that are alike.

WeasyPrint computes a style of its own for each element with an id, and for all within it: of a
plan, for each measure and each of its ministries. But for the anchor they are the same.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

from weasyprint.css import AnonymousStyle, ComputedStyle

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_OWN: Final = frozenset({"anchor", "counter_increment", "counter_reset", "counter_set"})
"""What styles that are alike may differ in; pages change their counters, too."""

Alike = dict[tuple[object, ...], Any]


def styles_computed_once() -> AbstractContextManager[None]:
    """While this lasts, a style takes what it says from the first one that is like it."""
    start, compute = ComputedStyle.__init__, ComputedStyle.__missing__
    firsts: Alike = {}

    def begin(style: Any, *values: Any) -> None:
        start(style, *values)
        _find_first(style, firsts)

    return replaced(
        (ComputedStyle, "__init__", begin),
        (ComputedStyle, "__missing__", lambda style, key: _computed(compute, style, key)),
        (ComputedStyle, "anonymous_style", property(_anonymous)),
    )


def noted(style: Any) -> dict[str, Any]:
    """Returns what is noted of a style and of all that are like it."""
    known: dict[str, Any] = vars(getattr(style, "first", style))
    return known


def _find_first(style: Any, firsts: Alike) -> None:
    """Notes the first style that is like this one, maybe itself."""
    parent = style.parent_style
    # Values are those of the style sheet, which lives longer than any style.
    cascaded = [
        (name, id(value), precedence, layer, *specificity)
        for name, (value, (precedence, layer, specificity)) in style.cascaded.items()
        if name not in _OWN
    ]
    key = id(getattr(parent, "first", parent)), style.pseudo_type, *cascaded
    style.first = firsts.setdefault(key, style)
    style.specified = style.first.specified


def _computed(compute: Callable[[Any, str], Any], style: Any, key: str) -> Any:
    """Takes the place of ``ComputedStyle.__missing__``."""
    if style.first is style or key in _OWN:
        return compute(style, key)
    value = style[key] = style.first[key]
    return value


def _anonymous(style: Any) -> Any:
    """Takes the place of ``anonymous_style``: the style of boxes that no element makes."""
    known = noted(style)
    if "anonymous" not in known:
        known["anonymous"] = AnonymousStyle(style.first)
    return known["anonymous"]
