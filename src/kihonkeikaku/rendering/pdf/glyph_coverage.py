"""What the packaged fonts can print, and which characters share a glyph.

A character that the fonts lack would be printed as a box, or in a font that the machine happens to
have. Validation finds it with its place; this is what keeps it from being printed all the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.text.printed_characters import find_unprintable, split_variants

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib import TTFont

_FOLDER: Final = TEMPLATES / "fonts"

FACES: Final = (
    _FOLDER / "BIZUDMincho-Regular.ttf",
    _FOLDER / "NotoSerifJP-Regular.otf",
    _FOLDER / "NotoSerif-Regular.ttf",
    _FOLDER / "NotoSansSymbols2-Regular.ttf",
)
"""The fonts in the order in which one is looked for that has a character; see style.css."""

FONTS: Final = (
    _FOLDER / "BIZUDGothic-Bold.ttf",
    _FOLDER / "BIZUDGothic-Regular.ttf",
    *FACES,
)
"""All packaged fonts. Those of BIZ UD have the same characters."""

_MOST_LISTED: Final = 5

_EXCERPT_CHARACTERS: Final = 10
"""The number of characters shown before and after one that can't be printed."""


def require_fonts() -> None:
    """Checks that the packaged fonts exist: without a font, Pango crashes.

    Raises:
        MachineError: one doesn't; the message says what to do.
    """
    for font in FONTS:
        if not font.is_file() or not font.stat().st_size:
            raise MachineError(f"書体 {font} がありません。kihonkeikaku を入れ直してください。")


def require_printable(texts: Iterable[str]) -> None:
    """Checks that the fonts have every character of ``texts``.

    Raises:
        CommandError: they don't; the message names the characters and the words around each.
    """
    unprintable: dict[str, str] = {}
    for text in texts:
        for match in find_unprintable(text):
            unprintable.setdefault(match[0], text)
    if unprintable:
        raise CommandError(_message(unprintable))


def unify_glyphs(text: str) -> str:
    """Returns a text with one character for each glyph, the first of those that share it.

    Two characters may look so alike that they share a glyph: a PDF that prints both holds no trace
    of which is which. The same holds for a variation selector that selects the default glyph.
    """
    first = _first_of_glyph()
    return "".join(first.get(character, character) for character in split_variants(text))


@cache
def _first_of_glyph() -> Mapping[str, str]:
    """Returns, by each character, the first one that is printed by the same glyph."""
    first: dict[str, str] = {}
    for path in FACES:
        by_glyph: dict[str, str] = {}
        with _open_font(path) as font:
            own = {
                chr(code): by_glyph.setdefault(glyph, chr(code))
                for code, glyph in font["cmap"].getBestCmap().items()
                if chr(code) not in first
            }
            for code, selector, glyph in variants_of(font):
                if chr(code) in own:
                    variant = chr(code) + chr(selector)
                    own[variant] = by_glyph.setdefault(glyph, variant) if glyph else own[chr(code)]
        first |= own
    return first


def _open_font(path: "Path") -> "TTFont":
    from fontTools.ttLib import TTFont  # noqa: PLC0415 # heavy, and only a difference needs it

    font = TTFont(path, lazy=True)
    # Names of glyphs are not needed here, and fontTools would take long to derive them.
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return font


def variants_of(font: "TTFont") -> Iterator[tuple[int, int, str | None]]:
    """Yields the characters of a font that have variants, the selector, and the variant's glyph.

    The glyph is None where the selector selects the character's own.
    """
    for table in font["cmap"].tables:
        for selector, entries in table.uvsDict.items() if table.format == 14 else ():
            yield from ((code, selector, glyph) for code, glyph in entries)


def _message(unprintable: Mapping[str, str]) -> str:
    listed = "、".join(
        f"{_code_points(character)}（「{_excerpt(character, text)}」の中）"
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
