"""Texts shaped once, with what texts of one font have in common made once.

WeasyPrint makes a context and a font description of Pango's for each text, and shapes most of them
twice: to find where the line ends, and again to draw it.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final

from weasyprint.css import computed_values, units
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import get_font_description
from weasyprint.text.line_break import Layout

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import noted

_USERS: Final = (computed_values, inline, line_break, units)
"""The modules that have ``strut`` for a name of their own."""

Strut = tuple[float, float]
"""A line's height without any text in it, and how far down its baseline is."""

_PLAIN: Final = {
    "font_kerning": "auto",
    "font_language_override": "normal",
    "text_decoration_line": "none",
    "font_variant_ligatures": "normal",
    "font_variant_position": "normal",
    "font_variant_caps": "normal",
    "font_variant_numeric": "normal",
    "font_variant_alternates": "normal",
    "font_variant_east_asian": "normal",
    "font_feature_settings": "normal",
}
"""What texts are of which Pango needs to be told no more than their font and language."""

_LINE_END: Final = re.compile("[\n\r\u2028\u2029]")
"""Where a text has lines of its own."""


def texts_shaped_once() -> AbstractContextManager[None]:
    """While this lasts, a text is drawn as it was laid out, where nothing changed in between."""
    set_up, set_text = Layout.setup, Layout.set_text
    deactivate, reactivate = Layout.deactivate, Layout.reactivate
    strut = partial(_strut, line_break.strut)
    return replaced(
        (Layout, "setup", lambda layout, style: _set_up(set_up, layout, style)),
        (Layout, "set_text", lambda layout, *a, **k: _set_text(set_text, layout, *a, **k)),
        (Layout, "deactivate", lambda layout: _deactivate(deactivate, layout)),
        (Layout, "reactivate", lambda layout, style: _reactivate(reactivate, layout, style)),
        *((module, "strut", strut) for module in _USERS),
    )


def _strut(strut: Callable[[Any], Strut], style: Any) -> Strut:
    """Takes the place of ``strut``."""
    known = _known(style)
    if "strut" not in known:
        known["strut"] = strut(style)
    told: Strut = known["strut"]
    return told


def _set_up(set_up: Callable[[Any, Any], None], layout: Any, style: Any) -> None:
    """Takes the place of ``Layout.setup``."""
    known = _known(style)
    if "shared" not in known:
        known["shared"] = _shared(style)
    if not known["shared"]:
        set_up(layout, style)
        return
    context, description, layout.language = known["shared"]
    layout.style, layout.first_line_direction = style, 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)


def _known(style: Any) -> dict[str, Any]:
    """Returns what is known of texts of a style; those that are alike may differ in size."""
    sizes = noted(style).setdefault("texts", {})
    known: dict[str, Any] = sizes.setdefault((style["font_size"], style["line_height"]), {})
    return known


def _shared(style: Any) -> tuple[Any, Any, Any] | None:
    """Makes a context, a font description and a language for a style whose texts are plain."""
    if not style["lang"] or any(style[name] != value for name, value in _PLAIN.items()):
        return None
    language = pango.pango_language_from_string(style["lang"].encode())
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    pango.pango_context_set_language(context, language)
    return context, get_font_description(style), language


def _set_text(set_text: Callable[..., None], layout: Any, text: str, justify: bool = False) -> None:
    """Takes the place of ``Layout.set_text``: a text is to be shaped as it will be drawn."""
    set_text(layout, text, justify)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, not _LINE_END.search(text))


def _deactivate(deactivate: Callable[[Any], None], layout: Any) -> None:
    """Takes the place of ``Layout.deactivate``: what was laid out is held on to until drawn."""
    if getattr(layout, "is_drawn", False):
        deactivate(layout)
    layout.is_drawn = True


def _reactivate(reactivate: Callable[[Any, Any], None], layout: Any, style: Any) -> None:
    """Takes the place of ``Layout.reactivate``."""
    if not hasattr(layout, "layout"):
        reactivate(layout, style)
