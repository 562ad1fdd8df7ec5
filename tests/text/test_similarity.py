"""The similarity of texts, and pairs of similar ones."""

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


@given(lists, lists)
def test_pairs_with_texts_exchanged_are_the_same(old: list[str], new: list[str]) -> None:
    there, back = (pair_similar(*lists, 0.35, anyone) for lists in ((old, new), (new, old)))
    assert {(i, j) for j, i in back} == set(there)
