"""Paragraphs, most of which have no id and are matched by similarity."""

from typing import Any

import pytest

from kihonkeikaku.diff.change import PrintedPlace
from kihonkeikaku.model.plan import Plan
from tests.diff.expectation import kinds_and_ids, only, proved
from tests.diff.plans import chapter, measure, plan

CHANCE = "足元ではAI技術の競争環境が大きく変化。日本もキャッチアップできるチャンス。"
DATA = "データの集積・利活用、特に組織を超えたデータの共有を促進。"
DATA_REWORDED = "データの集積・利活用、特に組織を超えたデータの連携を促進。"
PEOPLE = "国内外からのトップ人材を集約。"


def body(*x: Any, y: tuple[Any, ...] = ()) -> Plan:
    """Returns a plan of two chapters with these paragraphs."""
    return plan(chapter("x", body=x), chapter("y", body=y))


def kinds(old: Plan, new: Plan) -> list[tuple[str, int | None, int | None]]:
    """Returns kind, old index and new index of each change."""
    return [(c.kind, _index(c.old), _index(c.new)) for c in proved(old, new)]


def _index(place: PrintedPlace | None) -> int | None:
    return place.index if place else None


def test_a_reworded_paragraph_is_matched_by_similarity() -> None:
    change = only(body(CHANCE, DATA), body(CHANCE, DATA_REWORDED))
    assert (change.kind, change.type, change.id, change.section) == (
        "reworded",
        "paragraph",
        None,
        "x",
    )
    assert change.old and change.old.citation == "第1章の第2項目"
    assert change.detail["redline"] == (
        ("=", "データの集積・利活用、特に組織を超えたデータの"),
        ("-", "共有"),
        ("+", "連携"),
        ("=", "を促進。"),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(body(CHANCE), body(CHANCE, DATA), [("added", None, 1)], id="added"),
        pytest.param(body(CHANCE, DATA), body(DATA), [("removed", 0, None)], id="removed"),
        pytest.param(
            body(CHANCE), body(PEOPLE), [("removed", 0, None), ("added", None, 0)], id="replaced"
        ),
        pytest.param(
            body(CHANCE, DATA, PEOPLE),
            body(PEOPLE, CHANCE, DATA),
            [("reordered", 2, 0)],
            id="reordered",
        ),
        pytest.param(body(CHANCE, DATA), body(CHANCE, y=(DATA,)), [("moved", 1, 0)], id="moved"),
        pytest.param(
            body(CHANCE, DATA),
            body(CHANCE, y=(DATA_REWORDED,)),
            [("moved", 1, 0), ("reworded", 1, 0)],
            id="moved and reworded",
        ),
        pytest.param(
            body(CHANCE, DATA),
            body(DATA, DATA_REWORDED, CHANCE),
            [("added", None, 1), ("reordered", 0, 2)],
            id="the equal text before the like one",
        ),
        pytest.param(
            body("同じ文。", CHANCE, y=("同じ文。", DATA)),
            body(CHANCE, DATA, "同じ文。"),
            [("moved", 1, 1), ("reordered", 0, 2), ("removed", 0, None)],
            id="a repeated text stays at home",
        ),
        pytest.param(
            body("同じ文。", y=("同じ文。",)),
            plan(chapter("x"), chapter("y"), chapter("z", body=["同じ文。"])),
            [("removed", 0, None), ("removed", 0, None), ("added", None, 2), ("added", None, 0)],
            id="a repeated text that moved is not guessed",
        ),
        pytest.param(
            body(CHANCE, "同じ文。"),
            body("同じ文。", CHANCE, "同じ文。"),
            [("added", None, 0)],
            id="of a repeated text the one put in is the new one",
        ),
    ],
)
def test_paragraphs_are_aligned(
    old: Plan, new: Plan, expected: list[tuple[str, int | None, int | None]]
) -> None:
    assert kinds(old, new) == expected


def test_half_a_text_is_similar_enough_only_under_the_same_parent() -> None:
    rewritten = DATA[:14] + "、産学官の連携による活用の基盤を整備。"
    assert kinds_and_ids(body(CHANCE, DATA), body(CHANCE, rewritten)) == [("reworded", None)]
    assert kinds_and_ids(body(CHANCE, DATA), body(CHANCE, y=(rewritten,))) == [
        ("removed", None),
        ("added", None),
    ]


def test_an_id_matches_whatever_is_reworded() -> None:
    change = only(
        body(CHANCE, {"bullet": DATA, "id": "p"}), body(CHANCE, {"bullet": PEOPLE, "id": "p"})
    )
    assert (change.kind, change.id) == ("reworded", "p")


def test_two_ids_are_two_paragraphs() -> None:
    old, new = body({"bullet": DATA, "id": "p"}), body({"bullet": DATA, "id": "q"})
    assert kinds_and_ids(old, new) == [("removed", "p"), ("added", "q")]


@pytest.mark.parametrize(
    ("old", "new", "id", "detail"),
    [
        (DATA, {"note": DATA}, None, {"field": "marker", "old": "bullet", "new": "note"}),
        (DATA, {"bullet": DATA, "id": "p"}, "p", {"field": "id", "old": None, "new": "p"}),
        ({"bullet": DATA, "id": "p"}, DATA, "p", {"field": "id", "old": "p", "new": None}),
    ],
)
def test_marker_and_id_are_attributes(
    old: Any, new: Any, id: str | None, detail: dict[str, Any]
) -> None:
    change = only(body(old), body(new))
    assert (change.kind, change.type, change.id) == ("attribute-changed", "paragraph", id)
    assert change.detail == detail


def test_an_added_paragraph_has_marker_and_text() -> None:
    change = only(body(), body({"note": [DATA, {"footnote": "注"}], "id": "p"}))
    assert (change.kind, change.id) == ("added", "p")
    assert change.detail == {"marker": "note", "runs": (DATA, {"footnote": "注"})}


def test_a_measure_has_paragraphs_too() -> None:
    old = plan(chapter("x", measure("a", body=[CHANCE])), chapter("y"))
    new = plan(chapter("x", measure("a")), chapter("y", body=[CHANCE]))
    change = only(new, old)
    assert (change.kind, change.section) == ("moved", "x")
    assert change.new and (change.new.parent, change.new.citation) == ("a", "第1章①の第1項目")


def test_a_paragraph_is_removed_with_its_measure() -> None:
    a = measure("a", body=[CHANCE])
    old, new = plan(chapter("x", a), chapter("y")), plan(chapter("x"), chapter("y", a))
    assert kinds_and_ids(old, new) == [("moved", "a")]
