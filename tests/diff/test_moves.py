"""The fewest moves that explain an order."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.structure_changes import find_moves, unmoved_indices
from kihonkeikaku.text.longest_increasing_subsequence import longest_increasing_subsequence


@pytest.mark.parametrize(
    ("values", "kept"),
    [([], set()), ([5], {0}), ([3, 0, 1, 2], {1, 2, 3}), ([0, 4, 1, 2, 3], {0, 2, 3, 4})],
)
def test_longest_increasing_subsequence(values: list[int], kept: set[int]) -> None:
    assert longest_increasing_subsequence(values) == kept


@given(st.permutations(range(7)))
def test_no_increasing_subsequence_is_longer(values: list[int]) -> None:
    kept = sorted(longest_increasing_subsequence(values))
    assert _rises([values[at] for at in kept])
    assert not any(_rises(list(run)) for run in combinations(values, len(kept) + 1))


def test_a_new_parent_is_a_move_and_a_new_order_a_reordering() -> None:
    pairs: dict[Slot, Slot] = {
        ("x", 0): ("x", 2),
        ("x", 1): ("x", 0),
        ("x", 2): ("y", 0),
        ("x", 3): ("x", 1),
    }
    assert find_moves(pairs) == {("x", 0): "reordered", ("x", 2): "moved"}
    assert unmoved_indices(pairs) == {("x", 1): 0, ("x", 3): 1}


def _rises(values: list[int]) -> bool:
    return values == sorted(values)
