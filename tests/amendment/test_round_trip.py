"""An amendment, read beside the old edition alone, makes the new one: over generated pairs."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kihonkeikaku.amendment.amendment import draft_amendment, prove_amendment
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from tests.diff import sketches
from tests.diff.generated import pairs
from tests.diff.test_properties import EXAMPLES, many

pytestmark = pytest.mark.slow


@many
@given(pairs())
def test_amendment_applied_to_the_old_edition_gives_the_new_one(
    pair: tuple[Plan, Plan],
) -> None:
    old, new = pair
    for before, after in ((old, new), (new, old)):  # line by line: nothing has to be replaced whole
        prove_amendment(draft_amendment(before, after), number(before), number(after))


CONFUSING = (
    "「標準」の改訂",
    "「標準",
    "標準」を削り、「規格",
    "第1章（案）中「甲」を「乙」に改める。",
    "（※検討）",
    "①検討",
    "検討）（推進",
    "の第1項目",
    "の見出し",
    "【再掲】",
    "の次に次のように加える。",
)
"""Texts that look like an amendment's own words, or whose brackets don't pair."""


@settings(many, max_examples=EXAMPLES // 2)
@given(st.data())
def test_texts_that_look_like_an_amendment_are_not_misread(data: st.DataObject) -> None:
    with patch.object(sketches, "SENTENCES", CONFUSING):
        old, new = data.draw(pairs())
    prove_amendment(draft_amendment(old, new), number(old), number(new))


@settings(many, max_examples=EXAMPLES // 4)
@given(pairs())
def test_equal_editions_need_no_amendment(pair: tuple[Plan, Plan]) -> None:
    old, _ = pair
    text = draft_amendment(old, old)
    assert text.endswith("に改めるところはない。\n")
    assert text.count("\n") == 1
    prove_amendment(text, number(old), number(old))
