"""The weight of each kind of change, and its JSON."""

import json

import pytest

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.redline import redline_text
from kihonkeikaku.diff.significance.classifier import Assessment, Classifier, assessed_json
from kihonkeikaku.diff.significance.noise import hide_noise
from kihonkeikaku.model.plan import Plan
from tests.diff.plans import (
    chapter,
    clause,
    divided,
    group,
    measure,
    ministry,
    plan,
    reprint,
    section,
)


def judged(old: Plan, new: Plan) -> list[tuple[Change, Assessment]]:
    classifier = Classifier(old, new)
    return [(change, classifier.assess(change)) for change in compare(old, new).changes]


def weights(old: Plan, new: Plan) -> list[tuple[str, str | None, str]]:
    return [(c.kind, c.id, j.weight) for c, j in judged(old, new)]


def marks(old: Plan, new: Plan) -> list[tuple[str, str, str]]:
    return [(m.rule.id, m.old, m.new) for _, j in judged(old, new) for m in j.marks]


def of_text(text: str, *by: str) -> Plan:
    return plan(chapter("x", group("g", measure("a", text, *by))))


def test_a_renumbering_by_an_insertion_is_a_consequence() -> None:
    old = plan(chapter("x", group("g", measure("a"))))
    new = plan(chapter("x", group("g", measure("b"), measure("a"))))
    assert weights(old, new) == [("added", "b", "substance"), ("renumbered", "a", "consequence")]


def test_a_move_is_substance_and_another_order_is_wording() -> None:
    old = plan(chapter("x", section("s", measure("a"), measure("b"), measure("c")), section("t")))
    new = plan(chapter("x", section("s", measure("b"), measure("a")), section("t", measure("c"))))
    assert sorted(weights(old, new)) == [
        ("moved", "c", "substance"),
        ("renumbered", "b", "consequence"),
        ("reordered", "a", "wording"),
    ]


def test_a_reprint_is_wording() -> None:
    old = plan(chapter("x", group("g", measure("a")), group("h")))
    new = plan(chapter("x", group("g", measure("a")), group("h", reprint("a"))))
    assert weights(old, new) == [("reprint-added", "a", "wording")]


def test_a_ministry_added_to_the_register_is_a_consequence() -> None:
    old = plan(chapter("x", group("g", measure("a", "検討", "経産省"))), ministries=())
    new = plan(chapter("x", group("g", measure("a", "検討", "経産省", "文科省"))), ministries=())
    assert weights(old, new) == [
        ("added", "mext", "consequence"),
        ("assignment-added", "a", "substance"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        pytest.param("AIの導入の促進", "AIの導入の推進", "wording", id="known pair"),
        pytest.param("医療、教育の分野", "教育、医療の分野", "wording", id="another order"),
        pytest.param("導入を推進", "導入を推進する", "wording", id="an ending"),
        pytest.param("あり方の検討", "あり方の検討及び周知", "substance", id="a new undertaking"),
        pytest.param("医療の分野", "介護の分野", "substance", id="another thing"),
        pytest.param("2つの分野", "3つの分野", "substance", id="another number"),
    ],
)
def test_a_rewording_is_substance_unless_it_is_shown_to_be_wording(
    old: str, new: str, weight: str
) -> None:
    assert weights(of_text(old), of_text(new)) == [("reworded", "a", weight)]


def test_a_mark_makes_a_rewording_substance() -> None:
    old, new = of_text("医療、教育の分野"), of_text("医療、教育等の分野")
    assert marks(old, new) == [("et-cetera-added", "", "等")]
    assert weights(old, new) == [("reworded", "a", "substance")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("AIの取り組みを推進", "AIの取組を推進", id="spelling"),
        pytest.param("企業の取り組み", "企業の取組", id="spelling at the end"),
        pytest.param("ＡＩの導入", "AIの導入", id="width"),
        pytest.param("AI の導入", "AIの導入", id="space"),
        pytest.param("AI for  Science", "AI for Science", id="double space"),
        pytest.param("データ，通信", "データ、通信", id="comma"),
        pytest.param("サーバの整備", "サーバーの整備", id="long vowel"),
    ],
)
def test_noise_is_found(old: str, new: str) -> None:
    ((change, assessment),) = judged(of_text(old), of_text(new))
    assert change.kind == "reworded"
    assert assessment == Assessment("wording", (), noise=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("①の取組", "1の取組", id="circled"),
        pytest.param("AI for Science", "AIforScience", id="a space that parts words"),
        pytest.param("1.5倍", "15倍", id="a point"),
        pytest.param("取り組みを推進", "取組を促進", id="spelling and more"),
    ],
)
def test_a_difference_in_reading_is_no_noise(old: str, new: str) -> None:
    ((_, assessment),) = judged(of_text(old), of_text(new))
    assert not assessment.noise


