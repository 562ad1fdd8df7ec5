"""Labels at the heads of lines: 第1章, １．, (1), ①, ア, a, and the signs of paragraphs.

A label is described as in ``outline`` of plan.yaml: ``第{1}章`` with the counter in braces.
"""

import re
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.text.counters import COUNTER_SIGNS
from kihonkeikaku.text.numerals import parse_numeral

TOPIC: Final = "（）"
"""The pattern of a heading that is its title in brackets."""

_COUNTERS: Final = {
    "1": "[0-9]{1,3}",
    "１": "[０-９]{1,3}",
    "一": "[一二三四五六七八九十]{1,3}",
    **{style: f"[{signs}]" for style, signs in COUNTER_SIGNS.items()},
}

_GAP: Final = r"(?=[\s　]|$)"

_FORMS: Final = (
    *((f"第{{{c}}}{unit}", _GAP) for unit in "部編章節款" for c in "1１一"),
    ("第{１}条", _GAP),
    ("第{1}条", _GAP),
    ("第{parent}-{１}", _GAP),
    ("第{parent}-{1}", _GAP),
    ("第{１}", _GAP),
    ("第{1}", _GAP),
    ("第{一}", _GAP),
    ("{parent}.{1}.", ""),
    ("{parent}.{1}", _GAP),
    ("{１}．", ""),
    ("{1}．", ""),
    ("{1}.", r"(?![0-9])"),
    ("（{１}）", ""),
    ("({1})", ""),
    ("{⑴}", ""),
    ("{①}", ""),
    ("{Ⅰ}．", ""),
    ("{Ⅰ}", _GAP),
    ("{ⅰ}）", ""),
    ("({ⅰ})", ""),
    ("（{ア}）", ""),
    ("{ア}）", ""),
    ("{ア}．", ""),
    ("{ア}", _GAP),
    ("（{a}）", ""),
    ("{a}）", ""),
    ("{a}．", ""),
    ("{a}", _GAP),
    ("{A}．", ""),
)

_WIDTHS: Final = str.maketrans("()１", "（）1")
_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def _expression(form: str, behind: str) -> re.Pattern[str]:
    expression = re.escape(form).replace(r"\{parent\}", r"[0-9０-９]+(?:[.\-][0-9０-９]+)*")
    for counter, pattern in _COUNTERS.items():
        expression = expression.replace(re.escape("{" + counter + "}"), f"(?P<n>{pattern})")
    expression = re.sub(r"\\\(|（", "[(（]", expression)
    expression = re.sub(r"\\\)|）", "[)）]", expression)
    return re.compile(expression + behind)


_PATTERNS: Final = tuple((form, _expression(form, behind)) for form, behind in _FORMS)

_SIGN: Final = re.compile(r"[・○●◎◆◇■□▲△▶➢✓]|[-–—*•](?=[\s　])")

_TOPIC: Final = re.compile(r"[（(](?!※)([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]")

_LONGEST_ANNEX: Final = 60
_LONGEST_TOPIC: Final = 200

UNNUMBERED: Final = re.compile(
    r"(?:はじめに|序文|序章|前文|おわりに|結び|むすび|終わりに|付録|附属資料|参考資料)$"
)
"""Titles of chapters that have no number."""

ANNEX: Final = "annex"
"""The pattern of 別紙, 別表1 and the like."""

_ANNEX: Final = re.compile(r"(?:別紙|別表|別添|参考)[0-9０-９]{0,2}(?=[\s　]|$)")


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a line begins with.

    Attributes:
        pattern: its form, such as ``第{1}章``; ``（）`` for a title in brackets.
        number: which one it is, from 1 on; 0 where it isn't counted.
        written: the characters of the label.
        rest: the line behind it.
    """

    pattern: str
    number: int
    written: str
    rest: str


def find_label(text: str) -> Label | None:
    """Returns the label that a line begins with, if it does."""
    for form, expression in _PATTERNS:
        if match := expression.match(text):
            number = _number(match["n"])
            if number:
                return Label(form, number, match[0], text[match.end() :].strip())
    if (match := _ANNEX.match(text)) and len(text) < _LONGEST_ANNEX:
        return Label(ANNEX, 0, match[0], text[match.end() :].strip())
    if len(text) < _LONGEST_TOPIC and (match := _TOPIC.fullmatch(text)):
        return Label(TOPIC, 0, "", match[1])
    return None


def find_sign(text: str) -> str:
    """Returns the sign that a paragraph begins with, such as 「・」; empty if there is none."""
    match = _SIGN.match(text)
    return match[0] if match else ""


def one_width(pattern: str) -> str:
    """Returns a pattern of labels with brackets and digits of one width."""
    return pattern.translate(_WIDTHS)


def _number(counter: str) -> int:
    plain = counter.translate(_DIGITS)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    for signs in COUNTER_SIGNS.values():
        if counter in signs:
            return signs.index(counter) + 1
    return int(parse_numeral(counter) or 0)
