"""Numbers with a unit: lowered, raised, new, removed."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kihonkeikaku.diff.significance.mark_rule import (
    MarkExample,
    MarkRule,
    MatchedWords,
    RevisedText,
    find_unmatched,
    search_each_text,
    search_reversed,
)
from kihonkeikaku.text.dates import DATE
from kihonkeikaku.text.numerals import NUMERAL, parse_numeral

_UNITS: Final = (
    "円", "ドル", "件", "人", "名", "社", "者", "倍", "[%％]", "パーセント", "割", "ポイント",
    "台", "基", "回", "校", "機関", "団体", "自治体", "市町村", "都道府県",
    "[かヵカヶ箇](?:所|国|月間)",
    "分野", "拠点", "地域", "都市", "種類", "言語", "時間", "日間", "年間", "世帯", "トン", "施設",
    "課題", "項目", "事例", "事業者", "大学", "[GMk]W", "[TPE]B",
)  # fmt: skip
"""What is counted. A number without one of these may be anything, and is not compared."""

_QUANTITY: Final = re.compile(
    rf"(?<![第数人.A-Za-z0-9０-９〇一二三四五六七八九十百千万億兆])(?P<numeral>{NUMERAL})(?P<unit>{'|'.join(_UNITS)})"
    r"(?![一ひ])"  # 一人一人
)


_DATE: Final = re.compile(DATE)


class _Quantity(NamedTuple):
    unit: str
    value: float
    text: str


def _quantities(text: str) -> Iterator[_Quantity]:
    for found in _QUANTITY.finditer(_DATE.sub("、", text)):
        number = parse_numeral(found["numeral"])
        if number is not None:
            unit = {"％": "%", "パーセント": "%"}.get(found["unit"], found["unit"])
            yield _Quantity(re.sub("^[かヵカヶ箇]", "か", unit), number, found[0])


def _differing(text: RevisedText) -> tuple[list[_Quantity], list[_Quantity]]:
    """Returns the quantities that only one edition has, in order."""
    old, new = list(_quantities(text.old)), list(_quantities(text.new))
    return find_unmatched(old, new, _key), find_unmatched(new, old, _key)


def _key(quantity: _Quantity) -> tuple[str, float]:
    return quantity.unit, quantity.value


def _lowered(text: RevisedText) -> Iterator[MatchedWords]:
    old, new = _differing(text)
    for unit in dict.fromkeys(quantity.unit for quantity in old):
        befores = [quantity for quantity in old if quantity.unit == unit]
        afters = [quantity for quantity in new if quantity.unit == unit]
        if len(befores) == len(afters):
            for before, after in zip(befores, afters, strict=True):
                if after.value < before.value:
                    yield before.text, after.text


def _removed(text: RevisedText) -> Iterator[MatchedWords]:
    old, new = _differing(text)
    if not new:
        yield from ((quantity.text, "") for quantity in old)


NUMBER_RULES: Final = (
    MarkRule(
        "number-lowered",
        "数が下がった",
        "同じ単位の付いた数が小さくなりました。全角と漢数字、万・億・兆も読みます。決まった単位の付かない数"
        "（条や章の番号、「3原則」など）は比べません。小さい方がよい数もあります。",
        search_each_text(_lowered),
        (
            MarkExample("年間5,000人を育成", "年間3,000人を育成", (("5,000人", "3,000人"),)),
            MarkExample("1兆円を投資", "5,000億円を投資", (("1兆円", "5,000億円"),)),
            MarkExample("五割以上で導入", "三割以上で導入", (("五割", "三割"),)),
        ),
        (
            MarkExample("5,000人を育成", "５０００人を育成"),
            MarkExample("第18条第2項に基づく", "第18条第1項に基づく"),
            MarkExample("GPT-5の活用", "GPT-4の活用"),
        ),
    ),
    MarkRule(
        "number-raised",
        "数が上がった",
        "同じ単位の付いた数が大きくなりました。",
        search_reversed(search_each_text(_lowered)),
        (MarkExample("利用率を50％以上とする", "利用率を80％以上とする", (("50％", "80％"),)),),
        (MarkExample("3つの原則", "4つの原則"),),
    ),
    MarkRule(
        "number-gone",
        "数がなくなった",
        "単位の付いた数が示されなくなりました。目標の達成を確かめられなくなります。",
        search_each_text(_removed),
        (MarkExample("年間5,000人のAI人材を育成", "多くのAI人材を育成", (("5,000人", ""),)),),
        (MarkExample("国民一人一人の生活", "国民の生活"),),
    ),
    MarkRule(
        "number-new",
        "数が定まった",
        "単位の付いた数が新たに示されました。",
        search_reversed(search_each_text(_removed)),
        (MarkExample("多くのAI人材を育成", "年間5,000人のAI人材を育成", (("", "5,000人"),)),),
        (MarkExample("計画を策定", "令和8年度に計画を策定"),),
    ),
)
