"""What each step makes of a few lines: input beside expectation."""

from pathlib import Path

import pytest

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.assignments import looks_like_assignments, parse_clauses
from kihonkeikaku.importing.cleaning import Vocabulary, join_lines
from kihonkeikaku.importing.importer import import_source
from kihonkeikaku.importing.labels import find_label
from kihonkeikaku.importing.ministry_register import make_register, unknown_name_hint
from kihonkeikaku.importing.references import link_references
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine
from kihonkeikaku.importing.text_source import read_text
from kihonkeikaku.reports.import_report import import_text
from tests.importing.documents import data_of, doubts, import_lines, reasons


@pytest.mark.parametrize(
    ("text", "pattern", "number", "rest"),
    [
        ("第1章　基本構想", "第{1}章", 1, "基本構想"),
        ("第１ 安全・安心", "第{１}", 1, "安全・安心"),
        ("第３-１ 戦略", "第{parent}-{１}", 1, "戦略"),
        ("10．国家", "{1}．", 10, "国家"),
        ("（２）行政", "（{１}）", 2, "行政"),
        ("(2) 行政", "({1})", 2, "行政"),
        ("⑫市民", "{①}", 12, "市民"),
        ("イ 教育", "{ア}", 2, "教育"),
        ("ⅱ）幹部", "{ⅰ}）", 2, "幹部"),
        ("1.2. 背景", "{parent}.{1}.", 2, "背景"),
        ("（AIイノベーション）", "（）", 0, "AIイノベーション"),
        ("別紙2　対照表", "annex", 0, "対照表"),
    ],
)
def test_labels(text: str, pattern: str, number: int, rest: str) -> None:
    label = find_label(text)
    assert label is not None
    assert (label.pattern, label.number, label.rest) == (pattern, number, rest)


@pytest.mark.parametrize(
    "text",
    ["アクセスの確保", "AI活用", "2023年度から", "第16条に基づく", "第１項に定める", "1.5倍に"],
)
def test_what_begins_like_a_label_is_none(text: str) -> None:
    assert find_label(text) is None


@pytest.mark.parametrize(
    ("lines", "expected", "is_title"),
    [
        (["A I の利活用とA I for Scienceの", "推進"], "AIの利活用とAI for Scienceの推進", False),
        (["富岳N E X T の開発"], "富岳NEXTの開発", False),
        (["第 18 条第 1 項"], "第18条第1項", False),
        (["内閣府(AI室)"], "内閣府（AI室）", False),
        (["基本構想 ～「世界」～"], "基本構想　～「世界」～", True),
        (["環境 負荷"], "環境負荷", False),
        (["ISO/IEC JTC1における"], "ISO/IEC JTC1における", False),
        (["内閣府（A", "I室）のAIと", "AI"], "内閣府（AI室）のAIとAI", False),
    ],
)
def test_spaces_of_typesetting(lines: list[str], expected: str, is_title: bool) -> None:
    source = [SourceLine(at, None, text) for at, text in enumerate(lines)]
    vocabulary = Vocabulary([*lines, "AI AI"])
    joined = join_lines(source, 0, vocabulary, Account(), is_title=is_title)
    assert joined.text == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("◎内閣府（AI室）、関係省庁", True),
        ("個情委", True),
        ("具体的な取組例", False),
        ("◎は主な府省庁を示す。", False),
        ("再掲", False),
    ],
)
def test_brackets_with_ministries(inside: str, expected: bool) -> None:
    assert looks_like_assignments(inside) is expected


def test_clauses_and_the_mark_of_a_reprint() -> None:
    clauses, reprint = parse_clauses("研究【総務省、◎文科省】、開発【再掲】【文科省】")
    assert [(c.text, [(a.name, a.lead) for a in c.assignments]) for c in clauses] == [
        ("研究", [("総務省", False), ("文科省", True)]),
        ("、開発【再掲】", [("文科省", False)]),
    ]
    assert reprint


def test_the_register_is_in_order_and_holds_parents() -> None:
    entries = make_register(["関係省庁", "経産省", "内閣府（AI室）", "謎の庁"], [])
    assert [(e["id"], e["name"]) for e in entries] == [
        ("cao", "内閣府"),
        ("cao-ai", "内閣府（AI室）"),
        ("meti", "経産省"),
        ("ministry", "謎の庁"),
        ("related", "関係省庁"),
    ]


