"""Pictures are published only if they are what they say, and neither run nor reach out."""

import base64
import struct

import pytest
from pydantic import ValidationError

from kihonkeikaku.model.figures import (
    FIGURE_LIMIT,
    FigureFile,
    make_figure_file,
    picture_fault,
)


def svg(content: str, attributes: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{content}</svg>'.encode()


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\2\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    size = b"\xff\xc0\0\x11\x08" + struct.pack(">HH", height, width)
    return b"\xff\xd8\xff\xe0\0\x04ab" + size + b"\3"


NESTED_USE = '<g id="a"><use href="#b"/></g><g id="b"/><use href="#a"/>'
MANY_USES = f'<g id="a">{"<g/>" * 300}</g>' + '<use href="#a"/>' * 300


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.png", png(800, 600)),
        ("x.jpg", jpeg(800, 600)),
        ("x.jpeg", jpeg(1, 1)),
        ("x.svg", svg('<title>図</title><path d="M0 0L9 9" style="fill:url(#a)"/>')),
        ("x.svg", svg('<defs><g id="a"/></defs><use href="#a"/><style>.a{fill:red}</style>')),
        ("x.svg", b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>" + svg("")),
    ],
)
def test_sound(name: str, content: bytes) -> None:
    assert picture_fault(name, content) is None
    figure = make_figure_file(f"figures/{name}", content)
    assert figure.data == content


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.png", jpeg(8, 8), "PNG の画像ではありません"),
        ("x.jpg", png(8, 8), "JPEG の画像ではありません"),
        ("x.jpg", b"\xff\xd8\xff\xe0\0\0" * 9, "JPEG の画像ではありません"),
        (
            "x.png",
            png(20_000, 20_000),
            "画素数（20000×20000）が 1 から 40,000,000 までではありません",
        ),
        ("x.png", png(0, 8), "画素数（0×8）が 1 から 40,000,000 までではありません"),
        ("x.svg", b"0" * (FIGURE_LIMIT + 1), "大きすぎます（上限 2 MiB）"),
        ("x.svg", b"<!DOCTYPE svg>" + svg(""), "DOCTYPE があります"),
        ("x.svg", svg("").decode().encode("utf-16"), "文字コードが UTF-8 ではありません"),
        (
            "x.svg",
            b"<?xml version='1.0' encoding='ISO-2022-JP'?>" + svg(""),
            "文字コードが UTF-8 ではありません",
        ),
        ("x.svg", svg("<g>"), "1 行目に、XML の誤りがあります"),
        ("x.svg", b"<html/>", "使えない要素「html」があります"),
        ("x.svg", svg("<script>alert(1)</script>"), "使えない要素「script」があります"),
        ("x.svg", svg("<foreignObject/>"), "使えない要素「foreignObject」があります"),
        ("x.svg", svg("<text>図</text>"), "使えない要素「text」があります"),
        ("x.svg", svg('<image href="#a"/>'), "使えない要素「image」があります"),
        ("x.svg", svg('<x:g xmlns:x="urn:x"/>'), "使えない要素「g」があります"),
        ("x.svg", svg("<svg/>"), "svg の要素が、いちばん外側の一つだけではありません"),
        ("x.svg", svg("", 'onload="x()"'), "動作を起こす属性「onload」があります"),
        ("x.svg", svg('<use href="https://x.jp/#a"/>'), "ほかのファイルかアドレスを指しています"),
        (
            *("x.svg", svg('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="data:,"/>')),
            "ほかのファイルかアドレスを指しています",
        ),
        ("x.svg", svg("<style>@import 'x'</style>"), "ほかのファイルを指すスタイルがあります"),
        (
            "x.svg",
            svg("<style>g{fill:u\\72l(x)}</style>"),
            "ほかのファイルを指すスタイルがあります",
        ),
        ("x.svg", svg('<g style="fill:URL( x)"/>'), "ほかのファイルを指すスタイルがあります"),
        ("x.svg", svg("<?xml-stylesheet href='x'?>"), "処理命令（<?…?>）があります"),
        ("x.svg", svg("<g>" * 60 + "</g>" * 60), "入れ子が深すぎます"),
        ("x.svg", svg(NESTED_USE), "use で描く図形の中に、また use があります"),
        ("x.svg", svg(MANY_USES), "要素が多すぎます"),
    ],
)
def test_refused(name: str, content: bytes, fault: str) -> None:
    assert picture_fault(name, content) == fault


def test_record_with_a_refused_picture_is_no_plan() -> None:
    content = base64.b64encode(svg("<script/>")).decode()
    for file, written in (("figures/x.svg", content), ("figures/x.svg", "?"), ("../x.svg", "")):
        with pytest.raises(ValidationError):
            FigureFile(file=file, content=written)
