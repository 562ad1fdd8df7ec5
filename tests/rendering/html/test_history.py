"""The history of a measure through the editions, and the pages of retired ones."""

from functools import cache
from typing import Any

from kihonkeikaku.model.migration import migrate_frozen
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Disposition, Plan
from kihonkeikaku.rendering.html.history import EditionRecord
from tests.rendering.html.pages import ParsedPage, site_files
from tests.rendering.plan_data import HEAD

REGISTER = [{"id": id, "name": name} for id, name in (("a", "甲省"), ("b", "乙省"), ("c", "丙庁"))]


def edition(
    id: str, texts: dict[str, tuple[Any, list[str]]], register: Any = REGISTER, **revision: Any
) -> EditionRecord:
    """An edition whose measures stand in one chapter: texts, and ministries, the first leading."""
    measures = [
        {
            "id": id,
            "text": text,
            "assignments": [
                {"ministry": name} | ({"role": "lead"} if place == 0 else {})
                for place, name in enumerate(names)
            ],
        }
        for id, (text, names) in texts.items()
    ]
    head = HEAD | {"edition": {"id": id, "stage": "決定", "label": f"{id}版"}, "subtitle": None}
    chapter = {"id": "vision", "title": "章", "measures": list(texts)}
    data = {
        "head": head,
        "ministries": register,
        "chapters": [chapter],
        "measures": measures,
        **({"revision": revision} if revision else {}),
    }
    plan = Plan.model_validate(migrate_frozen(data, 1))
    return EditionRecord(number(plan), plan.revision)


@cache
def files() -> dict[str, bytes]:
    first = edition(
        "first",
        {
            "kept": ("支援を行う", ["甲省"]),
            "half": ("半分", ["乙省"]),
            "done": (["調査", {"footnote": "令和6年度まで"}], ["甲省"]),
            "same": ("同じ", ["甲省"]),
        },
    )
    second = edition(
        "second",
        {
            "kept": ("支援を行う", ["甲省", "乙省"]),
            "half": ("半分", ["乙省"]),
            "same": ("同じ", ["甲省"]),
        },
        **{
            "from": "first",
            "dispositions": [{"measures": ["done"], "became": "completed", "reason": "終えたため"}],
        },
    )
    third = edition(
        "third",
        {
            "whole": ("全体", ["乙省"]),
            "kept": ("支援を強化する", ["乙省", "甲省"]),
            "same": ("同じ", ["甲省"]),
        },
        register=REGISTER[:2],
        **{
            "from": "second",
            "dispositions": [{"measures": ["half"], "became": "merged", "into": ["whole"]}],
        },
    )
    return dict(site_files(third, (first, second)))


def page(path: str) -> ParsedPage:
    return ParsedPage(files()[f"html/{path}.html"].decode())


def test_each_edition_shows_its_text_and_ministries() -> None:
    lines = page("measures/kept").text_of_class("versions").split()
    assert lines == [
        "人工知能基本計画（third版）",
        "第1章②（前の版では",
        "第1章①）",
        "支援を削除ここから行う削除ここまで追加ここから強化する追加ここまで【削除ここから◎甲省、乙省"
        "削除ここまで追加ここから◎乙省、甲省追加ここまで】",
        "人工知能基本計画（second版）",
        "第1章①",
        "支援を行う【◎甲省追加ここから、乙省追加ここまで】",
        "人工知能基本計画（first版）",
        "第1章①",
        "支援を行う【◎甲省】",
    ]


def test_an_edition_without_a_change_says_so() -> None:
    lines = page("measures/same").text_of_class("versions").split()
    assert lines.count("本文と担当府省庁に変更はありません。") == 2


def test_insertions_and_deletions_are_marked_by_elements() -> None:
    kept = page("measures/kept")
    assert len(kept.all("ins")) == 3
    assert len(kept.all("del")) == 2


