"""Styles computed once for all elements whose declared styles are equal.

WeasyPrint shares a computed style between elements, but not where they have an id, nor below one:
in a plan, neither between its measures nor between their ministries. Apart from the anchor and
counters these styles are equal.

Without this patch the pages are the same, but the PDF of the plan takes 1.14 times as long, at 244
pages 1.22 times.

Upstream: not offered yet.
"""

from contextlib import AbstractContextManager
from typing import Any, Final

from weasyprint.css import AnonymousStyle, ComputedStyle

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_PER_ELEMENT: Final = frozenset({"anchor", "counter_increment", "counter_reset", "counter_set"})
"""Properties that are computed for each element; pages change their counters later, too."""


def shared_styles() -> AbstractContextManager[None]:
    """Makes a style take its computed values from the first style with equal declarations."""
    original_init, original_missing = ComputedStyle.__init__, ComputedStyle.__missing__
    first_styles: dict[tuple[object, ...], Any] = {}

    def init(style: Any, *arguments: Any) -> None:
        original_init(style, *arguments)
        style.first = first_styles.setdefault(_sharing_key(style), style)
        style.specified = style.first.specified

    def missing(style: Any, name: str) -> Any:
        if style.first is style or name in _PER_ELEMENT:
            return original_missing(style, name)
        value = style[name] = style.first[name]
        return value

    return replaced(
        (ComputedStyle, "__init__", init),
        (ComputedStyle, "__missing__", missing),
        (ComputedStyle, "anonymous_style", property(_anonymous_style)),
    )


def shared_cache(style: Any) -> dict[str, Any]:
    """Returns a dictionary that belongs to a style and to all that share its values."""
    cache: dict[str, Any] = vars(getattr(style, "first", style))
    return cache


def _sharing_key(style: Any) -> tuple[object, ...]:
    """Returns what makes two styles equal: their parents' values, and what is declared."""
    parent = style.parent_style
    # By identity: values are those of the style sheet, which outlives the styles.
    declared = [
        (name, id(value), precedence, layer, *specificity)
        for name, (value, (precedence, layer, specificity)) in style.cascaded.items()
        if name not in _PER_ELEMENT
    ]
    return id(getattr(parent, "first", parent)), style.pseudo_type, *declared


def _anonymous_style(style: Any) -> Any:
    """Returns the style of the boxes that no element makes."""
    cache = shared_cache(style)
    if "anonymous" not in cache:
        cache["anonymous"] = AnonymousStyle(style.first)
    return cache["anonymous"]
