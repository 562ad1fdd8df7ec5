"""Texts shaped once, and Pango's objects for a font made once for all texts in it.

WeasyPrint makes a Pango context and a font description for each text, and shapes most texts twice:
to find where the line ends, and again to draw it.

Without this patch the pages are the same, but the PDF of the plan takes 1.09 times as long, at 244
pages 1.14 times.

Upstream: not offered yet.
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
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import shared_cache

STRUT_MODULES: Final = (computed_values, inline, line_break, units)
"""The modules that import ``strut`` by name."""

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
"""The style of texts for which Pango needs no attributes beside font and language."""

_LINE_END: Final = re.compile("[\n\r\u2028\u2029]")

_Strut = tuple[float, float]
"""The height of a line without text, and how far down its baseline is."""


def shared_text_shaping() -> AbstractContextManager[None]:
    """Draws a text as it was laid out, and shares Pango's objects between texts of one style."""
    setup, set_text = Layout.setup, Layout.set_text
    deactivate, reactivate = Layout.deactivate, Layout.reactivate
    strut = partial(_strut, line_break.strut)
    return replaced(
        (Layout, "setup", lambda layout, style: _setup(setup, layout, style)),
        (Layout, "set_text", lambda layout, *a, **k: _set_text(set_text, layout, *a, **k)),
        (Layout, "deactivate", lambda layout: _deactivate(deactivate, layout)),
        (Layout, "reactivate", lambda layout, style: _reactivate(reactivate, layout, style)),
        *((module, "strut", strut) for module in STRUT_MODULES),
    )


def _strut(original: Callable[[Any], _Strut], style: Any) -> _Strut:
    """Replaces ``strut``."""
    cache = _text_cache(style)
    if "strut" not in cache:
        cache["strut"] = original(style)
    strut: _Strut = cache["strut"]
    return strut


def _setup(original: Callable[[Any, Any], None], layout: Any, style: Any) -> None:
    """Replaces ``Layout.setup``."""
    cache = _text_cache(style)
    if "pango" not in cache:
        cache["pango"] = _pango_objects(style)
    if not cache["pango"]:
        original(layout, style)
        return
    context, description, layout.language = cache["pango"]
    layout.style, layout.first_line_direction = style, 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)


def _text_cache(style: Any) -> dict[str, Any]:
    """Returns what is cached for texts of a style; styles that share values may differ in size."""
    by_size = shared_cache(style).setdefault("texts", {})
    cache: dict[str, Any] = by_size.setdefault((style["font_size"], style["line_height"]), {})
    return cache


def _pango_objects(style: Any) -> tuple[Any, Any, Any] | None:
    """Makes a context, a font description and a language, if the style's texts are plain."""
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


def _set_text(original: Callable[..., None], layout: Any, text: str, justify: bool = False) -> None:
    """Replaces ``Layout.set_text``: shapes a text as WeasyPrint would to draw it."""
    original(layout, text, justify)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, not _LINE_END.search(text))


def _deactivate(original: Callable[[Any], None], layout: Any) -> None:
    """Replaces ``Layout.deactivate``: keeps the layout for drawing, and drops it after that."""
    if getattr(layout, "is_laid_out", False):
        original(layout)
    layout.is_laid_out = True


def _reactivate(original: Callable[[Any, Any], None], layout: Any, style: Any) -> None:
    """Replaces ``Layout.reactivate``: does nothing where the layout was kept."""
    if not hasattr(layout, "layout"):
        original(layout, style)
