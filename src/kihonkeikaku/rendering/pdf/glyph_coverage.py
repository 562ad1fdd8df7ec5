"""Which characters the packaged fonts can print, checked before anything is laid out.

A character that a font lacks would be printed as a box, or in a font that the machine happens to
have.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FONTS: Final = tuple(
    TEMPLATES / "fonts" / f"BIZUD{name}.ttf"
    for name in ("Gothic-Bold", "Gothic-Regular", "Mincho-Regular")
)
"""The packaged fonts. All have the same characters, so only the first one is asked for them."""

_CHARACTER: Final = re.compile(r".[\uFE00-\uFE0F\U000E0100-\U000E01EF]?", re.DOTALL)
"""A character with its variation selector, if there is one."""

_MOST_LISTED: Final = 5

_EXCERPT_CHARACTERS: Final = 10
"""The number of characters shown before and after one that can't be printed."""

Locate = Callable[[str, str], str]
"""Returns the location of a character of a text, as the beginning of a Japanese sentence."""


def _no_location(_character: str, _text: str) -> str:
    return ""


def require_fonts() -> None:
    """Checks that the packaged fonts exist: without a font, Pango crashes.

    Raises:
        MachineError: one doesn't; the message says what to do.
    """
    for font in FONTS:
        if not font.is_file() or not font.stat().st_size:
            raise MachineError(f"書体 {font} がありません。kihonkeikaku を入れ直してください。")


def require_printable(texts: Iterable[str], locate: Locate = _no_location) -> None:
    """Checks that the fonts have every character of ``texts``.

    Args:
        texts: what is to be printed.
        locate: returns where a character of a text is, for the message, where that is known.

    Raises:
        CommandError: they don't; the message names the characters and the place of each.
    """
    unprintable: dict[str, str] = {}
    for text in texts:
        for character in find_unprintable(text):
            unprintable.setdefault(character, text)
    if unprintable:
        raise CommandError(_message(unprintable, locate))


def find_unprintable(text: str) -> list[str]:
    """Returns the characters of ``text`` that the fonts lack, each with its variation selector."""
    return [character for character in _CHARACTER.findall(text) if not _is_printable(character)]


def _is_printable(character: str) -> bool:
    return character in (_characters() if len(character) == 1 else _variants())


def _open_font() -> "TTFont":
    from fontTools.ttLib import TTFont  # noqa: PLC0415 # heavy, and only a PDF needs it

    font = TTFont(FONTS[0], lazy=True)
    # Names of glyphs are not needed here, and fontTools would take long to derive them.
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return font


@cache
def _characters() -> frozenset[str]:
    with _open_font() as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def _variants() -> frozenset[str]:
    """Returns the characters with a variation selector that the fonts have."""
    with _open_font() as font:
        return frozenset(
            chr(code) + chr(selector)
            for table in font["cmap"].tables
            if table.format == 14
            for selector, entries in table.uvsDict.items()
            for code, _ in entries
        )


def unify_glyphs(text: str) -> str:
    """Returns a text with one character for each glyph, the first of those that share it.

    Two characters may look so alike that they share a glyph: a PDF that prints both holds no trace
    of which is which. The same holds for a variation selector that selects the default glyph.
    """
    first = _first_of_glyph()
    return "".join(first.get(character, character) for character in _CHARACTER.findall(text))


@cache
def _first_of_glyph() -> Mapping[str, str]:
    """Returns, by each character, the first one that is printed by the same glyph."""
    with _open_font() as font:
        cmap = font["cmap"]
        by_glyph: dict[str, str] = {}
        first = {
            chr(code): by_glyph.setdefault(glyph, chr(code))
            for code, glyph in cmap.getBestCmap().items()
        }
        for table in cmap.tables:
            for selector, entries in table.uvsDict.items() if table.format == 14 else ():
                for code, glyph in entries:
                    variant = chr(code) + chr(selector)
                    first[variant] = (
                        by_glyph.setdefault(glyph, variant) if glyph else first[chr(code)]
                    )
    return first


def _message(unprintable: Mapping[str, str], locate: Locate) -> str:
    listed = "、".join(
        f"{_code_points(character)}（{locate(character, text)}「{_excerpt(character, text)}」の中）"
        for character, text in list(unprintable.items())[:_MOST_LISTED]
    )
    rest = len(unprintable) - _MOST_LISTED
    more = f"、ほか{rest}字" if rest > 0 else ""
    return f"PDF の書体にない文字があります：{listed}{more}。書体にある字に改めてください。"


def _code_points(character: str) -> str:
    return " ".join(f"U+{ord(part):04X}" for part in character)


def _excerpt(character: str, text: str) -> str:
    at = text.index(character)
    start, end = max(0, at - _EXCERPT_CHARACTERS), at + len(character) + _EXCERPT_CHARACTERS
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))
