"""Several changes at once, each reported once."""

from tests.diff.expectation import kinds_and_ids, proved
from tests.diff.plans import (
    chapter,
    group,
    measure,
    ministry,
    plan,
    reprint,
    section,
)

A, B, C, D = (measure(id) for id in "abcd")


def test_insertion_before_a_renumbered_item() -> None:
    old = plan(chapter("x", group("g", A, B), group("h", C)))
    new = plan(chapter("x", group("g", D, A, B), group("h", C)))
    assert kinds_and_ids(old, new) == [("added", "d"), ("renumbered", "a"), ("renumbered", "b")]


def test_move_plus_rewording() -> None:
    old = plan(chapter("x", group("g", A, measure("b", "標準の改訂")), group("h", C)))
    new = plan(chapter("x", group("g", A), group("h", measure("b", "標準の策定"), C)))
    assert kinds_and_ids(old, new) == [("moved", "b"), ("reworded", "b"), ("renumbered", "c")]


def test_split_with_a_lead_change() -> None:
    """A lead in a measure made by a split is no change of lead; one in another measure is."""
    old = plan(chapter("x", measure("a", "甲", "◎経産省"), measure("b", "乙", "◎経産省", "文科省")))
    new = plan(
        chapter(
            "x",
            measure("c", "丙", "◎文科省"),
            measure("d", "丁", "◎経産省"),
            measure("b", "乙", "経産省", "◎文科省"),
        ),
        revision={"dispositions": [{"measures": ["a"], "became": "split", "into": ["c", "d"]}]},
    )
    assert kinds_and_ids(old, new) == [("split", "a"), ("lead-changed", "b")]


def test_swap_of_two_groups() -> None:
    old = plan(chapter("x", group("g", A, B), group("h", C)))
    new = plan(chapter("x", group("h", C), group("g", A, B)))
    changes = proved(old, new)
    (reordered,) = [change.id for change in changes if change.kind == "reordered"]
    others = {change.id: change.because for change in changes if change.kind == "renumbered"}
    assert others == dict.fromkeys({*"abcgh"} - {reordered}, reordered)
    assert len(changes) == 5


def test_section_renamed_and_reordered() -> None:
    old = plan(chapter("x", group("g"), group("h"), group("i", title="利活用の促進")))
    new = plan(chapter("x", group("i", title="利活用の推進"), group("g"), group("h")))
    assert kinds_and_ids(old, new) == [
        ("reordered", "i"),
        ("retitled", "i"),
        ("renumbered", "g"),
        ("renumbered", "h"),
    ]


def test_reprint_turned_original() -> None:
    old = plan(chapter("x", group("g", A, B), group("h", C, reprint("b"))))
    new = plan(chapter("x", group("g", A, reprint("b")), group("h", C, B)))
    assert kinds_and_ids(old, new) == [("reprint-moved", "b"), ("moved", "b")]
    without = plan(chapter("x", group("g", A), group("h", C, B)))
    assert kinds_and_ids(old, without) == [("reprint-removed", "b"), ("moved", "b")]


def test_everything_at_once() -> None:
    old = plan(
        chapter("x", body=["現状の分析。", "足元ではAI技術の競争環境が大きく変化。"]),
        chapter(
            "y",
            section(
                "s",
                group("g", measure("a", "標準の改訂", "◎経産省"), measure("b", "甲", "経産省")),
                group("h", C, D, measure("e", "戊", "内閣府（防災）"), title="利活用の促進"),
            ),
            section("t", group("i", measure("f", "己", "文科省", "総務省"))),
        ),
        stage="素案",
        ministries=[ministry("cao-disaster", "内閣府（防災）"), ministry("mic", "総務省")],
    )
    new = plan(
        chapter("x", body=["足元ではAI技術の競争環境が大きく好転。", "現状の分析。"]),
        chapter(
            "y",
            section("t", group("i", measure("f", "己", "総務省", "文科省"), reprint("a"))),
            section(
                "s",
                group("h", D, measure("e", "戊", "防災庁"), title="利活用の推進"),
                group("g", measure("a", "標準の策定", "◎文科省"), measure("j"), measure("k")),
                body=["新しい段落"],
            ),
        ),
        stage="案",
        ministries=[
            ministry("dpa", "防災庁", succeeds=["cao-disaster"]),
            ministry("mic", "総務省", full_name="総務省"),
            ministry("meti", "経産省"),
        ],
        revision={
            "dispositions": [
                {"measures": ["b"], "became": "split", "into": ["j", "k"]},
                {"measures": ["c"], "became": "completed"},
            ]
        },
    )
    assert kinds_and_ids(old, new) == [
        ("metadata-changed", "edition"),
        ("ministry-succeeded", "dpa"),
        ("attribute-changed", "mic"),
        ("reworded", None),
        ("reordered", None),
        ("renumbered", "t"),
        ("renumbered", "i"),
        ("assignment-reordered", "f"),
        ("reprint-added", "a"),
        ("reordered", "s"),
        ("added", None),
        ("retitled", "h"),
        ("removed", "c"),
        ("renumbered", "d"),
        ("renumbered", "e"),
        ("reordered", "g"),
        ("reworded", "a"),
        ("lead-changed", "a"),
        ("split", "b"),
    ]
