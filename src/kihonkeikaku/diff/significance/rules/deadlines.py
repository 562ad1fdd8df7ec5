"""Deadlines: later, earlier, removed, new, vaguer, firmer."""

from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache
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
from kihonkeikaku.text.deadline_reader import Deadline, read_deadlines

_DeadlinePair = tuple[Deadline | None, Deadline | None]


@lru_cache(maxsize=64)
def _changed(text: RevisedText) -> tuple[_DeadlinePair, ...]:
    """Returns the deadlines that differ, before and after; None where one came or went.

    They are compared passage by passage. What moved from one passage to another is no change.
    """
    pairs: list[_DeadlinePair] = []
    gone: list[Deadline] = []
    come: list[Deadline] = []
    for old, new in _by_passage(text):
        if len(old) != len(new):
            gone += find_unmatched(old, new, _key)
            come += find_unmatched(new, old, _key)
        elif Counter(map(_key, old)) != Counter(map(_key, new)):
            pairs += zip(old, new, strict=True)
    pairs += _pair_across_passages(
        find_unmatched(gone, come, _key), find_unmatched(come, gone, _key)
    )
    return tuple(pairs)


def _by_passage(text: RevisedText) -> Iterator[tuple[list[Deadline], list[Deadline]]]:
    """Yields the deadlines of each passage, before and after, read with all of the text in view."""
    olds, news = deque(read_deadlines(text.old)), deque(read_deadlines(text.new))
    old_end = new_end = 0
    for passage in text.passages:
        old_end, new_end = old_end + len(passage.old), new_end + len(passage.new)
        yield list(_take(olds, old_end)), list(_take(news, new_end))


def _take(deadlines: deque[Deadline], end: int) -> Iterator[Deadline]:
    while deadlines and deadlines[0].start < end:
        yield deadlines.popleft()


def _pair_across_passages(gone: list[Deadline], come: list[Deadline]) -> Iterator[_DeadlinePair]:
    if len(gone) == len(come):
        yield from zip(gone, come, strict=True)
        return
    for old in gone:
        new = next((new for new in come if new.follows == old.follows), None)
        if new:
            come.remove(new)
        yield old, new
    yield from ((None, new) for new in come)


def _key(deadline: Deadline) -> tuple[str, float, bool]:
    return deadline.key


def _later(text: RevisedText) -> Iterator[MatchedWords]:
    for old, new in _changed(text):
        if old and new and old.kind == new.kind and new.month > old.month:
            yield old.text, new.text


def _removed(text: RevisedText) -> Iterator[MatchedWords]:
    yield from ((old.text, "") for old, new in _changed(text) if old and not new)


def _vaguer(text: RevisedText) -> Iterator[MatchedWords]:
    for old, new in _changed(text):
        if old and new and (_is_looser(old, new) or _is_open(old, new)):
            yield old.text, new.text


def _is_looser(old: Deadline, new: Deadline) -> bool:
    return old.kind == new.kind and new.loose and not old.loose


def _is_open(old: Deadline, new: Deadline) -> bool:
    """Returns whether a time limit became a time from which on: まで → 以降."""
    return old.limits and new.kind.startswith("start") and not old.kind.startswith("period")