@pytest.mark.parametrize(
    ("name", "hint"), [("経産庁", "経産省"), ("内閣府（新しい室）", None), ("全省庁", None)]
)
def test_a_name_that_may_be_a_slip(name: str, hint: str | None) -> None:
    assert unknown_name_hint(name, []) == hint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第3章第1節(1)①を参照", [{"ref": "alpha"}, "を参照"]),
        ("本計画第3章に沿って", ["本計画", {"ref": "measures"}, "に沿って"]),
        ("同法第3章の規定", "同法第3章の規定"),
        ("「戦略」（令和7年）の第3章", "「戦略」（令和7年）の第3章"),
        ("第3章第9節", "第3章第9節"),
    ],
)
def test_references_where_they_are_certain(text: str, expected: object) -> None:
    targets = {"第3章": "measures", "第3章第1節(1)①": "alpha"}
    assert link_references(text, targets, "own") == expected


PLAN = (
    "人工知能基本計画（案）",
    "目次",
    "第1章 基本構想……1",
    "第2章 施策……2",
    "第3章 推進……3",
    "第1章 基本構想",
    "・AIを使う。",
    "第2章 施策",
    "【取組】",
    "① データの整備【総務省、◎経産省】",
    "③ 人材の育成【文科省】なお検討",
    "④ データの整備【再掲】【総務省、◎経産省】",
    "第4章 推進",
)


def test_a_small_plan() -> None:
    result = import_lines(*PLAN)
    assert data_of(result, "plan.yaml")["edition"] == {"id": "draft", "stage": "案"}
    assert data_of(result, "chapters/measures.yaml") == {
        "id": "measures",
        "title": "施策",
        "measures_label": "取組",
        "measures": ["measures-1", "measures-2", {"reprint": "measures-1"}],
    }
    assert data_of(result, "measures/measures-2.yaml") == {
        "id": "measures-2",
        "clauses": [
            {"text": "人材の育成", "assignments": [{"ministry": "文科省"}]},
            {"text": "なお検討"},
        ],
    }
    assert reasons(result) == {"目次": 4, "表紙（plan.yaml の title）": 1}


def test_what_does_not_fit_is_listed_and_makes_the_import_incomplete() -> None:
    result = import_lines(*PLAN)
    found = doubts(result)
    assert (11, "番号「③」が、前の番号「①」に続きません") in found
    assert (11, "【】の後に文が続きます") in found
    assert (5, "目次の「第3章 推進」という見出しが、本文に見つかりません") in found
    assert (13, "元の文と違います。計画は「第3章推進」と印字します") in found
    assert not result.is_complete


def test_a_reprint_of_nothing_is_a_measure_of_its_own() -> None:
    result = import_lines(
        "第1章 施策", "① データの整備【総務省】", "② データの整理【再掲】【総務省】"
    )
    assert [reason for _, reason in doubts(result) if "再掲" in reason] == [
        "【再掲】ですが、文と担当が同じ取組が見つからないため、別の取組にしました"
        "（近いもの：「データの整備」）"
    ]
    assert data_of(result, "chapters/measures.yaml")["measures"] == ["measures-1", "measures-2"]


def test_margin_numbers_that_do_not_follow_on_stay_as_doubts() -> None:
    numbered = [
        "1 第1章 構想",
        "2 ・一つ目の文。",
        "9 ・二つ目の文。",
        "3 ・三つ目の文。",
        "4 ・四つ目。",
    ]
    result = import_lines(*numbered, "5 ・五つ目。")
    assert doubts(result)[-1] == (3, "行番号のようですが、前の行番号（2）に続きません")
    assert "9・二つ目の文。" in "".join(result.document.blocks())


def test_markdown() -> None:
    text = (
        "# 計画（案）\n\n## 第1章 基本構想\n\n- 一つ目の**強調**。\n\n"
        "## 第2章 施策\n\n### 第1節 利活用\n\n① 整備【総務省】\n"
    )
    result = import_source(read_text("a.md", text.encode(), is_markdown=True))
    assert list(result.document.blocks()) == [
        "第1章　基本構想",
        "・一つ目の強調。",
        "第2章　施策",
        "第1節　利活用",
        "①整備【総務省】",
    ]
    assert data_of(result, "plan.yaml")["title"] == "計画"


