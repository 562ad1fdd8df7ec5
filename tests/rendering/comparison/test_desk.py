"""The page of the reviewer's desk: which changes, whom each concerns, and what a tick is for."""

import re

import pytest

from kihonkeikaku.diff.change_anchors import change_anchors
from kihonkeikaku.diff.comparison import ComparisonResult, compare_editions
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.rendering.comparison.desk import desk_page
from tests.diff.plans import Part, chapter, group, measure, ministry, plan

MINISTRIES = (
    ministry("meti", "経産省"),
    ministry("anre", "資源エネ庁", parent="meti"),
    ministry("mext", "文科省"),
    ministry("all", "関係省庁", collective="related"),
)
A = measure("a", "導入の促進", "◎経産省", "文科省")
B = measure("b", "普及の促進", "資源エネ庁")


def in_group(*measures: Part) -> Plan:
    return plan(chapter("ch", group("g", *measures)), ministries=MINISTRIES)


def result(*measures: Part) -> ComparisonResult:
    return compare_editions(in_group(A, B), in_group(*measures))


def page(found: ComparisonResult) -> str:
    path, content = desk_page(found, "comparison/desk.html")
    assert path == "comparison/desk.html"
    return content.decode()


def entries(text: str) -> dict[str, tuple[str, str, str]]:
    """Returns ministries, leads and fingerprint of each change, by its address."""
    pattern = (
        r'<li class="entry" id="([^"]*)" data-ministries="([^"]*)" data-leads="([^"]*)"'
        r' data-fingerprint="([^"]*)">'
    )
    return {id: (who, leads, mark) for id, who, leads, mark in re.findall(pattern, text)}


REWORDED = result(measure("a", "導入の推進", "◎経産省", "文科省"), B)


def test_each_change_says_whom_it_concerns_and_who_leads() -> None:
    found = entries(page(REWORDED))
    assert {id: entry[:2] for id, entry in found.items()} == {
        "change-reworded-a": ("meti mext", "meti")
    }


def test_offices_and_collectives_belong_to_a_ministry() -> None:
    both = result(
        measure("a", "導入の推進", "◎経産省", "文科省"), measure("b", "普及の推進", "資源エネ庁")
    )
    text = page(both)
    assert 'value="meti" data-related="all anre meti"' in text
    assert 'value="anre" data-related="all anre"' in text
    assert 'value="all"' not in text


def test_renumberings_are_counted_only() -> None:
    text = page(result(measure("z", "先頭の取組", "経産省"), A, B))
    assert list(entries(text)) == ["change-added-z"]
    assert "番号だけの変更 2 件は示していません" in text


def test_the_addresses_are_those_of_the_comparison() -> None:
    text = page(REWORDED)
    assert list(entries(text)) == list(change_anchors(REWORDED.comparison.changes))
    assert 'href="index.html#change-reworded-a"' in text


@pytest.mark.parametrize(
    ("measures", "same"),
    [
        ([measure("a", "導入の推進", "◎経産省", "文科省"), B], True),
        ([measure("z"), measure("a", "導入の推進", "◎経産省", "文科省"), B], True),
        ([measure("a", "導入の推進等", "◎経産省", "文科省"), B], False),
    ],
    ids=["the same", "another place", "another text"],
)
def test_a_tick_is_for_what_the_change_says(measures: list[Part], same: bool) -> None:
    mark = entries(page(REWORDED))["change-reworded-a"][2]
    assert (entries(page(result(*measures)))["change-reworded-a"][2] == mark) is same


def test_a_plan_s_words_are_text() -> None:
    text = page(result(measure("a", "<script>x</script>", "◎経産省", "文科省"), B))
    assert "<script>x" not in text
    assert text.count("<script") == 1


def test_without_changes_it_says_so() -> None:
    assert "確かめる変更はありません" in page(result(A, B))
