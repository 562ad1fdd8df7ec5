"""The XML of an Office file: parsed without a DOCTYPE, within limits of size and depth.

ECMA-376 part 2 (9.1.4) allows UTF-8 and UTF-16 and no DTD. The text is decoded here and handed to
the parser as text, so that no declared encoding can hide one.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

MOST_ELEMENTS: Final = 1_000_000
MOST_ATTRIBUTES: Final = 3_000_000
DEPTH_LIMIT: Final = 100
"""Deepest nesting; a table in a cell of a table is 20 deep."""

_ADVICE: Final = "Word や Excel で開き、保存し直してください。"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LONG_VALUE: Final = re.compile(r"""=\s*["'][^"'<]{1000}""")
_DECLARED: Final = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


class XmlPartError(Exception):
    """A part whose XML is refused; ``str()`` is the reason in Japanese, ``advice`` what to do."""

    advice = _ADVICE


def parse_xml(content: bytes) -> Element:
    """Parses one part.

    Raises:
        XmlPartError: it is no XML, or more than any word processor writes.
    """
    text = _decode(content)
    if "<!DOCTYPE" in text:
        raise XmlPartError("DOCTYPE があります")
    if text.count("<") > 2 * MOST_ELEMENTS or text.count("=") > MOST_ATTRIBUTES:
        raise XmlPartError("要素が多すぎます")
    _require_short_namespaces(text)
    parser = XMLParser()
    try:
        parser.feed(text)
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise XmlPartError(f"{line} 行目の {column + 1} 桁目に、XML の誤りがあります") from error
    _require_shallow(root)
    return root


def _decode(content: bytes) -> str:
    is_utf16 = content.startswith(_UTF16)
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise XmlPartError("文字コードが UTF-8 でも UTF-16 でもありません") from error
    declared = _DECLARED.match(text)
    if declared and declared[1].lower() not in ("utf-8", "utf8", "utf-16", "us-ascii"):
        raise XmlPartError("文字コードが UTF-8 でも UTF-16 でもありません")
    return text


def _require_short_namespaces(text: str) -> None:
    """Refuses long names of namespaces: the parser repeats them in each name of an element."""
    for match in _LONG_VALUE.finditer(text):
        before = text[max(0, match.start() - 200) : match.start()].split()
        if not before or "xmlns" in before[-1] or len(before[-1]) > 100:
            raise XmlPartError("名前空間の名前が長すぎます")


def _require_shallow(root: Element) -> None:
    level = [root]
    for _ in range(DEPTH_LIMIT):
        level = [child for element in level for child in element]
        if not level:
            return
    raise XmlPartError("入れ子が深すぎます")
