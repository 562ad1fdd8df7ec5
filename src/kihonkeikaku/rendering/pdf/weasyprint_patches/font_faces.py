"""Fonts where they lie.

WeasyPrint copies each font of a style sheet into a folder of its own, since it may be renamed there
in several ways; and into memory, in case that HarfBuzz can't cut out of it what a book needs. Ours
are fifteen megabytes, and each has one name; HarfBuzz cuts it, or the book is not made.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FONTCONFIG_WEIGHT, FontConfiguration

from kihonkeikaku.rendering.pdf.url_fetcher import packaged
from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_RENAMED: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="scan">
<test name="file" compare="eq"><string>{path}</string></test>
<edit name="family" mode="prepend"><string>{family}</string></edit>
<edit name="weight" mode="assign_replace"><int>{weight}</int></edit>
</match></fontconfig>
"""
_DESCRIBED: Final = {"font_family", "font_weight", "src"}


def packaged_fonts_in_place() -> AbstractContextManager[None]:
    """While this lasts, ``@font-face`` takes packaged fonts from where they are."""
    add, begin = FontConfiguration.add_font_face, fonts.Font.__init__
    return replaced(
        (FontConfiguration, "add_font_face", lambda *arguments: _add(add, *arguments)),
        (fonts.Font, "__init__", lambda *arguments: _begin(begin, *arguments)),
    )


def _begin(begin: Callable[..., None], *arguments: Any) -> None:
    """Takes the place of ``Font.__init__``, which reads the whole font."""
    with replaced((fonts, "get_hb_object_data", lambda _: b"")):
        begin(*arguments)


def _add(add: Callable[..., None], configuration: Any, face: dict[str, Any], *rest: Any) -> None:
    """Takes the place of ``add_font_face``, and gives back what is not as simple as ours."""
    [(kind, url), *others] = face["src"]
    path = packaged(url) if kind == "external" else None
    if path is None or others or face.keys() - _DESCRIBED or not _added(configuration, path, face):
        add(configuration, face, *rest)


def _added(configuration: Any, path: Path, face: dict[str, Any]) -> bool:
    weight = FONTCONFIG_WEIGHT[face.get("font_weight", "normal")]
    renamed = _RENAMED.format(
        path=escape(path.as_posix()), family=escape(face["font_family"]), weight=weight
    )
    fontconfig.FcConfigParseAndLoadFromMemory(configuration._config, renamed.encode(), True)
    added = fontconfig.FcConfigAppFontAddFile(configuration._config, path.as_posix().encode())
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
    return bool(added)