DEADLINE_RULES: Final = (
    MarkRule(
        "deadline-later",
        "期限が遅くなった",
        "期限（又は始める時期）が、後の年、月又は日になりました。令和と平成、西暦、両方を並べた書き方、年度、"
        "上期と下期、四半期、季節、上旬から下旬まで、「来年度」を読み、年度は翌年3月までとして比べます。"
        "年のない月どうしは、4月に始まる一年の中で比べます。"
        "「令和8年度予算」や「令和7年に策定した計画」のように期限ではない年は数えません。",
        search_each_text(_later),
        (
            MarkExample(
                "令和8年度末までに整備",
                "令和9年度末までに整備",
                (("令和8年度末まで", "令和9年度末まで"),),
            ),
            MarkExample("2026年度中に策定", "令和9年中に策定", (("2026年度中", "令和9年中"),)),
            MarkExample("3年以内に見直す", "5年以内に見直す", (("3年以内", "5年以内"),)),
            MarkExample(
                "2025/3/31までに整備", "2025/9/30までに整備", (("2025/3/31まで", "2025/9/30まで"),)
            ),
            MarkExample("R7.3.31に公表する", "令和8年3月に公表する", (("R7.3.31", "令和8年3月"),)),
            MarkExample(
                "2024年度（令和６年度）末までに整備",
                "2025年度（令和７年度）末までに整備",
                (("2024年度（令和６年度）末まで", "2025年度（令和７年度）末まで"),),
            ),
            MarkExample(
                "令和7（2025）年度から実施",
                "令和8（2026）年度から実施",
                (("令和7（2025）年度から", "令和8（2026）年度から"),),
            ),
            MarkExample(
                "2025年(令和7年)3月までに公表",
                "2025年(令和7年)9月までに公表",
                (("2025年(令和7年)3月まで", "2025年(令和7年)9月まで"),),
            ),
            MarkExample(
                "令和6年度結論、結論を得次第速やかに措置",
                "令和7年度結論、結論を得次第速やかに措置",
                (("令和6年度", "令和7年度"),),
            ),
            MarkExample(
                "令和8年度上期措置", "令和8年度下期措置", (("令和8年度上期", "令和8年度下期"),)
            ),
            MarkExample(
                "12月1日までに提出", "12月10日までに提出", (("12月1日まで", "12月10日まで"),)
            ),
            MarkExample("今年度中に公表", "来年度中に公表", (("今年度中", "来年度中"),)),
            MarkExample(
                "2024年（令和６年）通常国会への法案提出を目指す",
                "2025年（令和７年）通常国会への法案提出を目指す",
                (
                    (
                        "2024年（令和６年）通常国会への法案提出",
                        "2025年（令和７年）通常国会への法案提出",
                    ),
                ),
            ),
        ),
        (
            MarkExample("令和9年度までに整備", "2027年度までに整備"),
            MarkExample("令和7年度予算により整備", "令和8年度予算により整備"),
            MarkExample("令和7年に策定した計画を見直す", "令和8年に策定した計画を見直す"),
            MarkExample("２０２４年度末までに整備", "2024年度（令和6年度）末までに整備"),
            MarkExample("令和8年3月末までに公表", "令和7年度末までに公表"),
            MarkExample("令和7年法律第53号に基づき実施", "令和8年法律第60号に基づき実施"),
            MarkExample("令和6年度末時点の設置数", "令和7年度末時点の設置数"),
        ),
    ),
    MarkRule(
        "deadline-earlier",
        "期限が早くなった",
        "期限（又は始める時期）が、前の年、月又は日になりました。",
        search_reversed(search_each_text(_later)),
        (
            MarkExample(
                "2028年までに整備", "2027年度までに整備", (("2028年まで", "2027年度まで"),)
            ),
            MarkExample(
                "令和7年度（2025年度）第4四半期に開始",
                "令和7年度（2025年度）第2四半期に開始",
                (("令和7年度（2025年度）第4四半期", "令和7年度（2025年度）第2四半期"),),
            ),
            MarkExample("3月下旬に公表", "3月上旬に公表", (("3月下旬", "3月上旬"),)),
        ),
        (
            MarkExample("令和元年度から実施", "2019年度から実施"),
            MarkExample("2025年日本国際博覧会に出展", "2024年日本国際博覧会に出展"),
        ),
    ),
    MarkRule(
        "deadline-gone",
        "期限がなくなった",
        "期限が示されなくなりました。「速やかに」のように、年や月で言わないものは期限と数えません。",
        search_each_text(_removed),
        (
            MarkExample("令和8年度中に公表", "速やかに公表", (("令和8年度中", ""),)),
            MarkExample("2027年度までに全校で導入", "全校で導入", (("2027年度まで", ""),)),
            MarkExample(
                "令和6年度結論、結論を得次第速やかに措置",
                "結論を得次第速やかに措置",
                (("令和6年度", ""),),
            ),
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
    MarkRule(
        "deadline-vaguer",
        "期限が緩くなった",
        "「まで」「中」「に」などで定まっていた期限に、「頃」「目途」「目標」のような幅が付きました。又は、"
        "「まで」のような期限が、「以降」のように始まりだけを言うものになりました。",
        search_each_text(_vaguer),
        (
            MarkExample(
                "令和8年度中に策定", "令和8年度を目途に策定", (("令和8年度中", "令和8年度を目途"),)
            ),
            MarkExample(
                "2026年（令和8年）秋に公表",
                "2026年（令和8年）秋頃に公表",
                (("2026年（令和8年）秋", "2026年（令和8年）秋頃"),),
            ),
            MarkExample(
                "令和８年度までに導入",
                "令和８年度以降に導入",
                (("令和８年度まで", "令和８年度以降"),),
            ),
            MarkExample("3年以内に見直す", "3年を目途に見直す", (("3年以内", "3年を目途"),)),
        ),
        (
            MarkExample("令和8年度を目途に策定", "令和8年度頃に策定"),
            MarkExample("令和8年度までに策定", "令和8年度中に策定"),
        ),
    ),
    MarkRule(
        "deadline-firmer",
        "期限がはっきりした",
        "「頃」「目途」「目標」のような幅がなくなり、期限が定まりました。又は、「以降」が「まで」になりました。",
        search_reversed(search_each_text(_vaguer)),
        (
            MarkExample(
                "令和8年12月末を目途に公表",
                "令和8年12月末までに公表",
                (("令和8年12月末を目途", "令和8年12月末まで"),),
            ),
        ),
        (MarkExample("令和8年秋頃に公表", "令和8年秋頃までに公表"),),
    ),
)
