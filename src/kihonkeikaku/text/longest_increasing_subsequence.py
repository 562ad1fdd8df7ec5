"""Longest increasing subsequence."""

from bisect import bisect_left
from collections.abc import Sequence


def longest_increasing_subsequence(values: Sequence[int]) -> set[int]:
    """Returns the positions of a longest increasing subsequence of distinct values."""
    ends: list[int] = []  # position of the smallest value that ends a subsequence of each length
    previous: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value, key=values.__getitem__)
        previous.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
    return _trace_back(ends[-1] if ends else None, previous)


def _trace_back(end: int | None, previous: Sequence[int | None]) -> set[int]:
    kept = set()
    while end is not None:
        kept.add(end)
        end = previous[end]
    return kept
