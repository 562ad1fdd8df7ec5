"""How firmly something is promised: 検討 < 着手 < 推進 < 実施 < 完了, and 努める < する."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from kihonkeikaku.diff.significance.mark_rule import (
    MarkExample,
    MarkRule,
    MatchedWords,
    Replacement,
    RevisedText,
    search_each_text,
    search_reversed,
)
from kihonkeikaku.text.segmentation import KANJI, words

_STAGES: Final = (
    (1, 1, "検討 模索"),
    (2, 2, "着手 準備 試行"),
    (3, 3, "推進 促進 進める 進め 図る 図り 取り組む 取り組み"),
    (4, 4, "実施 行う 行い 講じる 講ずる"),
    (3, 4, "導入 整備 構築 策定 開発 創出 確保 強化 拡充 改正 改訂"),
    (3, 4, "見直し 支援 設置 展開 普及 公表 周知 育成"),
    (5, 5, "完了 完成 達成"),
)
"""The stages of an undertaking, from and to: 整備 may be promotion as well as execution."""

_STAGE_RANGES: Final = {word: (low, high) for low, high, group in _STAGES for word in group.split()}
_STAGE_WORD: Final = re.compile(
    rf"(?:{'|'.join(sorted(_STAGE_RANGES, key=len, reverse=True))})(?=等|(?![{KANJI}]))"
)
"""A word of a stage, but not within a compound: 検討会, 推進体制."""

_ENDINGS: Final = (
    (1, re.compile(r"(?:ことができる|ことができ|てもよい|が期待される|を期待する)$")),
    (2, re.compile(r"(?:努める|努め|努力する|を目指す|を目指し|ことが望ましい|が望まれる)$")),
    (4, re.compile(r"(?:なければならない|なければならず|ねばならない|を義務付ける|を義務付け)$")),
)
"""How binding the end of a sentence is; one that is not listed is a plain statement: 3."""
_PLAIN: Final = 3

_SUBORDINATE: Final = re.compile(
    r"(?:の|を|に(?:向け[てた]?|関する|ついて(?:の)?|係る)|の(?:可否|在り方|あり方|必要性|方法)"
    r"|のための|する(?:ことを|よう|ための)?)+"
)
"""Links that make an undertaking the object of another: 実施に向けた検討."""

_COORDINATE: Final = re.compile(r"(?:し|して|した上で|の上|するとともに)?(?:、|・|及び|並びに)?")
"""Links between two undertakings of equal rank: 検討し、実施."""

_LONGEST_LINK: Final = 24
"""The most characters between two undertakings of which one is the other's object."""

_LONGEST_ENDING: Final = 14
"""A longer change of a sentence's end has other content too."""


class _StageMatch(NamedTuple):
    start: int
    end: int
    low: int
    high: int


@dataclass(frozen=True)
class _CharacterMap:
    """A passage, character by character.

    ``old_replacements`` and ``new_replacements`` are the number of the replacement that each
    character belongs to, 0 for none; ``old_kept`` and ``new_kept`` the positions of the
    characters that both texts have.
    """

    old_replacements: list[int]
    new_replacements: list[int]
    old_kept: list[int]
    new_kept: list[int]


def _map_characters(text: RevisedText) -> _CharacterMap:
    old: list[int] = []
    new: list[int] = []
    old_kept: list[int] = []
    new_kept: list[int] = []
    replacement, before = 0, "="
    for op, part in text.ops:
        if op == "=":
            old_kept.extend(range(len(old), len(old) + len(part)))
            new_kept.extend(range(len(new), len(new) + len(part)))
        elif before == "=":
            replacement += 1
        here = [0 if op == "=" else replacement] * len(part)
        if op != "+":
            old.extend(here)
        if op != "-":
            new.extend(here)
        before = op
    return _CharacterMap(old, new, old_kept, new_kept)


def _weakened(text: RevisedText) -> Iterator[MatchedWords]:
    for passage in text.changed_passages:
        found = _weaker_stage(passage) or _weaker_ending(passage)
        if found:
            yield found


def _weaker_stage(passage: RevisedText) -> MatchedWords | None:
    """Returns the words if the last undertaking named is less advanced than before."""
    before, after = _last_stage(passage.old), _last_stage(passage.new)
    if before is None or after is None or after.high >= before.low:
        return None
    characters = _map_characters(passage)
    removed = set(characters.old_replacements[before.start : before.end])
    added = set(characters.new_replacements[after.start : after.end])
    old, new = passage.old, passage.new
    if removed == added and len(removed) == 1 and 0 not in removed:
        return old[before.start : before.end], new[after.start : after.end]
    if removed == {0}:  # the undertaking is now only the object of a lesser one
        end = characters.new_kept[characters.old_kept.index(before.end - 1)] + 1
        if after.start - end <= _LONGEST_LINK and _SUBORDINATE.fullmatch(new, end, after.start):
            start = end - (before.end - before.start)
            return old[before.start : before.end], new[start : after.end]
    if added == {0}:  # of two undertakings only the lesser was kept
        end = characters.old_kept[characters.new_kept.index(after.end - 1)] + 1
        if end <= before.start and _COORDINATE.fullmatch(old, end, before.start):
            start = end - (after.end - after.start)
            return old[start : before.end], new[after.start : after.end]
    return None


