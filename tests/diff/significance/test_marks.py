"""Every mark rule matches its examples, and not the similar ones."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kihonkeikaku.diff.redline import redline_text
from kihonkeikaku.diff.significance.mark_rule import (
    ChangedContent,
    MarkExample,
    MarkRule,
    MatchedWords,
    PrintedAssignments,
    RevisedText,
)
from kihonkeikaku.diff.significance.rules import MARK_RULES, render_mark_manual
from tests.conftest import REPOSITORY


def matter(example: MarkExample) -> ChangedContent:
    """Returns the content of an example: 「標準の改訂【◎経産省】」."""
    old, new = _parted(example.old), _parted(example.new)
    return ChangedContent((RevisedText(redline_text(old[0], new[0])),), ((old[1], new[1]),))


def _parted(printed: str) -> tuple[str, PrintedAssignments]:
    text, _, bracket = printed.rstrip("】").partition("【")
    return text, tuple(bracket.split("、")) if bracket else ()


def found(rule: MarkRule, example: MarkExample) -> tuple[MatchedWords, ...]:
    return tuple(dict.fromkeys(rule.find(matter(example))))


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, e, id=f"{rule.id}: {e.new}") for rule in MARK_RULES for e in rule.fires],
)
def test_a_rule_matches_the_words_of_its_examples(rule: MarkRule, example: MarkExample) -> None:
    assert found(rule, example) == example.words


@pytest.mark.parametrize(
    ("rule", "example"),
    [pytest.param(rule, e, id=f"{rule.id}: {e.new}") for rule in MARK_RULES for e in rule.silent],
)
def test_a_rule_does_not_match_similar_examples(rule: MarkRule, example: MarkExample) -> None:
    assert found(rule, example) == ()


@pytest.mark.parametrize("rule", MARK_RULES, ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: MarkRule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    assert rule.fires and all(example.words for example in rule.fires)
    assert rule.silent and not any(example.words for example in rule.silent)
    assert rule.manual.endswith("。") and not rule.name.endswith("。")


def test_rules_have_unique_names() -> None:
    assert (
        len({rule.id for rule in MARK_RULES})
        == len({rule.name for rule in MARK_RULES})
        == len(MARK_RULES)
    )


def test_the_manual_is_up_to_date(renew: bool) -> None:
    file = REPOSITORY / "docs" / "marks.md"
    if renew:
        file.write_text(render_mark_manual(), "utf-8")
    assert file.read_text("utf-8") == render_mark_manual()  # renew with: make goldens


PIECES = (
    *(
        "令和",
        "2024年度",
        "（令和６年度）",
        "年",
        "月",
        "日",
        "度",
        "0",
        "１２",
        "十",
        "〇",
        "元",
        "～",
    ),
    *(
        "末",
        "まで",
        "に",
        "を目途",
        "以降",
        "上期",
        "第3四半期",
        "秋",
        "頃",
        "年内",
        "来年度",
        "、",
        "。",
    ),
    *("（", "）", "3年以内", "通常国会", "した", "予定", " ", "R7", "の"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(deadline=None)  # the machine may be busy
@given(texts, texts)
def test_deadlines_of_any_texts_are_compared(old: str, new: str) -> None:
    forth = {rule.id: list(rule.find(matter(MarkExample(old, new)))) for rule in MARK_RULES}
    back = {rule.id: list(rule.find(matter(MarkExample(new, old)))) for rule in MARK_RULES}
    for one, other in (("later", "earlier"), ("gone", "new"), ("vaguer", "firmer")):
        assert bool(forth[f"deadline-{one}"]) == bool(back[f"deadline-{other}"])
    same = matter(MarkExample(old, old))
    assert not any(list(rule.find(same)) for rule in MARK_RULES if "deadline" in rule.id)