def test_a_measure_links_to_those_it_was_made_from() -> None:
    whole = page("measures/whole")
    assert "人工知能基本計画（third版）での統合による。" in whole.text
    assert ("半分", "../measures/half.html") in [
        (text, attrs["href"]) for attrs, text in whole.all("a")
    ]


def test_a_merged_measure_links_to_its_successor() -> None:
    half = page("measures/half")
    [(_, heading)] = half.all("h1")
    assert heading == "人工知能基本計画 第1章②半分"
    assert "人工知能基本計画（third版）で「統合」とされました。" in half.text
    assert ("全体", "../measures/whole.html") in [
        (text, attrs["href"]) for attrs, text in half.all("a")
    ]
    [(_, quote)] = half.all("blockquote")
    assert quote == "半分【◎乙省】"


def test_a_measure_retired_in_an_earlier_edition_shows_when_and_why() -> None:
    outcome = page("measures/done").text_of_class("outcome")
    assert "人工知能基本計画（second版）で「完了」とされました。" in outcome
    assert "終えたため" in outcome


def test_a_retired_measure_brings_its_footnotes() -> None:
    retired = page("measures/done")
    assert "調査（注1）" in retired.text
    assert retired.text_of_class("notes").strip() == "（注1）令和6年度まで"
    assert "調査（注1）" not in page("measures/done").text_of_class("outcome")


def test_a_ministry_that_is_no_longer_registered_keeps_its_page() -> None:
    assert "最後に掲げられたのは、人工知能基本計画（second版）です。" in page("ministries/c").text


def test_a_first_edition_has_no_history() -> None:
    only = edition("only", {"kept": ("支援", ["甲省"])})
    content = dict(site_files(only))["html/measures/kept.html"].decode()
    assert "版ごとの経緯" not in content


def _page(measure: str, *editions: EditionRecord) -> str:
    made = dict(site_files(editions[-1], editions[:-1]))
    return made[f"html/measures/{measure}.html"].decode()


def _with_body(id: str, *body: str) -> EditionRecord:
    data = {
        "head": HEAD | {"edition": {"id": id, "stage": "決定"}, "subtitle": None},
        "ministries": REGISTER,
        "chapters": [{"id": "vision", "title": "章", "measures": ["kept"]}],
        "measures": [{"id": "kept", "text": "支援を行う", "body": list(body)}],
    }
    return EditionRecord(number(Plan.model_validate(migrate_frozen(data, 1))))


SAME = "本文と担当府省庁に変更はありません"
FIRST, SECOND = "データの集積を進める。", "人材を育成する。"


def test_paragraphs_below_the_text_that_changed_are_shown() -> None:
    page = _page("kept", _with_body("first", FIRST), _with_body("second", FIRST, SECOND))
    said = ParsedPage(page).text_of_class("versions")
    assert SECOND in said
    assert SAME not in said
    gone = _page("kept", _with_body("first", FIRST, SECOND), _with_body("second", FIRST))
    assert "<del>" in gone
    reworded = _page("kept", _with_body("first", FIRST), _with_body("second", FIRST + "また、"))
    assert "<ins>" in reworded


def test_a_paragraph_divided_or_joined_says_the_same() -> None:
    for old, new in (((FIRST + SECOND,), (FIRST, SECOND)), ((FIRST, SECOND), (FIRST + SECOND,))):
        page = _page("kept", _with_body("first", *old), _with_body("second", *new))
        assert SAME in ParsedPage(page).text_of_class("versions")


def test_a_measure_that_was_split_off_names_the_one_that_stays() -> None:
    first = edition("first", {"kept": ("支援を行う", ["甲省"])})
    second = edition("second", {"kept": ("支援を行う", ["甲省"]), "part": ("その一部", ["甲省"])})
    said = (Disposition(id="part", came_from=("kept",), reason="担当を分けるため"),)
    page = _page("part", first, EditionRecord(second.document, said))
    assert "での分割による" in page
    assert "担当を分けるため" in page
    assert 'href="../measures/kept.html"' in page
