"""The comparison's page: what it shows without colours, lines or styles."""

import re

from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.rendering.comparison.html import comparison_file
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import SideLabels, TableOptions
from tests.diff.plans import chapter, group, measure, plan

OLD = plan(chapter("ch", group("g", measure("a", "導入の促進"), measure("b", "<b>{{ 1 }}</b>"))))
NEW = plan(chapter("ch", group("g", measure("a", "導入の推進"), measure("b", "<i>{{ 1 }}</i>"))))


def page() -> str:
    return comparison_file(comparison_report(compare_editions(OLD, NEW), TableOptions())).decode()


def test_changes_are_marked_by_tags_and_by_words() -> None:
    assert (
        '導入の<ins><span class="unseen">変更ここから</span>推進'
        '<span class="unseen">変更ここまで</span></ins>'
    ) in page()
    assert (
        '導入の<del><span class="unseen">変更ここから</span>促進'
        '<span class="unseen">変更ここまで</span></del>'
    ) in page()


def test_every_cell_names_its_side_for_narrow_screens() -> None:
    cells = re.findall(r'<td class="(new|old)" data-label="([^"]*)"', page())
    assert set(cells) == {("new", "変更案"), ("old", "現行")}


def test_summary_cites_what_is_gone_by_the_old_edition() -> None:
    """Its number may be that of something else in the new one, and be read there."""
    old = plan(chapter("ch", group("g", measure("gone", "調査"), measure("kept", "導入"))))
    new = plan(chapter("ch", group("g", measure("kept", "導入"))))
    summary = comparison_file(
        comparison_report(compare_editions(old, new), TableOptions(labels=SideLabels.REVISION))
    ).decode()
    first = summary[: summary.index('id="page--table"')]
    [place] = re.findall(r"削る</b>　<a [^>]*>([^<]*)</a>「調査」", first)[:1]
    assert place == "改正前の第1章(1)①"


def test_text_of_a_plan_is_escaped() -> None:
    assert "{{ 1 }}" in page()
    assert "<i>" not in page()
