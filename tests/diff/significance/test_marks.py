"""Every row of the rule table marks its examples, and not those that only look alike."""

import re

import pytest

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
    """Returns what is looked at in an example: 「標準の改訂【◎経産省】」."""
    old, new = _parted(example.old), _parted(example.new)
    return ChangedContent((RevisedText(redline_text(old[0], new[0])),), ((old[1], new[1]),))


def _parted(printed: str) -> tuple[str, PrintedAssignments]:
    text, _, bracket = printed.rstrip("】").partition("【")
    return text, tuple(bracket.split("、")) if bracket else ()


def found(turn: MarkRule, example: MarkExample) -> tuple[MatchedWords, ...]:
    return tuple(dict.fromkeys(turn.find(matter(example))))


@pytest.mark.parametrize(
    ("turn", "example"),
    [pytest.param(turn, e, id=f"{turn.id}: {e.new}") for turn in MARK_RULES for e in turn.fires],
)
def test_an_example_is_marked_for_its_words(turn: MarkRule, example: MarkExample) -> None:
    assert found(turn, example) == example.words


@pytest.mark.parametrize(
    ("turn", "example"),
    [pytest.param(turn, e, id=f"{turn.id}: {e.new}") for turn in MARK_RULES for e in turn.silent],
)
def test_what_only_looks_alike_is_not_marked(turn: MarkRule, example: MarkExample) -> None:
    assert found(turn, example) == ()


@pytest.mark.parametrize("turn", MARK_RULES, ids=lambda turn: turn.id)
def test_a_row_is_complete(turn: MarkRule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", turn.id)
    assert turn.fires and all(example.words for example in turn.fires)
    assert turn.silent and not any(example.words for example in turn.silent)
    assert turn.manual.endswith("。") and not turn.name.endswith("。")


def test_no_two_rows_have_one_name() -> None:
    assert (
        len({turn.id for turn in MARK_RULES})
        == len({turn.name for turn in MARK_RULES})
        == len(MARK_RULES)
    )


def test_the_manual_is_not_stale(renew: bool) -> None:
    file = REPOSITORY / "docs" / "marks.md"
    if renew:
        file.write_text(render_mark_manual(), "utf-8")
    assert file.read_text("utf-8") == render_mark_manual()  # renew with: make goldens
