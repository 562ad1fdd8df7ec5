"""Words of a comparison that only one edition has, told by the tag tree too, not by a line alone.

WeasyPrint tags <ins> and <del> as being nothing in particular.
"""

from contextlib import AbstractContextManager
from typing import Final

import pydyf
from weasyprint.pdf import tags

from kihonkeikaku.render.print.inside_weasyprint.replacing import replaced

_TYPES: Final = {"ins": "Ins", "del": "Del"}
_ROLES: Final = dict.fromkeys(_TYPES.values(), "/Span")
"""What readers that don't know our types take them for (ISO 32000-1, 14.7.3)."""


def changed_words_tagged() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint tags <ins> and <del> as such."""
    tag_of = tags._get_pdf_tag
    return replaced((tags, "_get_pdf_tag", lambda tag: _TYPES.get(tag) or tag_of(tag)))


def describe_changed_words(pdf: pydyf.PDF) -> None:
    """Says what the tags of changed words stand for, and that a line is drawn under them."""
    found = [each for each in pdf.objects if _is_changed(each)]
    for element in found:
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": "/Underline"})
    if found:
        root = int(pdf.catalog["StructTreeRoot"].split()[0])
        pdf.objects[root]["RoleMap"] = pydyf.Dictionary(_ROLES)


def _is_changed(each: pydyf.Object) -> bool:
    return isinstance(each, pydyf.Dictionary) and str(each.get("S", "")).lstrip("/") in _ROLES
