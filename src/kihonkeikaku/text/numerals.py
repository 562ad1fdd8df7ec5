"""Numbers as officials write them: 5,000億, ５, 1.5, 十二."""

from typing import Final

KANJI_DIGITS: Final = "〇一二三四五六七八九"

_DIGITS: Final = {digit: value for value, digit in enumerate(KANJI_DIGITS)}

_SMALL: Final = {"十": 10, "百": 100, "千": 1000}

_LARGE: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}

NUMERAL: Final = (
    r"(?:[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?[百千万億兆]*"
    r"|[〇一二三四五六七八九十百千万億兆]+)"
)
"""A number, as a regular expression."""

_D: Final = "[0-9０-９]"
_FIGURES: Final = rf"{_D}++(?:[.,．，]{_D}++)*+"
_KANJI: Final = f"[{KANJI_DIGITS}十百千万億兆]"
_SCALED: Final = rf"{_FIGURES}(?:[十百千万億兆]++{_FIGURES})*+[百千万億兆]*+"  # 1万5,000
_PERCENT: Final = "(?:[%％‰]|パーセント)?+"
_LENGTH: Final = (
    rf"(?:年(?:度|代|間)?|[かヶカヵ箇]月間?|日(?!本)間?|時(?!間|点|代)(?:{_D}++分)?"
    rf"|割{_D}++分)?+"
)
_COUNTED: Final = "(?:[条項号章節款編部目類表図期回次版位種級区弾]|四半期|世代)"

WRITTEN_NUMBER: Final = (
    rf"(?:第[ \u3000]?(?:{_SCALED}(?:[～〜~・－-]{_SCALED})*+{_COUNTED}?|{_KANJI}++{_COUNTED})"
    rf"(?:(?<=条)の(?:{_D}++|{_KANJI}++)(?![つ人件点か項]))*"
    rf"|{_SCALED}{_PERCENT}(?:[～〜~－―:：/／-]{_SCALED}{_PERCENT})*+"
    rf"(?:分の{_SCALED})?+{_LENGTH}(?![A-Za-zＡ-Ｚａ-ｚ])"
    rf"|(?<![\u3400-\u9fff])[数何]{_KANJI}++|{_KANJI}++分の{_KANJI}++|[{KANJI_DIGITS}十百千]{_KANJI}++)"
)
"""A number that changes as a whole, as a regular expression without groups.

It takes in what makes it another number: a range (2～3), 第…条の2, a percent sign, 3分の2, and the
year, month or day of which it is (3年間, 6か月). 5,000億|円 and 30|人 stay two words.
"""


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
    return {0: "", 1: "十"}.get(tens, KANJI_DIGITS[tens] + "十") + (
        KANJI_DIGITS[ones] if ones else ""
    )
