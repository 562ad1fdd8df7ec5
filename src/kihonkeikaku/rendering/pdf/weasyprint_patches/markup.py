"""Markup read quickly: printed templates are XML too, which needs no parser written in Python.

What is not XML, such as an unclosed ``<p>``, is read as HTML as ever: no template has to be.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, fromstring

import weasyprint

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced


def xml_read_as_xml() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint reads markup that is XML as XML."""
    parse = weasyprint.tinyhtml5.parse
    reader = SimpleNamespace(parse=lambda *a, **k: _read(parse, *a, **k))
    return replaced((weasyprint, "tinyhtml5", reader))


def _read(parse: Callable[..., Element], markup: IO[Any] | str, **options: object) -> Element:
    """Takes the place of ``tinyhtml5.parse``."""
    text = markup if isinstance(markup, str) else markup.read()
    try:
        return fromstring(text)
    except ParseError:
        return parse(text, **options)
