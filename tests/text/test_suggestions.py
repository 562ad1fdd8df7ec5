"""Suggestions for misspelt words: the known word most like one, for as long as it is cheap."""

import time

import pytest

from kihonkeikaku.text.suggestions import Suggestions, did_you_mean

MINISTRIES = ("経産省", "文科省", "総務省", "内閣府（AI室）")


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("asignments", "assignments"),
        ("Text", "text"),
        ("text", "text"),
        ("zzz", None),
        ("", None),
        ("a" * 101, None),
    ],
)
def test_nearest_known_word_is_suggested(word: str, suggestion: str | None) -> None:
    assert Suggestions(["text", "assignments", "clauses", "a" * 100]).find(word) == suggestion


def test_hint_names_the_word_or_says_something_else() -> None:
    assert did_you_mean("防衛庁", MINISTRIES, "名前を確かめて。") == "名前を確かめて。"
    assert did_you_mean("文科庁", MINISTRIES, "") == "「文科省」ではありませんか。"
    assert did_you_mean("文科庁", (), "名前を確かめて。") == "名前を確かめて。"


def test_suggestions_end_before_they_take_long() -> None:
    known = [f"regulation-review-{number}" for number in range(2_000)]
    suggestions = Suggestions(known)
    began = time.process_time()
    found = [suggestions.find(f"regulation-reviw-{number}") for number in range(5_000)]
    assert time.process_time() - began < 5
    assert found[0] == "regulation-review-0"
    assert found[-1] is None