def test_the_lead_of_one_clause() -> None:
    olds = (clause("医療", "◎経産省", "文科省"), clause("、教育", "◎文科省"))
    news = (clause("医療", "経産省", "◎文科省"), clause("、教育", "◎文科省"))
    old = plan(chapter("x", group("g", divided("a", *olds))))
    new = plan(chapter("x", group("g", divided("a", *news))))
    assert marks(old, new) == [("lead-moved", "◎経産省", "◎文科省")]


def test_a_measure_without_ministries_is_marked() -> None:
    old, new = of_text("検討", "経産省"), of_text("検討")
    assert marks(old, new) == [("unassigned", "【経産省】", "")]


def test_the_leads_of_a_split_measure() -> None:
    old = plan(chapter("x", group("g", measure("a", "検討", "◎経産省"))))
    new = plan(
        chapter("x", group("g", measure("b", "甲", "◎経産省"), measure("c", "乙", "◎文科省"))),
        revision={
            "dispositions": [
                {"measures": ["a"], "became": "split", "into": ["b", "c"], "reason": "理由"}
            ]
        },
    )
    assert marks(old, new) == [("lead-moved", "◎経産省", "◎経産省、◎文科省")]


def test_a_title_and_a_web_address() -> None:
    old = plan(chapter("x"), title="計画", publication={"publisher": "甲", "attribution": "丙"})
    new = plan(chapter("x"), title="新計画", publication={"publisher": "乙", "attribution": "丙"})
    assert [(c.detail["field"], j.weight) for c, j in judged(old, new)] == [
        ("title", "substance"),
        ("publication.publisher", "wording"),
    ]


def test_a_renamed_ministry_is_wording_and_a_new_one_in_its_place_substance() -> None:
    by = measure("a", "検討", "防災庁")
    old = plan(chapter("x", group("g", measure("a", "検討", "内閣府（防災）"))))
    named = [ministry("cao-disaster", "防災庁")]
    succeeding = [ministry("dpa", "防災庁", succeeds=["cao-disaster"])]
    renamed = plan(chapter("x", group("g", by)), ministries=named)
    succeeded = plan(chapter("x", group("g", by)), ministries=succeeding)
    assert ("ministry-renamed", "cao-disaster", "wording") in weights(old, renamed)
    assert ("ministry-succeeded", "dpa", "substance") in weights(old, succeeded)


def test_the_json_says_what_each_change_weighs() -> None:
    old, new = of_text("検討", "◎経産省", "文科省"), of_text("検討", "経産省", "◎文科省")
    report = json.loads(json.dumps(assessed_json(compare(old, new), Classifier(old, new))))
    (change,) = report["changes"]
    mark = {
        "mark": "lead-moved",
        "name": "主な府省庁が移った",
        "old": "◎経産省",
        "new": "◎文科省",
    }
    assert (change["weight"], change["marks"], change["noise"]) == ("substance", [mark], False)
    assert report["weights"] == {"substance": 1}
    assert report["marks"] == {"lead-moved": 1}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "企業の取り組みにより導入を促進",
            "企業の取組により導入を推進",
            "企業の取組により導入を[-促進-]{+推進+}",
            id="one of two",
        ),
        pytest.param("ＡＩの導入", "AIの導入", "AIの導入", id="noise only"),
        pytest.param("検討", "検討及び周知", "検討{+及び周知+}", id="no noise"),
        pytest.param("AI の導入", "AIの試行", "AIの[-導入-]{+試行+}", id="a space"),
    ],
)
def test_a_redline_without_noise_marks_none(old: str, new: str, expected: str) -> None:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    assert (
        "".join(marks[op].format(text) for op, text in hide_noise(redline_text(old, new)))
        == expected
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (("a", "経産省"), ("b", "◎総務省"), []),
        (("a", "経産省"), ("b", "◎総務省", "経産省"), []),
        (("a", "◎経産省"), ("b", "◎総務省"), [("lead-gone", "◎経産省", "")]),
    ],
)
def test_a_measure_that_takes_in_another_had_its_lead_already(
    old: tuple[str, ...], new: tuple[str, ...], found: list[tuple[str, str, str]]
) -> None:
    """The lead of the measure that stays is not one that was found by the merger."""
    merged = {"measures": ["a"], "became": "merged", "into": ["b"]}
    before = plan(chapter("x", measure("a", None, *old[1:]), measure("b", None, "◎総務省")))
    after = plan(chapter("x", measure("b", None, *new[1:])), revision={"dispositions": [merged]})
    said = [mark for mark in marks(before, after) if mark[0] in ("lead-new", "lead-moved")]
    assert "lead-new" not in {mark[0] for mark in said}
    assert bool(said) == bool(found)
