"""What a reader sees as one character is never cut: not in words, redlines, excerpts or tables."""

import pytest

from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.change_description import excerpt
from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.diff.redline import redline_text
from kihonkeikaku.rendering.comparison.html import comparison_file
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.reports.changes import changes_text
from kihonkeikaku.reports.changes_markdown import changes_markdown
from kihonkeikaku.text.grapheme_clusters import cut_short
from kihonkeikaku.text.segmentation import words
from tests.diff.plans import chapter, group, measure, plan

CLUSTERS = [
    ("葛", "葛\U000e0100"),
    ("神\U000e0100", "神\U000e0101"),
    ("か", "か\u309a"),
    ("ｶ", "ｶﾞ"),
    ("e", "e\u0301"),
    ("1", "1\ufe0f\u20e3"),
    ("\U0001f44d", "\U0001f44d\U0001f3fd"),
    ("\U0001f468", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ("\U0001f1ef\U0001f1f5", "\U0001f1ef\U0001f1f2"),
]
NAMES = [after.encode("unicode_escape").decode() for _, after in CLUSTERS]
EACH = pytest.mark.parametrize(("before", "after"), CLUSTERS, ids=NAMES)


@EACH
def test_a_redline_replaces_the_whole_character(before: str, after: str) -> None:
    old, new = (f"{one}の普及、東京都{one}飾区" for one in (before, after))
    ops = redline_text(old, new)
    assert "".join(text for op, text in ops if op != "+") == old
    assert "".join(text for op, text in ops if op != "-") == new
    inserted = [text for op, text in ops if op == "+"]
    assert len(inserted) == 2
    assert all(after in text for text in inserted)
    assert all(after not in text and before in text for op, text in ops if op == "-")


@EACH
def test_no_output_aborts_or_cuts(before: str, after: str) -> None:
    old, new = (
        plan(chapter("x", group("g", measure("a", f"東京都{one}飾区の施設の整備"))))
        for one in (before, after)
    )
    for pair in ((old, new), (new, old)):
        result = compare_editions(*pair)
        page = comparison_file(comparison_report(result, TableOptions())).decode()
        for said in (changes_text(result), changes_markdown(result), page):
            assert after in said
        text, _ = proved_amendment(*pair)
        assert (after if pair[0] is old else before) in text


@EACH
def test_an_excerpt_ends_before_the_character_that_it_would_cut(before: str, after: str) -> None:
    for offset in range(1, len(after)):
        text = "整" * (39 - offset) + after + "備" * 9
        assert excerpt(text) == "整" * (39 - offset) + "…"
    assert excerpt("整" * 39 + after + "備") == "整" * 39 + "…"


def test_two_flags_are_two_characters() -> None:
    japan, france = "\U0001f1ef\U0001f1f5", "\U0001f1eb\U0001f1f7"
    assert words(japan + france) == (japan, france)
    assert [cut_short(japan + france, length) for length in (1, 2, 3, 4)] == [
        "",
        japan,
        japan,
        japan + france,
    ]