def test_an_outline_of_its_own_is_written_down() -> None:
    result = import_lines(
        "戦略（案）", "はじめに", "本文。", "第１ 目指す姿", "１．現状", "（１）経緯", "本文。",
        "（２）課題", "本文である。", "２．方向", "（１）考え方", "本文である。", "第２ 取組",
        "１．整備", "本文である。",
    )  # fmt: skip
    assert data_of(result, "plan.yaml")["outline"] == [
        {"kind": "part", "label": "第{１}"},
        {"kind": "heading", "label": "{１}．"},
        {"kind": "clause", "label": "（{１}）"},
    ]
    assert data_of(result, "plan.yaml")["chapters"] == ["foreword", "vision", "measures"]
    assert result.is_complete


def test_numbers_that_go_on_through_the_plan() -> None:
    lines = ["戦略（案）"]
    for chapter, sections in ((1, (1, 2)), (2, (3, 4)), (3, (5, 6))):
        lines += [f"第{chapter}章 見出し{chapter}"]
        lines += [f"第{section}節 中見出し{section}" for section in sections]
    result = import_lines(*lines, "第1款 下", "・本文")
    outline = data_of(result, "plan.yaml")["outline"]
    assert outline[1] == {"kind": "section", "label": "第{1}節", "counts": "plan"}
    assert result.is_complete


def test_a_list_in_the_text_and_a_number_alone() -> None:
    result = import_lines(
        "戦略（案）", "第１ 施策", "次のとおり進める。", "① 国が整備を進める。",
        "② 自治体が活用を進める。", "なお、必要な見直しを行う。", "③ 残りを進める。",
    )  # fmt: skip
    assert data_of(result, "chapters/measures.yaml")["body"] == [
        {"plain": "次のとおり進める。"},
        {"list": ["国が整備を進める。", "自治体が活用を進める。"], "label": "{①}"},
        {"plain": "なお、必要な見直しを行う。"},
        {"bullet": "残りを進める。", "mark": "③"},
    ]


def test_the_report_shows_no_control_characters() -> None:
    result = import_lines("計画（案）", "第1章 施策", "・整\x1b[31m備の\u202e推進")
    assert "\x1b" not in import_text(result, Path("plan"))
    assert [reason for _, reason in doubts(result)] == [
        "見えない文字（U+001B、U+202E）を除きました"
    ]
    assert list(result.document.blocks())[-1] == "・整［31m備の推進"


def test_the_title_stays_where_pages_repeat_it_at_their_feet() -> None:
    pages = [
        f"{'計画（案）' if n == 1 else f'第{n}章 見出し{n}'}\n・本文{n}が続く。\n計画（案）　{n}"
        for n in (1, 2, 3, 4)
    ]
    content = "\f".join(pages).replace("・本文1", "第1章 見出し1\n・本文1").encode()
    result = import_source(read_text("a.txt", content, is_markdown=False))
    assert data_of(result, "plan.yaml")["title"] == "計画"
    assert reasons(result)["柱（各ページに繰り返す文字）"] == 4
    assert result.is_complete


def test_a_small_line_that_begins_with_the_number_of_a_mark_is_a_note() -> None:
    lines = [
        SourceLine(1, 1, "第1章 施策", left=0.0, right=5.0, heavy=True),
        SourceLine(2, 1, "・整備の推進", left=0.0, right=6.0, marks=(NoteMark(6, "3"),)),
        SourceLine(3, 1, "3 設備をいう。", left=0.0, right=7.0, size=0.85),
    ]
    result = import_source(Source("a.pdf", tuple(lines)))
    assert data_of(result, "chapters/measures.yaml")["body"] == [
        {"bullet": ["整備の推進", {"footnote": "設備をいう。"}]}
    ]


def test_notes_may_be_numbered_anew_on_each_page() -> None:
    lines = []
    for page, word in ((1, "設備"), (2, "人材")):
        first = "第1章 施策" if page == 1 else "・続く取組"
        lines += [
            SourceLine(page * 10, page, first, left=0.0, right=5.0, heavy=page == 1),
            SourceLine(
                page * 10 + 1, page, f"・{word}の整備", left=0.0, right=6.0,
                marks=(NoteMark(3, "1"),),
            ),
            SourceLine(
                page * 10 + 2, page, f"{word}をいう。", left=0.0, right=7.0, size=0.85,
                marks=(NoteMark(0, "1"),),
            ),
        ]  # fmt: skip
    result = import_source(Source("a.pdf", tuple(lines)))
    assert data_of(result, "chapters/measures.yaml")["body"] == [
        {"bullet": ["設備", {"footnote": "設備をいう。"}, "の整備"]},
        "続く取組",
        {"bullet": ["人材", {"footnote": "人材をいう。"}, "の整備"]},
    ]
    assert result.is_complete
