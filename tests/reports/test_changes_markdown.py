"""Changes as Markdown: what a plan says stays text, and a comment stays postable."""

import re

import pytest

from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.reports.changes_markdown import changes_markdown, escape_html, escape_markdown
from tests.diff.plans import chapter, group, measure, plan


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a|b", "a\\|b"),
        ("`code`", "\\`code\\`"),
        ("<img src=x>", "&lt;img src\\=x&gt;"),
        ("@user", "@&#8203;user"),
        ("#123", "\\#&#8203;123"),
        ("GH-1", "GH&#8203;\\-1"),
        ("https://example.jp", "https:&#8203;//example\\.jp"),
        ("www.example.jp", "www&#8203;\\.example\\.jp"),
        ("**強**", "\\*\\*強\\*\\*"),
        ("[x](y)", "\\[x\\]\\(y\\)"),
        ("A&amp;B", "A&amp;amp;B"),
        ("$x$", "<span>$</span>x<span>$</span>"),
        ("取組の推進【経産省】", "取組の推進【経産省】"),
    ],
)
def test_text_of_a_plan_is_no_markup(text: str, markdown: str) -> None:
    assert escape_markdown(text) == markdown


def test_headings_of_folds_are_html() -> None:
    assert escape_html("(1)　<b> @user #1") == "(1)　&lt;b&gt; @&#8203;user #&#8203;1"


def test_comment() -> None:
    old = plan(chapter("ch", group("g", measure("a", "導入の促進"), measure("b"))), stage="案")
    new = plan(chapter("ch", group("g", measure("a", "導入の推進"))), stage="案")
    assert (
        changes_markdown(compare_editions(old, new))
        == """\
## 計画の変更

計画（案）（edition） → 計画（案）（edition）

**変更 2 件**（内容 1、字句 1）

削る 1、文言の変更 1

<details>
<summary>第1章(1)　gの題（2件）</summary>

- <b>文言の変更</b>［字句］第1章\\(1\\)①　導入の推進<br>導入の<del>促進</del><ins>推進</ins>
- <b>削る</b>［内容］第1章\\(1\\)②　bの取組

</details>"""
    )


def test_comment_that_is_too_long_counts_what_it_leaves_out() -> None:
    old = plan(*(chapter(f"ch{at}", group(f"g{at}")) for at in range(40)))
    new = plan(
        *(chapter(f"ch{at}", group(f"g{at}", measure(f"m{at}", "取組" * 100))) for at in range(40))
    )
    whole = changes_markdown(compare_editions(old, new))
    assert whole.count("<b>新設</b>") == 40
    short = changes_markdown(compare_editions(old, new), limit=4000)
    assert len(short) <= 4000
    [left_out] = re.findall(r"変更(\d+)件をここに示していません", short)
    assert short.count("<b>新設</b>") + int(left_out) == 40


def test_no_difference() -> None:
    same = plan(chapter("ch"))
    assert changes_markdown(compare_editions(same, same)).endswith("違いはありません。")
