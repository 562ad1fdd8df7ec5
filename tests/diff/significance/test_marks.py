"""Every row of the rule table marks its examples, and not those that only look alike."""

import re

import pytest

from kihonkeikaku.diff.redline import title_redline
from kihonkeikaku.diff.significance.mark_rule import Bracket, Example, Matter, Revised, Turn, Words
from kihonkeikaku.diff.significance.rules import TURNS, mark_book
from tests.conftest import REPOSITORY


def matter(example: Example) -> Matter:
    """Returns what is looked at in an example: 「標準の改訂【◎経産省】」."""
    old, new = _parted(example.old), _parted(example.new)
    return Matter((Revised(title_redline(old[0], new[0])),), ((old[1], new[1]),))


def _parted(printed: str) -> tuple[str, Bracket]:
    text, _, bracket = printed.rstrip("】").partition("【")
    return text, tuple(bracket.split("、")) if bracket else ()


def found(turn: Turn, example: Example) -> tuple[Words, ...]:
    return tuple(dict.fromkeys(turn.find(matter(example))))


@pytest.mark.parametrize(
    ("turn", "example"),
    [pytest.param(turn, e, id=f"{turn.id}: {e.new}") for turn in TURNS for e in turn.fires],
)
def test_an_example_is_marked_for_its_words(turn: Turn, example: Example) -> None:
    assert found(turn, example) == example.words


@pytest.mark.parametrize(
    ("turn", "example"),
    [pytest.param(turn, e, id=f"{turn.id}: {e.new}") for turn in TURNS for e in turn.silent],
)
def test_what_only_looks_alike_is_not_marked(turn: Turn, example: Example) -> None:
    assert found(turn, example) == ()


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn.id)
def test_a_row_is_complete(turn: Turn) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", turn.id)
    assert turn.fires and all(example.words for example in turn.fires)
    assert turn.silent and not any(example.words for example in turn.silent)
    assert turn.manual.endswith("。") and not turn.name.endswith("。")


def test_no_two_rows_have_one_name() -> None:
    assert len({turn.id for turn in TURNS}) == len({turn.name for turn in TURNS}) == len(TURNS)


def test_the_manual_is_not_stale(renew: bool) -> None:
    file = REPOSITORY / "docs" / "marks.md"
    if renew:
        file.write_text(mark_book(), "utf-8")
    assert file.read_text("utf-8") == mark_book()  # renew with: make goldens
