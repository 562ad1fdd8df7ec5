"""The similarity of texts, and pairs of similar ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku.text.similarity import pair_similar, similarity

short_texts = st.text("AI利活用促進推進の", max_size=8)
lists = st.lists(short_texts, max_size=8)


def anyone(i: int, j: int) -> bool:
    return True


def test_similarity_is_from_zero_to_one() -> None:
    assert similarity("利活用の促進", "利活用の促進") == 1
    assert similarity("利活用の促進", "データ") == 0
    assert 0.5 < similarity("利活用の促進", "利活用の推進") < 1


@given(short_texts, short_texts)
def test_similarity_is_symmetric(old: str, new: str) -> None:
    assert similarity(old, new) == similarity(new, old)


def test_the_most_similar_are_paired_and_unrelated_are_not() -> None:
    old = ["人材の育成", "データの共有を促進", "検討"]
    new = ["データの共有を推進", "データの共有を促進", "国際標準"]
    assert pair_similar(old, new, 0.35, anyone) == [(1, 1)]
    assert pair_similar(old[:2], new[:1], 0.35, anyone) == [(1, 0)]


def test_of_equally_similar_pairs_the_nearer_wins() -> None:
    assert sorted(pair_similar(["同じ"] * 2, ["同じ"] * 2, 0.5, anyone)) == [(0, 0), (1, 1)]


def test_pairs_that_are_not_allowed_are_left_out() -> None:
    assert pair_similar(["同じ"], ["同じ"], 0.5, lambda i, j: False) == []


@given(lists, lists, st.sampled_from((0.35, 0.65)))
def test_no_sufficiently_similar_pair_is_missed(
    old: list[str], new: list[str], least: float
) -> None:
    paired = pair_similar(old, new, least, anyone)
    olds, news = {i for i, _ in paired}, {j for _, j in paired}
    for i, before in enumerate(old):
        for j, after in enumerate(new):
            assert i in olds or j in news or similarity(before, after) < least


@pytest.mark.parametrize("added_before", [0, 150])
def test_of_many_texts_all_alike_each_is_compared_with_few_and_finds_its_own(
    added_before: int,
) -> None:
    old = [f"人材の育成及びデータの共有を図る（第{at}号）" for at in range(300)]
    added = [f"国際標準の普及のための支援を行う{at}" for at in range(added_before)]
    new = added + [text.replace("図る", "進める") for text in old]
    compared: list[tuple[int, int]] = []

    def is_allowed(i: int, j: int) -> bool:
        compared.append((i, j))
        return True

    paired = pair_similar(old, new, 0.35, is_allowed)
    assert sorted(paired) == [(at, at + added_before) for at in range(300)]
    assert len(compared) < 200 * len(old)


@given(lists, lists)
def test_pairs_with_texts_exchanged_are_the_same(old: list[str], new: list[str]) -> None:
    there, back = (pair_similar(*lists, 0.35, anyone) for lists in ((old, new), (new, old)))
    assert {(i, j) for j, i in back} == set(there)
