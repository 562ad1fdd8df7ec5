"""A correct comparison can be proved, an incorrect one can't."""

from dataclasses import replace

import pytest
from hypothesis import given

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.comparison_proof import ProofError, prove_comparison
from kihonkeikaku.model.plan import Plan
from tests.diff.generated import pairs
from tests.diff.plans import chapter, group, measure, plan
from tests.diff.test_properties import many

OLD = plan(
    chapter(
        "x",
        group("g", measure("a", "標準の改訂", "◎経産省"), measure("b"), measure("c")),
        group("h"),
        body=["足元ではAI技術の競争環境が大きく変化。"],
    )
)
NEW = plan(
    chapter(
        "x",
        group("g", measure("a", "標準の策定", "◎文科省"), measure("d")),
        group("h", measure("b"), title="別の題"),
        body=["足元ではAI技術の競争環境が大きく好転。"],
    )
)


def test_the_proof_counts_the_leaves() -> None:
    (proof,) = prove_comparison(OLD, NEW, compare(OLD, NEW))
    assert proof.name == "leaves"
    assert proof.statement == (
        "変更前の101項目は、変更のない93項目と変更に示した8項目とに、"
        "変更後の101項目は、同じ93項目と変更に示した8項目とに、漏れも重なりもなく分かれます。"
        "変更を変更前の版に適用すると、変更後の版になります。"
    )


@pytest.mark.parametrize("left_out", compare(OLD, NEW).changes, ids=lambda c: f"{c.kind} {c.id}")
def test_a_comparison_that_leaves_out_a_change_is_refused(left_out: Change) -> None:
    comparison = compare(OLD, NEW)
    rest = tuple(change for change in comparison.changes if change != left_out)
    if left_out.kind == "renumbered":
        pytest.skip("a consequence: no leaf of its own")
    with pytest.raises(ProofError) as failure:
        prove_comparison(OLD, NEW, replace(comparison, changes=rest))
    assert failure.value.exit_code == 3
    assert "比較の証明に失敗した" in str(failure.value)


@pytest.mark.slow
@many
@given(pairs())
def test_every_comparison_can_be_proved(pair: tuple[Plan, Plan]) -> None:
    prove_comparison(*pair, compare(*pair))
