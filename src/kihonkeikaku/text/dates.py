"""Dates as officials write them: in either calendar or in both, in any width of digits.

「2024年度（令和６年度）」, 「令和7（2025）年」, 「2025年(令和7年)3月」 and 「十二月一日」
are one date each, and so are 「2025/3/31」 and 「R7.3.31」.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kihonkeikaku.text.numerals import KANJI_DIGITS, parse_numeral

ERAS: Final = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)
"""The eras with their first days, the present one first."""

_S: Final = "[ \u3000]?"  # a text taken from a PDF has spaces beside digits
_D: Final = "[0-9０-９]"
_FIGURES: Final = rf"(?:{_D}{{1,4}}|[{KANJI_DIGITS}十百]{{1,5}})"
_ERA: Final = rf"(?:{'|'.join(era for _, era in ERAS)}|(?<![A-Za-zＡ-Ｚａ-ｚ])[RＲHＨ])"
_MORE: Final = rf"(?:[～〜~・,，]{_ERA}?{_S}{_FIGURES}){{0,5}}"  # 令和6～8年度
_ERA_YEARS: Final = rf"{_ERA}{_S}(?:元|{_FIGURES}){_MORE}"
_WESTERN_YEARS: Final = rf"(?<![0-9０-９])(?:[12１２]{_D}{{3}}|[一二][{KANJI_DIGITS}]{{3}}){_MORE}"
_YEARS: Final = rf"(?:{_ERA_YEARS}|{_WESTERN_YEARS})"
_YEAR: Final = rf"{_YEARS}{_S}(?:[（(]{_S}{_YEARS}{_S}[）)]{_S})?(?:事業|会計)?年(?:度|代)?"
_MONTH: Final = (
    rf"(?:(?<![0-9０-９]){_D}{{1,2}}"
    r"|(?:(?<=[年度）)同翌毎])|(?<![〇々\u3400-\u9fff]))(?:十[一二]?|[一二三四五六七八九]))"
)
_WEEKDAY: Final = r"(?:[（(][日月火水木金土](?:曜日?)?[）)])?"
_DAY: Final = rf"{_MONTH}{_S}月(?!間)(?:{_S}{_FIGURES}{_S}日(?!間){_WEEKDAY})?"
_FULL: Final = rf"{_YEAR}(?:{_S}{_DAY})?"
_SPAN: Final = rf"{_FULL}(?:[～〜]{_FULL})?"

_FIGURE_YEAR: Final = rf"(?:(?<![0-9０-９./．／－-])[12１２]{_D}{{3}}|{_ERA}{_D}{{1,2}})"
_IN_FIGURES: Final = "|".join(
    rf"{_FIGURE_YEAR}{mark}{_D}{{1,2}}{mark}{_D}{{1,2}}(?![0-9０-９./．／－-])"
    for mark in ("[/／]", "[.．]", "[-－]")
)
_FIGURES_ALONE: Final = (
    rf"(?:{_IN_FIGURES}|{_FIGURE_YEAR}[/／](?:[0０]?[1-9１-９]|[1１][0-2０-２])(?![0-9０-９/／年]))"
)

DATE: Final = (
    rf"(?:{_SPAN}(?:末?{_S}[（(]{_S}{_SPAN}末?{_S}[）)]度?(?:{_S}{_DAY})?)?{_WEEKDAY}|{_DAY}"
    rf"|{_FIGURES_ALONE}(?:[～〜]{_FIGURES_ALONE})?{_WEEKDAY})"
)
"""A date, as a regular expression without groups: a year, or a month with or without its day."""

_DATE: Final = re.compile(DATE)
_YEAR_IN_DATE: Final = re.compile(rf"(?P<figures>元|{_FIGURES})(?={_S}[（(年事会])")
_DAY_IN_DATE: Final = re.compile(rf"(?P<month>{_FIGURES}){_S}月(?:{_S}(?P<day>{_FIGURES}){_S}日)?")
_PARTS_IN_FIGURES: Final = re.compile(
    rf"(?P<year>{_ERA}?{_D}{{1,4}})[/．.／－-](?P<month>{_D}{{1,2}})(?:[/．.／－-](?P<day>{_D}{{1,2}}))?"
)
_ERA_IN_DATE: Final = re.compile(_ERA)
_BEFORE_ERA: Final = {era: first.year - 1 for first, era in ERAS}
_INITIALS: Final = {"R": "令和", "Ｒ": "令和", "H": "平成", "Ｈ": "平成"}


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text, from ``start`` to ``end``; of several years, 「令和6～8年度」, the last.

    ``year`` is that of the Western calendar, None where only a month is written; ``month`` and
    ``day`` are None where there are none, or not such. A fiscal year (年度) begins in April.
    """

    start: int
    end: int
    text: str
    year: int | None
    fiscal: bool
    decade: bool
    month: int | None
    day: int | None

    @property
    def first_month(self) -> int:
        """The first month that is meant, counted from the year 0."""
        year = self.year or 0
        if self.month:
            return (year + (self.fiscal and self.month < 4)) * 12 + self.month
        return year * 12 + (4 if self.fiscal else 1)

    @property
    def last_month(self) -> float:
        """The end of what is meant, counted in months; the 8th of 32 parts of one is its 8th."""
        if self.day:
            return self.first_month - 1 + self.day / 32
        if self.month:
            return self.first_month
        return self.first_month + (119 if self.decade else 11)


def find_dates(text: str) -> Iterator[WrittenDate]:
    """Yields the dates in a text, in order."""
    for found in _DATE.finditer(text):
        date = found[0]
        if _PARTS_IN_FIGURES.match(date):
            yield _date_in_figures(found)
            continue
        head = re.split("[（(]", date)[0] + "（"  # the other calendar only says it again
        years = [*_YEAR_IN_DATE.finditer(head)] if "年" in date else []
        days = [*_DAY_IN_DATE.finditer(head)] or [*_DAY_IN_DATE.finditer(date)]
        yield WrittenDate(
            *found.span(),
            date,
            _western_year(years[-1]["figures"], head) if years else None,
            fiscal="度" in date,
            decade="年代" in date,
            month=_number(days[-1]["month"]) or None if days else None,
            day=_number(days[-1]["day"]) or None if days and days[-1]["day"] else None,
        )


def _date_in_figures(found: re.Match[str]) -> WrittenDate:
    """Returns the date that is written with figures alone; of a span, the last."""
    last = [*_PARTS_IN_FIGURES.finditer(found[0])][-1]
    year = _western_year(
        last["year"].lstrip("".join(_BEFORE_ERA) + "".join(_INITIALS)), last["year"]
    )
    month, day = (_number(last[part] or "") or None for part in ("month", "day"))
    return WrittenDate(*found.span(), found[0], year, False, False, month, day)


def _western_year(figures: str, date: str) -> int:
    year, eras = _number(figures), _ERA_IN_DATE.findall(date)
    if year >= 1000:
        return year
    if eras:
        return _BEFORE_ERA[_INITIALS.get(eras[-1], eras[-1])] + year
    return 2000 + year  # 2023～25年度


def _number(figures: str) -> int:
    if figures == "元":
        return 1
    if len(figures) > 1 and not set(figures) - set(KANJI_DIGITS):  # 二〇二五, 二三
        return int("".join(str(KANJI_DIGITS.index(figure)) for figure in figures))
    return int(parse_numeral(figures) or 0)


def format_wareki(day: date) -> str:
    """Returns ``day`` as 「令和7年12月23日」; days before 昭和 in the Western calendar.

    The first year of an era is 元年 (元号を改める政令; e.g. 令和元年5月1日).
    """
    for first, era in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"
