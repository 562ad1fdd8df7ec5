"""Aligns the words of two texts so that the changes read best.

Little changed text is good, few changes are good, and keeping a word is worth more than keeping a
particle or a comma, which are frequent.
"""

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from kihonkeikaku.text.word_lists import FUNCTION_WORDS

Block = tuple[int, int, int, int]
"""Start and end in the old words, start and end in the new ones."""

_MAX_ALIGNED: Final = 40_000
"""The most pairs of words to align by cost; longer stretches are left to difflib."""

_MAX_COMPARED: Final = 4_000_000
"""The most pairs of words to compare at all; a longer stretch counts as replaced."""

_CHANGE_COST: Final = 1_000
"""The cost of one more change, beside that of its words."""


def changed_blocks(
    old: Sequence[Hashable], new: Sequence[Hashable], lengths: tuple[Sequence[int], Sequence[int]]
) -> list[Block]:
    """Returns the blocks in which the texts differ; between these they are equal, word by word.

    ``lengths`` are those of the words as printed, in characters. With old and new exchanged the
    same words are kept, even where several alignments are equally good.
    """
    if _sorts_after(old, new):
        exchanged = _changed_blocks(new, old, (lengths[1], lengths[0]))
        return [(a, b, c, d) for c, d, a, b in exchanged]
    return _changed_blocks(old, new, lengths)


def _sorts_after(words: Sequence[Hashable], others: Sequence[Hashable]) -> bool:
    """Returns whether words sort after others, in any total order."""
    if len(words) != len(others):
        return len(words) > len(others)
    return [*map(str, words)] > [*map(str, others)]


def _changed_blocks(
    old: Sequence[Hashable], new: Sequence[Hashable], lengths: tuple[Sequence[int], Sequence[int]]
) -> list[Block]:
    start, end = _count_common_ends(old, new)
    inner = old[start : len(old) - end], new[start : len(new) - end]
    if not inner[0] or not inner[1]:
        blocks = [(0, len(inner[0]), 0, len(inner[1]))] if inner[0] or inner[1] else []
    elif len(inner[0]) * len(inner[1]) > _MAX_COMPARED:
        blocks = [(0, len(inner[0]), 0, len(inner[1]))]
    elif len(inner[0]) * len(inner[1]) > _MAX_ALIGNED:
        blocks = _by_difflib(*inner)
    else:
        weights = (
            [
                _weight(key, length)
                for key, length in zip(inner[0], lengths[0][start:], strict=False)
            ],
            [
                _weight(key, length)
                for key, length in zip(inner[1], lengths[1][start:], strict=False)
            ],
        )
        blocks = _blocks(_kept_pairs(*inner, *weights), len(inner[0]), len(inner[1]))
    return [(a + start, b + start, c + start, d + start) for a, b, c, d in blocks]


def _count_common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Returns how many words are equal at the start and, of the others, at the end."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _by_difflib(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    matcher = SequenceMatcher(None, old, new)  # which ignores very frequent words
    return [(a, b, c, d) for op, a, b, c, d in matcher.get_opcodes() if op != "equal"]


def _weight(key: Hashable, length: int) -> int:
    """Returns the cost of changing a word: little for a particle or mark, less for a short word.

    The length itself is added, so that of otherwise equal alignments the one is taken that keeps
    more of the text, whichever of the two texts is the old one.
    """
    if key in FUNCTION_WORDS or (isinstance(key, str) and len(key) == 1 and not key.isalnum()):
        return 1_000 + length
    return 2_000 * length + length


def _kept_pairs(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    old_weights: list[int],
    new_weights: list[int],
) -> list[tuple[int, int]]:
    """Returns the pairs of equal words to keep so that changing the others costs least.

    Gotoh's alignment with affine gaps: ``closed`` is the least cost of the rest if the words before
    were kept, ``opened`` if they were changed.
    """
    rows, columns = len(old), len(new)
    closed = [[0] * (columns + 1) for _ in range(rows + 1)]
    opened = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            costs = []
            if i < rows:
                costs.append(opened[i + 1][j] + old_weights[i])
            if j < columns:
                costs.append(opened[i][j + 1] + new_weights[j])
            change = min(costs, default=0)
            keep = closed[i + 1][j + 1] if i < rows and j < columns and old[i] == new[j] else None
            opened[i][j] = change if keep is None else min(change, keep)
            closed[i][j] = change + _CHANGE_COST if costs and keep is None else change
            if keep is not None:
                closed[i][j] = min(change + _CHANGE_COST, keep)
    return list(_trace_kept_pairs(old, new, closed, opened, old_weights))


def _trace_kept_pairs(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    closed: list[list[int]],
    opened: list[list[int]],
    old_weights: list[int],
) -> Iterator[tuple[int, int]]:
    i = j = 0
    inside = False  # a change
    while i < len(old) and j < len(new):
        here = (opened if inside else closed)[i][j]
        if old[i] == new[j] and closed[i + 1][j + 1] == here:
            yield i, j
            i, j, inside = i + 1, j + 1, False
            continue
        spent = 0 if inside else _CHANGE_COST
        inside = True
        if opened[i + 1][j] + old_weights[i] + spent == here:
            i += 1
        else:
            j += 1


def _blocks(kept: list[tuple[int, int]], rows: int, columns: int) -> list[Block]:
    blocks = []
    i = j = 0
    for row, column in [*kept, (rows, columns)]:
        if row > i or column > j:
            blocks.append((i, row, j, column))
        i, j = row + 1, column + 1
    return blocks
