"""Whatever lines a document holds: each is accounted for, and what differs is reported."""

import time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.cleaning import squeeze
from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine
from kihonkeikaku.importing.text_source import read_text

HEADS: Final = (
    *("第1章", "第2章", "第１", "第2節", "第３-１", "1.", "２．", "（１）", "(2)", "①", "②", "⑤"),
    *("ア", "イ", "ⅰ）", "a", "・", "○", "（※", "※", "別紙", "別表1", "はじめに", "", "", "12 "),
)
TEXTS: Final = (
    *("基本構想", "施策の推進。", "AI for", "A I", "for Science", "【総務省、◎経産省】"),
    *("【取組】", "（途中で", "終わる）", "推進する", "推進する。", "第1章第2節①のとおり", "2024"),
    *("⽅針", "【再掲】", "　", "\u200b見えない", "（見出し）", "目次", "索引", "……3", "计"),
    *("計画（案）", "令和8年4月1日"),
)


def text(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(HEADS))
    return head + "".join(draw(st.lists(st.sampled_from(TEXTS), min_size=0, max_size=4)))


@st.composite
def sources(draw: st.DrawFn) -> Source:
    has_places = draw(st.booleans())
    page, lines = 1, []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        said = text(draw).strip()
        if not said:
            continue
        page += draw(st.sampled_from((0, 0, 0, 0, 1)))
        left = float(draw(st.integers(0, 3)))
        marks = (NoteMark(draw(st.integers(0, len(said))), "1"),) if draw(st.booleans()) else ()
        lines.append(
            SourceLine(
                number,
                page if has_places else None,
                said,
                left=left if has_places else None,
                right=draw(st.sampled_from((40.0, 40.0, 20.0))) if has_places else None,
                gap=draw(st.sampled_from((1.0, 1.0, 2.0))),
                size=draw(st.sampled_from((1.0, 1.0, 1.0, 0.8, 1.4))),
                heavy=draw(st.sampled_from((False, False, True))),
                marks=marks if draw(st.integers(0, 5)) == 0 else (),
                is_whole=draw(st.booleans()),
                cell=(0, draw(st.integers(0, 2)), draw(st.integers(0, 2)))
                if draw(st.integers(0, 9)) == 0
                else None,
            )
        )
    title = SourceLine(0, 1 if has_places else None, "第1章 基本構想", heavy=True, is_whole=True)
    return Source("a.txt", (title, *lines))


def accounted(result: ImportResult) -> set[int]:
    dropped = {each.line.number for each in result.dropped}
    return set(result.places) | dropped | {d.line.number for d in result.doubts if d.is_problem}


@settings(max_examples=100, deadline=None)
@given(sources())
def test_every_line_is_accounted_for_whatever_it_holds(source: Source) -> None:
    try:
        result = import_source(source)
    except CommandError:
        return
    assert {line.number for line in source.lines} <= accounted(result)
    if result.is_complete and not any(line.marks for line in source.lines):
        in_plan = [line for line in source.lines if line.number in result.places]
        written = "".join(squeeze(line.text) for line in in_plan)
        assert "".join(squeeze(block) for block in result.document.blocks()) == written


@pytest.mark.parametrize("piece", ["……", "）", "（", "第1章第1節", "A I ", "【総務省】", "①"])
def test_the_work_does_not_grow_with_the_square_of_a_line(piece: str) -> None:
    """A pattern that tries all cuts of such a line takes minutes."""
    text = "計画（案）\n第1章 施策\n" + piece * (20_000 // len(piece)) + "\n第2章 推進\n・終わり。"
    start = time.process_time()
    import_source(read_text("a.txt", text.encode(), is_markdown=False))
    assert time.process_time() - start < 3