def _last_stage(text: str) -> _StageMatch | None:
    last = None
    for last in _STAGE_WORD.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return None if last is None else _StageMatch(last.start(), last.end(), *_STAGE_RANGES[last[0]])


def _weaker_ending(passage: RevisedText) -> MatchedWords | None:
    """Returns the words if the same sentence now ends less bindingly."""
    if _level(passage.new) >= _level(passage.old) or _only_considers(passage.old):
        return None
    replacement = list(passage.replacements)[-1]
    if not _is_of_ending(passage, replacement):
        return None
    before = "" if replacement.old and replacement.new else _word_before_last_replacement(passage)
    return before + replacement.old, before + replacement.new


def _level(text: str) -> int:
    end = text.rstrip("、。」")
    return next((level for level, ending in _ENDINGS if ending.search(end)), _PLAIN)


def _only_considers(text: str) -> bool:
    """Returns whether a text ends plainly, but on no more than 検討する."""
    stage = _last_stage(text)
    return stage is not None and stage.high == 1


def _is_of_ending(passage: RevisedText, replacement: Replacement) -> bool:
    """Returns whether a change affects only the end of its sentence."""
    behind = passage.ops[-1][1] if passage.ops[-1][0] == "=" else ""
    old, new = (side.rstrip("、。") for side in (replacement.old, replacement.new))
    return (
        len(behind) <= 4
        and bool(passage.old.rstrip("、。"))
        and bool(passage.new.rstrip("、。"))
        and max(len(old), len(new)) <= _LONGEST_ENDING
        and not any(mark in old + new for mark in ("、", "。", "及び", "・"))
    )


def _word_before_last_replacement(passage: RevisedText) -> str:
    kept = [text for op, text in passage.ops if op == "="]
    behind = passage.ops[-1][0] == "="
    before = kept[:-1] if behind else kept
    return words(before[-1])[-1] if before else ""


STRENGTH_RULES: Final = (
    MarkRule(
        "weakened",
        "取組の言い方が弱まった",
        "取組の進み方を言う語が、完了、実施、推進、着手、検討の順で後のものになりました（実施する→検討する、"
        "実施→実施に向けた検討）。又は、文の結びが、義務（しなければならない）、言い切り、努力（努める）、"
        "許容（することができる）の順で後のものになりました。「推進体制」や「検討会」の中の語は数えません。",
        search_each_text(_weakened),
        (
            MarkExample("実証事業を実施する", "実証事業を検討する", (("実施", "検討"),)),
            MarkExample("制度の導入", "制度の導入に向けた検討", (("導入", "導入に向けた検討"),)),
            MarkExample("調査を検討し、実施", "調査を検討", (("検討し、実施", "検討"),)),
            MarkExample("環境の構築", "環境の構築に努める", (("構築", "構築に努める"),)),
            MarkExample("国際協調を図る", "国際協調に努める", (("を図る", "に努める"),)),
            MarkExample(
                "報告しなければならない",
                "報告するよう努める",
                (("しなければならない", "するよう努める"),),
            ),
        ),
        (
            MarkExample("利活用の推進", "利活用の促進"),
            MarkExample("導入を推進", "導入を推進し、課題を検討"),
            MarkExample("推進体制の整備", "推進体制の在り方の整備"),
            MarkExample("制度の検討", "制度の検討及び周知"),
            MarkExample("基盤を構築", "基盤を構築し、普及に努める"),
            MarkExample("国際協調を図る", "国際協調を進める"),
            MarkExample("導入を検討する", "導入を目指す"),
        ),
    ),
    MarkRule(
        "strengthened",
        "取組の言い方が強まった",
        "取組の進み方を言う語が、検討、着手、推進、実施、完了の順で後のものになりました。又は、文の結びが、許容、"
        "努力、言い切り、義務の順で後のものになりました。",
        search_reversed(search_each_text(_weakened)),
        (
            MarkExample("実証事業を検討", "実証事業を実施", (("検討", "実施"),)),
            MarkExample("制度の検討", "制度の検討及び実施", (("検討", "検討及び実施"),)),
            MarkExample("調査に着手", "調査を完了", (("着手", "完了"),)),
            MarkExample(
                "データ環境の構築に努める", "データ環境の構築", (("構築に努める", "構築"),)
            ),
        ),
        (
            MarkExample("検討会の開催", "推進会議の開催"),
            MarkExample("課題を検討", "課題を検討し、意見を聴取"),
        ),
    ),
)
