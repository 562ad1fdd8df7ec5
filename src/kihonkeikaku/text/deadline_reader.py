"""The deadlines in a text: what is to be done by when, or from when on, as a number of months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.text.dates import WrittenDate, find_dates
from kihonkeikaku.text.numerals import NUMERAL, parse_numeral

_PARTS_OF_YEAR: Final = {
    "当初": 1, "初": 3, "早々": 1, "早期": 3, "前半": 6, "半ば": 6, "年央": 6, "央": 6, "後半": 12,
    "上期": 6, "上半期": 6, "下期": 12, "下半期": 12, "1": 3, "2": 6, "3": 9, "4": 12,
}  # fmt: skip
"""The months of a year that have passed at the end of a part of it; figures are quarters."""
_PARTS_OF_DECADE: Final = {"初": 36, "早期": 36, "前半": 60, "半ば": 72, "後半": 120}
_PARTS_OF_MONTH: Final = {"初": 0.3, "上旬": 0.3, "前半": 0.5, "半ば": 0.5, "中旬": 0.6}
_SEASONS: Final = {"春": 5, "夏": 8, "秋": 11, "冬": 14}
"""The last month of a season; winter ends in the next year."""

_PART: Final = re.compile(
    r"[ \u3000]?の?(?P<part>[春夏秋冬]|初(?=[頭め])|当初|早々|早期|前半|後半|半ば|年?央|[上下]半?期"
    r"|[上中下]旬|第[ \u3000]?(?P<quarter>[1-4１-４一二三四])[ \u3000]?四半期)[頭め]?"
)
_LIMIT: Final = re.compile(
    r"の?(?P<within>末日?(?!端)|中(?![期間心央小])|内(?![閣外容部需])|いっぱい)?"
    r"(?P<about>[のに]?(?:頃|ごろ|ころ|前後))?"
    r"(?P<until>(?:に|の間に?)?(?:まで|迄|以内)|の?(?:通常|臨時)国会(?:への)?(?:法案の?)?提出(?!し)|を(?:期限|終期|最終年度))?"
    r"(?P<aim>に?を?(?:目途|目処|めど|メド)|[をの](?:当面の)?(?:目標|目安|視野|ターゲット))?"
)
_ACTIONS: Final = (
    "検討|結論|措置|実施|着手|開始|完了|達成|実現|導入|運用|供用|試行|本格|稼働|移行|予定|国会"
)
_START: Final = re.compile(
    r"(?P<open>以降|以後|[～〜])|から|より(?!も)|を(?:初年度|始期)|の?(?:運用|利用|供用|試行|稼働)?開始"
)
_POINT: Final = re.compile(
    r"に(?!入|関|係|基|伴|つい|よ|引き?続)|は(?!じ)|も(?!と)|で(?!の|は|き)"
    rf"|の?(?:通常|臨時)国会|の?できるだけ|(?:{_ACTIONS})"
    r"|[、：:](?![0-9０-９])|[^、。（]{0,8}予定|$"
    r"|の(?=[^、。]{0,25}(?:目指|予定|に向け|見据|開始))"
)
_PAST: Final = re.compile(
    r"[はも]?、?[^、。（(「」]{0,30}?(?:"
    r"(?<!適合|対応|活用|利用|配慮|考慮|重視|連携|想定)(?:し|され|られ|行っ|行われ|定め|まとめ|設け|始め|なっ)"
    r"た(?!上|後|場合|際|い|の[ちに])"
    r"|(?<!予定して)(?<!目指して)い(?:る|た|ます)(?<=[てで]い.)|てきた|済み|決定)"
)
"""What was done then: of such a year no time limit is made."""
_AS_OF: Final = re.compile("現在|時点")

_PERIOD: Final = re.compile(
    rf"(?<![0-9０-９〇一二三四五六七八九十百千万億兆])(?P<length>{NUMERAL})(?P<unit>年|[かヵヶカ箇]月|週間|日)"
    r"(?:以内|(?:後|程度)?(?P<aim>を(?:目途|目処|めど)))"
)
_MONTHS: Final = {"年": 12.0, "週間": 7 / 30, "日": 1 / 30}

_RELATIVE: Final = re.compile(
    r"(?P<year>再来|来|翌)年度?"
    r"|(?:[今本]|(?<![0-9０-９一二三四五六七八九十元来翌]))年度?"
    r"(?=(?:末|中|内)(?:に|まで|を)|[上下]半?期|まで|第.四半期)"
    r"|(?<![年度の）)])(?=[上下]半?期|第.四半期)"
)
"""A year said from the present one, 来年度, or only a part of one, 上期."""
_RELATIVE_YEARS: Final = {"再来": 2, "来": 1, "翌": 1}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline, from ``start`` in its text; only the months of one ``kind`` are compared.

    ``loose``: the text leaves open when exactly (頃, 目途, 以降). ``limits``: it says by when.
    ``follows``: some text behind it, by which the same undertaking is known again.
    """

    start: int
    kind: str
    month: float
    text: str
    loose: bool
    limits: bool
    follows: str

    @property
    def key(self) -> tuple[str, float, bool]:
        """What makes two deadlines equal, however they are written."""
        return self.kind, self.month, self.loose


