"""An amendment, read beside the old edition alone, makes the new one: over generated pairs."""

from hypothesis import given, settings

from kihonkeikaku.amendment import amendment, prove_amendment, proved_amendment
from kihonkeikaku.model import Plan
from kihonkeikaku.numbering import number
from tests.compare.generated import pairs
from tests.compare.test_properties import EXAMPLES, many


@many
@given(pairs())
def test_the_amendment_read_beside_the_old_edition_makes_the_new_one(
    pair: tuple[Plan, Plan],
) -> None:
    old, new = pair
    for before, after in ((old, new), (new, old)):
        proved_amendment(before, after)


@settings(many, max_examples=EXAMPLES // 4)
@given(pairs())
def test_nothing_is_amended_where_nothing_differs(pair: tuple[Plan, Plan]) -> None:
    old, _ = pair
    text = amendment(old, old)
    assert text.endswith("に改めるところはない。\n")
    assert text.count("\n") == 1
    prove_amendment(text, number(old), number(old))
