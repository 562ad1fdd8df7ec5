"""Numbers as headings and items count them: 1, １, 一, Ⅰ, ⅰ, ①, ⑴, ア, イロハ, い, a, A.

A style is named by how it writes one: ``{①}`` in a label stands for ①, ② …. Beyond the last sign of
a style, a number is written as 「(51)」.
"""

from typing import Final

from kihonkeikaku.text.numerals import format_kanji, parse_numeral

_GOJUON: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)

_IROHA: Final = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)

_CIRCLED: Final = "".join(
    chr(first + offset)
    for first, count in ((0x2460, 20), (0x3251, 15), (0x32B1, 15))
    for offset in range(count)
)
"""①–⑳, ㉑–㉟ and ㊱–㊿: Unicode has them in three blocks."""

_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")

_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９", "0123456789")

COUNTER_SIGNS: Final = {
    "①": _CIRCLED,
    "⑴": "".join(map(chr, range(0x2474, 0x2474 + 20))),
    "Ⅰ": "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
    "ⅰ": "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ",
    "ア": _GOJUON,
    "イ": _IROHA,
    "い": "".join(chr(ord(sign) - 0x60) for sign in _IROHA),
    "a": "abcdefghijklmnopqrstuvwxyz",
    "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
"""The signs of each style that has one for each number, from 1 on."""

COUNTER_STYLES: Final = ("1", "１", "一", *COUNTER_SIGNS)
"""All styles, by how they write one (いろは: 「イ」 and 「い」)."""


def format_counter(style: str, number: int) -> str:
    """Returns a number, from 1 on, in a style: the third of 「①」 is 「③」.

    Raises:
        KeyError: there is no such style.
    """
    if style == "1":
        return str(number)
    if style == "１":
        return str(number).translate(_FULL_WIDTH)
    if style == "一":
        return format_kanji(number) if number < 100 else f"({number})"
    signs = COUNTER_SIGNS[style]
    return signs[number - 1] if number <= len(signs) else f"({number})"


def parse_counter(style: str, written: str) -> int | None:
    """Returns the number that ``format_counter`` writes so in a style; None if there is none."""
    if style in ("1", "１"):
        plain = written.translate(_HALF_WIDTH)
        number = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 7 else 0
    elif written.startswith("(") and written.endswith(")"):
        return parse_counter("1", written[1:-1])
    elif style == "一":
        number = int(parse_numeral(written) or 0) if written else 0
    else:
        number = COUNTER_SIGNS[style].find(written) + 1 if len(written) == 1 else 0
    return number if number and format_counter(style, number) == written else None


def counter_limit(style: str) -> int | None:
    """Returns the last number that a style has a sign for; None if it never ends."""
    return len(COUNTER_SIGNS[style]) if style in COUNTER_SIGNS else {"一": 99}.get(style)


def counter_pattern(style: str) -> str:
    """Returns a regular expression, without groups, for the numbers of a style."""
    if style == "1":
        return "[0-9]{1,6}"
    if style == "１":
        return "[０-９]{1,6}"
    signs = "〇一二三四五六七八九十" if style == "一" else COUNTER_SIGNS[style]
    many = "{1,3}" if style == "一" else ""
    return rf"(?:[{signs}]{many}|\([0-9]{{1,6}}\))"
