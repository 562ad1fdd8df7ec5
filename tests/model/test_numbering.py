"""Numbers are made in one place, from the order of things."""

from datetime import date
from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.numbering import number
from kihonkeikaku.text.counters import format_counter
from kihonkeikaku.text.dates import format_wareki
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant

CHAPTER = """\
id: measures
title: 施策
body:
  - note: 列挙
  - legend: ◎は主
  - {plain: [本文, {footnote: 脚注の本文}, の続き], id: sentence}
sections:
  - {id: topic-a, kind: topic, title: 話題}
  - id: section-a
    kind: section
    title: 甲
    measures_label: 取組例
    sections:
      # allow early-reprint: 番号の引き方を確かめるため
      - {id: group-a, kind: group, title: 一, measures: [alpha, {reprint: beta}]}
      - {id: group-b, kind: group, title: 二, measures: [beta]}
  - id: section-b
    kind: section
    title: 乙
    sections:
      - {id: group-c, kind: group, title: 三}
      - {id: policy-a, kind: policy, title: 方針}
"""
ALPHA = """\
id: alpha
clauses:
  - text: [{ref: beta}, と, {ref: topic-a}, 、, {ref: sentence}]
    assignments: [{ministry: 文科省}, {ministry: 経産省, role: lead}]
  - text: の推進
body:
  - 続き
"""


def document(folder: Path, changes: dict[str, str]) -> Document:
    checked = lint(load(str(plant(folder, changes))))
    assert not checked.has_errors, checked.findings
    return number(checked.loaded.draft.plan())


def test_every_kind_prints_its_number(tmp_path: Path) -> None:
    doc = document(tmp_path, {"chapters/measures.yaml": CHAPTER, "measures/alpha.yaml": ALPHA})
    assert list(doc.blocks()) == [
        "第1章　基本構想",
        "第2章　基本的な方針",
        "第3章　施策",
        "（※列挙）",
        "【◎は主】",
        "本文（注1）の続き",
        "（話題）",
        "第1節　甲",
        "【取組例】",
        "(1)　一",
        "①第3章第1節(2)①と第3章（話題）、第3章の第3項目【文科省、◎経産省】の推進",
        "・続き",
        "②施策【再掲】【◎経産省、文科省】",
        "(2)　二",
        "①施策【◎経産省、文科省】",
        "第2節　乙",
        "(1)　三",
        "1.　方針",
        "（注1）　脚注の本文",
        "第4章　必要な事項",
    ]


def test_lines_say_where_they_stand_and_how_they_are_cited(tmp_path: Path) -> None:
    doc = document(tmp_path, {"chapters/measures.yaml": CHAPTER, "measures/alpha.yaml": ALPHA})
    lines = [line for line in doc.lines() if line.kind != "front"]
    assert [line.text for line in lines] == list(doc.blocks())
    assert [(line.parent, line.index, line.citation) for line in lines][2:-1] == [
        (None, 2, "第3章"),
        ("measures", 0, "第3章の第1項目"),
        ("measures", 1, "第3章の第2項目"),
        ("measures", 2, "第3章の第3項目"),
        ("measures", 0, "第3章（話題）"),
        ("measures", 1, "第3章第1節"),
        ("section-a", 0, "第3章第1節の【取組例】"),
        ("section-a", 0, "第3章第1節(1)"),
        ("group-a", 0, "第3章第1節(1)①"),
        ("alpha", 0, "第3章第1節(1)①の第1項目"),
        ("group-a", 1, "第3章第1節(1)②"),
        ("section-a", 1, "第3章第1節(2)"),
        ("group-b", 0, "第3章第1節(2)①"),
        ("measures", 2, "第3章第2節"),
        ("section-b", 0, "第3章第2節(1)"),
        ("section-b", 1, "第3章第2節1."),
        ("measures", 0, "第3章（注1）"),
    ]


def test_front_lines_are_the_title_with_its_suffix_the_subtitle_and_the_label(
    tmp_path: Path,
) -> None:
    head = SAMPLE["plan.yaml"].replace("title: ", "subtitle: 副題\ntitle: ", 1)
    doc = document(tmp_path, {"plan.yaml": head})
    fronts = [line for line in doc.lines() if line.kind == "front"]
    assert [(line.variant, line.text) for line in fronts] == [
        ("title", doc.book_title),
        ("subtitle", "副題"),
    ]


