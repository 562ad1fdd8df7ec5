"""Dates in the Japanese calendar."""

from datetime import date
from typing import Final

_ERAS: Final = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
)


def wareki(day: date) -> str:
    """Returns ``day`` as 「令和7年12月23日」; days before 昭和 in the Western calendar.

    The first year of an era is 元年 (元号を改める政令; e.g. 令和元年5月1日).
    """
    for first, era in _ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"