def read_deadlines(text: str) -> list[Deadline]:
    """Returns the deadlines of a text: dates by their words behind, and periods such as 3年以内."""
    dates = (*find_dates(text), *_relative_dates(text))
    deadlines = [deadline for date in dates if (deadline := _read_deadline(text, date))]
    return sorted((*deadlines, *_periods(text)), key=lambda deadline: deadline.start)


def _relative_dates(text: str) -> Iterator[WrittenDate]:
    for found in _RELATIVE.finditer(text):
        year = _RELATIVE_YEARS.get(found["year"], 0)
        fiscal = "年" not in found[0] or found[0].endswith("度")
        yield WrittenDate(*found.span(), found[0], year, fiscal, False, None, None)


def _periods(text: str) -> Iterator[Deadline]:
    for found in _PERIOD.finditer(text):
        length = parse_numeral(found["length"])
        if length is not None:
            yield Deadline(
                found.start(),
                "period",
                length * _MONTHS.get(found["unit"], 1),
                found[0],
                loose=bool(found["aim"]),
                limits=True,
                follows=text[found.end() : found.end() + 4],
            )


def _read_deadline(text: str, date: WrittenDate) -> Deadline | None:
    """Returns the deadline that a date is by what stands behind it: 令和8年度予算 is none."""
    part = _PART.match(text, date.end)
    at = part.end() if part else date.end
    limit = _LIMIT.match(text, at)
    assert limit, "each part of it may be missing"
    limits = bool(limit["until"] or limit["aim"] or limit["within"] or "末" in date.text)
    if limit["about"] or limits:
        at = limit.end()
    start = None if limit["until"] or limit["aim"] else _START.match(text, at)
    point = limits or limit["about"] or start or _is_point(text, at, date, part)
    if _AS_OF.match(text, at) or not point:
        return None
    if start:
        at = start.end()
    of = "month" if date.year is None else "year" if date.year > 9 else "relative year"
    return Deadline(
        date.start,
        f"{'start' if start else 'end'} by {of}",
        date.first_month if start and not part else _last_month(date, part),
        text[date.start : at],
        loose=bool(limit["about"] or limit["aim"] or (start and start["open"])),
        limits=limits and not start,
        follows=text[at : at + 4],
    )


def _is_point(text: str, at: int, date: WrittenDate, part: re.Match[str] | None) -> bool:
    """Returns whether something is done then: 令和8年度に実施, but not 令和7年に策定した計画."""
    behind = text[at : at + 1]
    if re.search("[～〜]", date.text) and behind in ("）", ")"):
        return True
    point = _POINT.match(text, at) or (part and behind == "の")
    return bool(point and not _PAST.match(text, at))


def _last_month(date: WrittenDate, part: re.Match[str] | None) -> float:
    """Returns the end of what is meant, in months; a month without a year is of a fiscal year."""
    late = date.year is None and date.month is not None and date.month < 4
    last = date.last_month + 12 * late
    name = part["part"] if part else ""
    if date.month:
        return last - 1 + _PARTS_OF_MONTH[name] if name in _PARTS_OF_MONTH else last
    if name in _SEASONS:
        return (date.year or 0) * 12 + _SEASONS[name]
    if date.decade:
        return date.first_month - 1 + _PARTS_OF_DECADE.get(name, 120)
    if part and part["quarter"]:
        name = str(int(parse_numeral(part["quarter"]) or 0))
    return date.first_month - 1 + _PARTS_OF_YEAR.get(name, 12)