def test_originals_leave_out_reprints(tmp_path: Path) -> None:
    doc = document(tmp_path, {"chapters/measures.yaml": CHAPTER, "measures/alpha.yaml": ALPHA})
    assert {id: measure.number for id, measure in doc.originals().items()} == {
        "alpha": "第3章第1節(1)①",
        "beta": "第3章第1節(2)①",
    }


def test_full_numbers_and_anchors(tmp_path: Path) -> None:
    doc = document(tmp_path, {"chapters/measures.yaml": CHAPTER, "measures/alpha.yaml": ALPHA})
    assert [(measure.anchor, measure.number) for measure in doc.measures()] == [
        ("alpha", "第3章第1節(1)①"),
        ("group-a--beta", "第3章第1節(1)②"),
        ("beta", "第3章第1節(2)①"),
    ]


def test_prefaces_have_no_number_and_appendices_are_attachments(tmp_path: Path) -> None:
    head = SAMPLE["plan.yaml"].replace("  - vision", "  - words\n  - vision")
    changes = {
        "plan.yaml": head + "  - terms\n  - figures\n",
        "chapters/words.yaml": "{id: words, kind: preface, title: はじめに}",
        "chapters/terms.yaml": "{id: terms, kind: appendix, title: 用語}",
        "chapters/figures.yaml": "{id: figures, kind: appendix, title: 図表}",
    }
    doc = document(tmp_path / "two", changes)
    assert [c.text for c in doc.chapters][::5] == ["はじめに", "別紙1　用語"]
    one = {**changes, "plan.yaml": head + "  - terms\n", "chapters/figures.yaml": None}
    doc = document(tmp_path / "one", one)  # type: ignore[arg-type] # a part of a plan's files is enough
    assert doc.chapters[-1].text == "別紙　用語"


@pytest.mark.parametrize(
    ("value", "printed"), [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿")]
)
def test_circled_numbers(value: int, printed: str) -> None:
    assert format_counter("①", value) == printed


@pytest.mark.parametrize(
    ("edition", "title", "line"),
    [
        ("{id: e, stage: 骨子}", "計画骨子", None),
        ("{id: e, stage: 素案}", "計画（素案）", None),
        ("{id: e, stage: 案, dated: 2025-12-19}", "計画（案）", "令和7年12月19日"),
        (
            "{id: e, stage: 決定, decided_on: 2025-12-23}",
            "計画",
            "令和7年12月23日　閣議決定",
        ),
    ],
)
def test_title_and_date(edition: str, title: str, line: str | None, tmp_path: Path) -> None:
    head = SAMPLE["plan.yaml"]
    start, end = head.index("edition:"), head.index("basis:")
    changes = {"plan.yaml": head[:start] + f"edition: {edition}\n" + head[end:]}
    doc = document(tmp_path, changes)
    assert (doc.book_title, doc.date_line) == (title, line)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2026, 11, 2), "令和8年11月2日"),
        (date(1900, 1, 1), "1900年1月1日"),
    ],
)
def test_wareki(day: date, printed: str) -> None:
    assert format_wareki(day) == printed


def test_digits_of_a_number_and_of_the_one_below_do_not_meet(tmp_path: Path) -> None:
    outline = """\
outline:
  - {kind: part, label: "第{１}"}
  - {kind: heading, label: "{１}．"}
  - {kind: measure, label: "{①}"}
"""
    chapter = CHAPTER_OF_PARTS
    head = SAMPLE["plan.yaml"].replace("format: 1", "format: 2") + outline
    doc = document(tmp_path, {"plan.yaml": head, "chapters/measures.yaml": chapter})
    assert [measure.number for measure in doc.measures()] == ["第３の１．①", "第３の１．②"]


CHAPTER_OF_PARTS = """\
id: measures
title: 施策
sections:
  - {id: first, kind: heading, title: 一, measures: [alpha, beta]}
"""
