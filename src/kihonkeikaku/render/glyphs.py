"""What the vendored fonts can print, asked before anything is set.

A character that a font lacks would come out as a box, or from a font that the machine happens to
have.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

from kihonkeikaku.finding import MachineTrouble, Trouble
from kihonkeikaku.render.packaged import TEMPLATES

FONTS: Final = tuple(
    TEMPLATES / "fonts" / f"BIZUD{name}.ttf"
    for name in ("Gothic-Bold", "Gothic-Regular", "Mincho-Regular")
)
"""The vendored fonts. All have the same characters, so that one can speak for the others."""

_WITH_SELECTOR: Final = re.compile(r".[\uFE00-\uFE0F\U000E0100-\U000E01EF]?", re.DOTALL)
_LISTED: Final = 5
_AROUND: Final = 10


def refuse_missing_fonts() -> None:
    """Returns if the vendored fonts are there: without a font, Pango crashes.

    Raises:
        MachineTrouble: one is not; the message says what to do.
    """
    for font in FONTS:
        if not font.is_file() or not font.stat().st_size:
            raise MachineTrouble(f"書体 {font} がありません。kihonkeikaku を入れ直してください。")


def refuse_unprintable(texts: Iterable[str]) -> None:
    """Returns if the fonts have every character of ``texts``.

    Raises:
        Trouble: they don't; the message names the characters and where each stands.
    """
    places: dict[str, str] = {}
    for text in texts:
        for character in unprintable(text):
            places.setdefault(character, text)
    if places:
        raise Trouble(_message(places))


def unprintable(text: str) -> list[str]:
    """Returns the characters of ``text`` that the fonts lack, each with its variation selector."""
    printable = _printable()
    return [character for character in _WITH_SELECTOR.findall(text) if character not in printable]


@cache
def _printable() -> frozenset[str]:
    """Returns all characters of the fonts, and those with a variation selector that they know."""
    # Late, since only a PDF needs it.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # noqa: PLC0415

    with TTFont(FONTS[0], lazy=True) as font:
        cmap = font["cmap"]
        characters = {chr(code) for code in cmap.getBestCmap()}
        variants = {
            chr(code) + chr(selector)
            for table in cmap.tables
            if table.format == 14
            for selector, entries in table.uvsDict.items()
            for code, _ in entries
        }
    return frozenset(characters | variants)


def one_for_each_glyph() -> Callable[[str], str]:
    """Returns what writes a text with one character for each glyph.

    Two characters may look alike to the point of sharing their glyph: a PDF that prints both holds
    no trace of which is which. So does a variation selector that asks for the usual glyph.
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415

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


def _message(places: dict[str, str]) -> str:
    listed = "、".join(_place(*place) for place in list(places.items())[:_LISTED])
    more = f"、ほか{len(places) - _LISTED}字" if len(places) > _LISTED else ""
    return f"PDF の書体にない文字があります：{listed}{more}。書体にある字に改めてください。"


def _place(character: str, text: str) -> str:
    codes = " ".join(f"U+{ord(part):04X}" for part in character)
    at = text.index(character)
    start, end = max(0, at - _AROUND), at + len(character) + _AROUND
    excerpt = "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
    return f"{codes}（「{excerpt}」の中）"
