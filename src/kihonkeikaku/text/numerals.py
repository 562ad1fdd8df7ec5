"""Dates in the Japanese calendar, and numbers as officials write them: 5,000億, ５, 1.5, 十二."""

from datetime import date
from typing import Final

_ERAS: Final = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)


def format_wareki(day: date) -> str:
    """Returns ``day`` as 「令和7年12月23日」; days before 昭和 in the Western calendar.

    The first year of an era is 元年 (元号を改める政令; e.g. 令和元年5月1日).
    """
    for first, era in _ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


_KANJI_DIGITS: Final = "〇一二三四五六七八九"

_DIGITS: Final = {digit: value for value, digit in enumerate(_KANJI_DIGITS)}

_SMALL: Final = {"十": 10, "百": 100, "千": 1000}

_LARGE: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}

NUMERAL: Final = (
    r"(?:[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?[百千万億兆]*"
    r"|[〇一二三四五六七八九十百千万億兆]+)"
)
"""A number, as a regular expression."""


def parse_numeral(numeral: str) -> float | None:
    """Returns what a numeral that ``NUMERAL`` found is worth; None if it makes no number."""
    figures = numeral.replace(",", "").replace("，", "").replace("．", ".")
    head = figures.rstrip("百千万億兆")
    if head and head[0] not in _DIGITS and head[0] not in _SMALL:
        return _scaled(float(head), figures[len(head) :])
    return _of_kanji(figures)


def _scaled(number: float, scale: str) -> float:
    for unit in scale:
        number *= _SMALL.get(unit) or _LARGE[unit]
    return number


def _of_kanji(numeral: str) -> float | None:
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            if digit:
                return None  # 二三: a guess, not a number
            digit = _DIGITS[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        else:
            total += (section + digit or 1) * _LARGE[character]
            section = digit = 0
    return total + section + digit


def format_kanji(number: int) -> str:
    """Returns a number from 1 to 99 as in 「二十一ずつ」."""
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, _KANJI_DIGITS[tens] + "十") + (
        _KANJI_DIGITS[ones] if ones else ""
    )
