"""What the vendored fonts can print, asked before anything is set.

A character that a font lacks would come out as a box, or from a font that the machine happens to
have.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES

FONTS: Final = tuple(
    TEMPLATES / "fonts" / f"BIZUD{name}.ttf"
    for name in ("Gothic-Bold", "Gothic-Regular", "Mincho-Regular")
)
"""The vendored fonts. All have the same characters, so that one can speak for the others."""

_WITH_SELECTOR: Final = re.compile(r".[\uFE00-\uFE0F\U000E0100-\U000E01EF]?", re.DOTALL)

_LISTED: Final = 5

_AROUND: Final = 10


def _nowhere(_character: str, _text: str) -> str:
    return ""


def refuse_missing_fonts() -> None:
    """Returns if the vendored fonts are there: without a font, Pango crashes.

    Raises:
        MachineError: one is not; the message says what to do.
    """
    for font in FONTS:
        if not font.is_file() or not font.stat().st_size:
            raise MachineError(f"書体 {font} がありません。kihonkeikaku を入れ直してください。")


def refuse_unprintable(texts: Iterable[str], place: Callable[[str, str], str] = _nowhere) -> None:
    """Returns if the fonts have every character of ``texts``.

    Args:
        texts: what is to be printed.
        place: tells where a character of a text stands, for the message, where that is known.

    Raises:
        CommandError: they don't; the message names the characters and where each stands.
    """
    places: dict[str, str] = {}
    for text in texts:
        for character in unprintable(text):
            places.setdefault(character, text)
    if places:
        raise CommandError(_message(places, place))


def unprintable(text: str) -> list[str]:
    """Returns the characters of ``text`` that the fonts lack, each with its variation selector."""
    return [character for character in _WITH_SELECTOR.findall(text) if not _printable(character)]


def _printable(character: str) -> bool:
    return character in (_characters() if len(character) == 1 else _variants())


@cache
def _characters() -> frozenset[str]:
    # Imported late here and below: it takes time, and only PDFs need it.
    from fontTools.ttLib import TTFont  # noqa: PLC0415 # heavy, and only a PDF needs it

    with TTFont(FONTS[0], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def _variants() -> frozenset[str]:
    """Returns the characters with a variation selector that the fonts know."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 # heavy, and only a PDF needs it

    with TTFont(FONTS[0], lazy=True) as font:
        return frozenset(
            chr(code) + chr(selector)
            for table in font["cmap"].tables
            if table.format == 14
            for selector, entries in table.uvsDict.items()
            for code, _ in entries
        )


def one_for_each_glyph() -> Callable[[str], str]:
    """Returns what writes a text with one character for each glyph.

    Two characters may look alike to the point of sharing their glyph: a PDF that prints both holds
    no trace of which is which. So does a variation selector that asks for the usual glyph.
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415 # heavy, and only a PDF needs it

    with TTFont(FONTS[0], lazy=True) as font:
        cmap = font["cmap"]
        first: dict[str, str] = {}
        alike = {chr(c): first.setdefault(name, chr(c)) for c, name in cmap.getBestCmap().items()}
        for table in cmap.tables:
            for selector, entries in table.uvsDict.items() if table.format == 14 else ():
                for code, name in entries:
                    variant = chr(code) + chr(selector)
                    alike[variant] = first.setdefault(name, variant) if name else alike[chr(code)]
    return lambda text: "".join(alike.get(each, each) for each in _WITH_SELECTOR.findall(text))


def _message(places: dict[str, str], place: Callable[[str, str], str]) -> str:
    listed = "、".join(
        f"{_code_points(character)}（{place(character, text)}「{_excerpt(character, text)}」の中）"
        for character, text in list(places.items())[:_LISTED]
    )
    more = f"、ほか{len(places) - _LISTED}字" if len(places) > _LISTED else ""
    return f"PDF の書体にない文字があります：{listed}{more}。書体にある字に改めてください。"


def _code_points(character: str) -> str:
    return " ".join(f"U+{ord(part):04X}" for part in character)


def _excerpt(character: str, text: str) -> str:
    at = text.index(character)
    start, end = max(0, at - _AROUND), at + len(character) + _AROUND
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
