"""Marks on sentences of this plan, revised as ministries revise them: few alarms, none false."""

from time import process_time

import pytest

from kihonkeikaku.diff.redline import redline_text
from kihonkeikaku.diff.significance.mark_rule import ChangedContent, RevisedText
from kihonkeikaku.diff.significance.rules import MARK_RULES
from kihonkeikaku.text.numerals import parse_numeral
from tests.diff.redlines import pairs


def marks(old: str, new: str) -> set[str]:
    matter = ChangedContent((RevisedText(redline_text(old, new)),))
    return {rule.id for rule in MARK_RULES for _ in rule.find(matter)}


MARKED = {
    "AI利用を前提としたデータ環境の構築に[-努める-]{+取り組む+}": "strengthened",
    "フィジカルAI{+等+}の先導導入支援": "et-cetera-added",
    "AIをめぐるリスクは、誤判断、ハルシネーション[-等-]の技術的リスクのみならず、"
    "社会的リスクにも拡大。": "et-cetera-removed",
    "AI社会における制度の在り方を{+必要に応じて+}見直す": "hedge-added",
    "[-令和8年度-]{+令和9年度+}末までにAI評価基盤を整備": "deadline-later",
    "[-2026年度-]{+2027年度+}中に基本計画を見直し、変更を行う。": "deadline-later",
    "規制・制度の点検・見直しを[-速やかに-]{+令和9年度までに+}実施": "deadline-new",
    "各種ガイドライン等の整備を{+令和8年度中に+}行う": "deadline-new",
    "年間[-5,000-]{+10,000+}人のAI人材を育成・確保": "number-raised",
    "官民で[-5,000億-]{+1兆+}円を投資": "number-raised",
    "生成AIの利用率を[-50％-]{+80％+}以上とする": "number-raised",
    "地方自治体の[-5-]{+8+}割以上においてAIの適正な利活用を促進": "number-raised",
}
"""The pairs with marks among the hundred committed ones."""


def test_marks_of_a_hundred_revised_sentences() -> None:
    everything = [*pairs("tuned.txt"), *pairs("held_out.txt")]
    found = {pair.marked: marks(pair.old, pair.new) for pair in everything}
    assert {m: ids for m, ids in found.items() if ids} == {m: {id} for m, id in MARKED.items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "ガイドラインを策定する。令和8年度中に公表を検討する。",
            "ガイドラインの策定を検討する。令和9年度中に公表する。",
            {"weakened", "strengthened", "deadline-later"},
            id="one sentence up, one down",
        ),
        pytest.param(
            "AI利活用における民事責任等のあり方の検討",
            "AI利活用における民事責任等のあり方の検討及びその結果の周知",
            set(),
            id="an undertaking more",
        ),
        pytest.param(
            "AIに係る人材の育成を推進。令和8年度までに1,000人を育成。",
            "AIに係る人材の育成を推進。可能な限り多くの人材を育成。",
            {"deadline-gone", "number-gone", "hedge-added"},
            id="a target dissolved",
        ),
        pytest.param(
            "第1章第2節(1)①のフォローアップの結果を踏まえ、見直す",
            "第1章第3節(2)④のフォローアップの結果を踏まえ、見直す",
            set(),
            id="numbers of references",
        ),
        pytest.param(
            "令和7年12月に閣議決定した計画を着実に推進",
            "令和8年7月に閣議決定した計画を着実に推進",
            set(),
            id="when it was decided",
        ),
        pytest.param(
            "Society 5.0の実現に向けた取組", "Society 6.0の実現に向けた取組", set(), id="a name"
        ),
        pytest.param("AI推進会議を開催", "AI検討会議を開催", set(), id="within a compound"),
        pytest.param("実施状況を公表", "検討状況を公表", set(), id="at the head of a compound"),
        pytest.param(
            "関係府省庁が、導入を支援",
            "関係府省庁が、導入の支援を検討",
            {"weakened"},
            id="an object",
        ),
        pytest.param(
            "一般市民のリテラシーの向上を図る",
            "一般市民のリテラシーの向上に努める",
            {"weakened"},
            id="図る",
        ),
    ],
)
def test_marks_of_whole_sentences(old: str, new: str, expected: set[str]) -> None:
    assert marks(old, new) == expected


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("5,000", 5000), ("５０", 50), ("1.5", 1.5), ("三", 3), ("十二", 12), ("二十", 20),
        ("5,000億", 5e11), ("1兆", 1e12), ("三千", 3000), ("百二十万", 1.2e6), ("二三", None),
    ],
)  # fmt: skip
def test_numerals(numeral: str, number: float | None) -> None:
    assert parse_numeral(numeral) == number


@pytest.mark.parametrize(
    "piece", ["1", "一", "令和", "の可否の", "検討", "検討の", "2026年", "、", "実施し、"]
)
def test_hostile_texts_are_assessed_in_time(piece: str) -> None:
    start = process_time()
    marks("実施" + piece * 3_000 + "検討", "検討" + piece * 3_000 + "実施の検討")
    assert process_time() - start < 5
