"""Deadlines: earlier, later, new, removed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.diff.significance.mark_rule import (
    MarkExample,
    MarkRule,
    MatchedWords,
    RevisedText,
    find_unmatched,
    search_each_text,
    search_reversed,
)
from kihonkeikaku.text.numerals import NUMERAL, parse_numeral

_FIRST_YEARS: Final = {"令和": 2018, "平成": 1988, "": 0}
_PARTS: Final = {"春": 5, "夏": 8, "秋": 11, "前半": 6, "初頭": 3, "上半期": 6}
"""The last month of a part of a year, where a text says which part."""

DEADLINE: Final = re.compile(
    rf"(?:(?P<era>令和|平成)(?P<year>元|{NUMERAL})|(?P<western>[12２][0-9０-９]{{3}}))年(?P<fiscal>度)?"
    r"(?:(?P<month>[0-9０-９]{1,2})月)?(?:[0-9０-９]{1,2}日)?"
    r"(?:の?(?P<part>春|夏|秋|前半|初頭|上半期))?"
    r"(?P<limit>末?(?:まで|以内|を(?:目途|目処|めど|目標))に?|[末中内]に?|頃に?"
    r"|に(?!お|関|係|基|伴|つい|よ|向|[^、。]{0,12}(?:した|された|決定))|(?P<start>から|以降))"
)
"""A year with what makes it a time limit: 令和8年度予算 is none."""

_PERIOD: Final = re.compile(
    rf"(?<![0-9０-９〇一二三四五六七八九十百千万億兆])(?P<length>{NUMERAL})(?P<unit>年|[かヶカ箇]月)以内"
)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A deadline; only deadlines of one ``kind`` are compared. ``month`` counts months."""

    kind: str
    month: float
    text: str


def _deadlines(text: str) -> Iterator[_Deadline]:
    for found in DEADLINE.finditer(text):
        year = _year(found)
        if year is not None:
            kind = "start" if found["start"] else "end"
            yield _Deadline(kind, _month(found, year), found[0].removesuffix("に"))
    for found in _PERIOD.finditer(text):
        length = parse_numeral(found["length"])
        if length is not None:
            months = length * 12 if found["unit"] == "年" else length
            yield _Deadline("period", months, found[0])


def _year(found: re.Match[str]) -> float | None:
    if found["western"]:
        return float(found["western"])
    number = 1.0 if found["year"] == "元" else parse_numeral(found["year"])
    return None if number is None else _FIRST_YEARS[found["era"]] + number


def _month(found: re.Match[str], year: float) -> float:
    """Returns the last month meant, counted from the year 0; of a start, the first."""
    if found["month"]:
        return year * 12 + float(found["month"])
    offset = 3 if found["fiscal"] else 0  # 年度 begins in April
    if found["start"]:
        return year * 12 + 1 + offset
    return year * 12 + _PARTS.get(found["part"], 12) + offset


def _differing(text: RevisedText) -> tuple[list[_Deadline], list[_Deadline]]:
    """Returns the deadlines that only one edition has, however written."""
    old, new = list(_deadlines(text.old)), list(_deadlines(text.new))
    return find_unmatched(old, new, _key), find_unmatched(new, old, _key)


def _key(deadline: _Deadline) -> tuple[str, float]:
    return deadline.kind, deadline.month


def _later(text: RevisedText) -> Iterator[MatchedWords]:
    old, new = _differing(text)
    if len(old) == len(new):
        for before, after in zip(old, new, strict=True):
            if before.kind == after.kind and after.month > before.month:
                yield before.text, after.text


def _removed(text: RevisedText) -> Iterator[MatchedWords]:
    old, new = _differing(text)
    if not new:
        yield from ((deadline.text, "") for deadline in old)


DEADLINE_RULES: Final = (
    MarkRule(
        "deadline-later",
        "期限が遅くなった",
        "期限（又は始める時期）が、後の年や月になりました。令和と平成、西暦、年度を読み、年度は翌年3月までとして"
        "比べます。「令和8年度予算」のように期限ではない年は数えません。",
        search_each_text(_later),
        (
            MarkExample(
                "令和8年度末までに整備",
                "令和9年度末までに整備",
                (("令和8年度末まで", "令和9年度末まで"),),
            ),
            MarkExample("2026年度中に策定", "令和9年中に策定", (("2026年度中", "令和9年中"),)),
            MarkExample("3年以内に見直す", "5年以内に見直す", (("3年以内", "5年以内"),)),
        ),
        (
            MarkExample("令和9年度までに整備", "2027年度までに整備"),
            MarkExample("令和7年度予算により整備", "令和8年度予算により整備"),
            MarkExample("令和7年に策定した計画を見直す", "令和8年に策定した計画を見直す"),
        ),
    ),
    MarkRule(
        "deadline-earlier",
        "期限が早くなった",
        "期限（又は始める時期）が、前の年や月になりました。",
        search_reversed(search_each_text(_later)),
        (MarkExample("2028年までに整備", "2027年度までに整備", (("2028年まで", "2027年度まで"),)),),
        (MarkExample("令和元年度から実施", "2019年度から実施"),),
    ),
    MarkRule(
        "deadline-gone",
        "期限がなくなった",
        "期限が示されなくなりました。「速やかに」のように、年や月で言わないものは期限と数えません。",
        search_each_text(_removed),
        (
            MarkExample("令和8年度中に公表", "速やかに公表", (("令和8年度中", ""),)),
            MarkExample("2027年度までに全校で導入", "全校で導入", (("2027年度まで", ""),)),
        ),
        (
            MarkExample("令和8年度中に公表し、周知", "周知し、令和8年度中に公表"),
            MarkExample("速やかに公表", "公表"),
        ),
    ),
    MarkRule(
        "deadline-new",
        "期限が定まった",
        "期限が新たに示されました。",
        search_reversed(search_each_text(_removed)),
        (MarkExample("速やかに公表", "令和8年度中に公表", (("", "令和8年度中"),)),),
        (MarkExample("予算により整備", "令和8年度予算により整備"),),
    ),
)
