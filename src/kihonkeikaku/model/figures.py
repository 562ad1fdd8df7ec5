"""The pictures of a plan: PNG, JPEG, and SVG that neither runs anything nor reaches out.

An SVG is a program as well as a picture. What may be in one is listed, and all else is refused:
a page of a government shows it to everybody. Letters are refused too, since they would look
different on each machine; drawing programs turn them into outlines.
"""

import base64
import re
import struct
from typing import Final, Self
from xml.etree.ElementTree import ParseError, XMLParser

from pydantic import Field, model_validator

from kihonkeikaku.model.values import Line, Model, invalid_value

FIGURE_NAME: Final = re.compile(r"figures/[a-z0-9]+(?:[-_][a-z0-9]+)*\.(?:png|jpg|jpeg|svg)")
"""The path of a picture within the plan."""

MEDIA_TYPES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
}
"""By the ending of the file's name."""

FIGURE_LIMIT: Final = 2 << 20
"""Largest picture, in bytes."""
FIGURES_LIMIT: Final = 8 << 20
"""Most bytes of all pictures together: the frozen record holds them, a third larger."""
PIXEL_LIMIT: Final = 40_000_000
"""Most pixels: an A4 page at 600 dpi has 35 million."""
SVG_ELEMENT_LIMIT: Final = 50_000
"""Most elements that an SVG draws, those drawn by ``use`` counted each time."""
SVG_DEPTH_LIMIT: Final = 50

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SVG_ELEMENTS: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "clipPath", "mask"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "marker"),
        *("linearGradient", "radialGradient", "stop", "pattern"),
    }
)
_HREF: Final = re.compile(r"(?:\{.*\})?href")
_FOREIGN_URL: Final = re.compile(r"""url\(\s*["']?\s*(?!#)|@import|image-set|\\""", re.IGNORECASE)
_DECLARED_ENCODING: Final = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_JPEG_SIZE: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG segments that hold the size of the picture (ITU-T T.81, B.2.2)."""


class FigureFile(Model):
    """A picture, as the frozen record of a plan holds it."""

    file: Line = Field(description="図のファイル。「figures/x.svg」の形。")
    content: str = Field(description="中身。Base64。")

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        try:
            content = base64.b64decode(self.content, validate=True)
        except ValueError:
            fault: str | None = "Base64 として読めません"
        else:
            fault = picture_fault(self.file, content)
        if not FIGURE_NAME.fullmatch(self.file) or fault:
            raise invalid_value("figure-file", f"図「{self.file}」が使えません。", fault or "")
        return self

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return base64.b64decode(self.content)


def make_figure_file(name: str, content: bytes) -> FigureFile:
    """Returns a picture as the frozen record holds it.

    Args:
        name: its file's path within the plan.
        content: its bytes, in which ``picture_fault`` finds nothing.
    """
    return FigureFile(file=name, content=base64.b64encode(content).decode("ascii"))


def picture_fault(name: str, content: bytes) -> str | None:
    """Returns why a picture can't be published, in Japanese; None if it can.

    Args:
        name: its file's name, whose ending says what it must be.
        content: its bytes.
    """
    if len(content) > FIGURE_LIMIT:
        return f"大きすぎます（上限 {FIGURE_LIMIT >> 20} MiB）"
    ending = name.rpartition(".")[2]
    if ending == "svg":
        return _svg_fault(content)
    size = _png_size(content) if ending == "png" else _jpeg_size(content)
    if size is None:
        return f"{'PNG' if ending == 'png' else 'JPEG'} の画像ではありません"
    width, height = size
    if not width or not height or width * height > PIXEL_LIMIT:
        return f"画素数（{width}×{height}）が 1 から {PIXEL_LIMIT:,} までではありません"
    return None


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Returns width and height in pixels; None of what is no PNG (ISO/IEC 15948, 11.2.2)."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") or len(content) < 24:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Returns width and height in pixels; None of what is no JPEG (ITU-T T.81, B.2.2)."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        if content[at + 1] in _JPEG_SIZE:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _svg_fault(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "文字コードが UTF-8 ではありません"
    declared = _DECLARED_ENCODING.match(text)
    if declared and declared[1].lower() != "utf-8":
        return "文字コードが UTF-8 ではありません"
    if "<!DOCTYPE" in text:
        return "DOCTYPE があります"
    checker = _SvgChecker()
    parser = XMLParser(target=checker)
    try:
        parser.feed(text)
        parser.close()
    except ParseError as error:
        return f"{error.position[0]} 行目に、XML の誤りがあります"
    return checker.fault or checker.use_fault()


class _SvgChecker:
    """Looks at each element of an SVG as it is read; ``fault`` is the first thing wrong with it."""

    def __init__(self) -> None:
        self.fault: str | None = None
        self._open: list[tuple[str, str | None, int]] = []  # tag, id, elements before
        self._count = 0
        self._sizes: dict[str, tuple[int, bool]] = {}  # of what has an id: elements, any use
        self._uses: list[tuple[int, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Looks at the beginning of an element."""
        name = tag.removeprefix(_SVG)
        if name == tag or name not in _SVG_ELEMENTS:
            self._found(f"使えない要素「{tag.rpartition('}')[2]}」があります")
        if (not self._open) != (name == "svg"):
            self._found("svg の要素が、いちばん外側の一つだけではありません")
        for key, value in attributes.items():
            self._check_attribute(name, key, value)
        self._open.append((name, attributes.get("id"), self._count))
        self._count += 1
        if len(self._open) > SVG_DEPTH_LIMIT:
            self._found("入れ子が深すぎます")

    def end(self, _: str) -> None:
        """Looks at the end of an element."""
        _, id, before = self._open.pop()
        if id:
            has_use = any(at >= before for at, _ in reversed(self._uses[-1:]))
            self._sizes[id] = self._count - before, has_use

    def data(self, text: str) -> None:
        """Looks at some text: of style sheets and titles."""
        if self._open and self._open[-1][0] == "style" and _FOREIGN_URL.search(text):
            self._found("ほかのファイルを指すスタイルがあります")

    def pi(self, *_: str) -> None:
        """Looks at a processing instruction: it may name a style sheet."""
        self._found("処理命令（<?…?>）があります")

    def close(self) -> None:
        """Ends."""

    def use_fault(self) -> str | None:
        """Returns what is wrong with the elements that ``use`` draws again, if anything is."""
        drawn = self._count
        for _, target in self._uses:
            size, has_use = self._sizes.get(target, (0, False))
            if has_use:
                return "use で描く図形の中に、また use があります"
            drawn += size
        return "要素が多すぎます" if drawn > SVG_ELEMENT_LIMIT else None

    def _check_attribute(self, element: str, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self._found(f"動作を起こす属性「{key}」があります")
        elif _HREF.fullmatch(key) and not value.startswith("#"):
            self._found("ほかのファイルかアドレスを指しています")
        elif _FOREIGN_URL.search(value):
            self._found("ほかのファイルを指すスタイルがあります")
        if element == "use" and _HREF.fullmatch(key):
            self._uses.append((self._count, value[1:]))

    def _found(self, fault: str) -> None:
        self.fault = self.fault or fault
