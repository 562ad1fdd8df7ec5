"""Longest increasing subsequence."""

from bisect import bisect_left
from collections.abc import Sequence


def longest_increasing_subsequence(values: Sequence[int]) -> set[int]:
    """Returns the positions of a longest rising subsequence of distinct values."""
    ends: list[int] = []  # position of the smallest value that ends a run of each length
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value, key=values.__getitem__)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
    return _traced(ends[-1] if ends else None, before)


def _traced(end: int | None, before: Sequence[int | None]) -> set[int]:
    kept = set()
    while end is not None:
        kept.add(end)
        end = before[end]
    return kept
