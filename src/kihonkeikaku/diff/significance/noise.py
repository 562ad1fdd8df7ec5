"""Differences without meaning: widths, spaces, spellings of one word."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from kihonkeikaku.diff.redline import Op, Redline
from kihonkeikaku.text.spelling_variants import SPELLINGS

_WIDTHS: Final = re.compile("[\uff01-\uff5e\uff61-\uff9f\u2f00-\u2fd5]+")
"""Full-width Latin, half-width katakana, and radicals used in place of ideographs.

Not all that NFKC would change: ① is not 1.
"""
_COMMAS: Final = str.maketrans({"，": "、", "．": "。", "｡": "。", "､": "、", "〜": "～"})
_SPACE: Final = re.compile(r"(?<![!-~\s])\s+|\s+(?![!-~\s])")
"""Spaces at an edge or beside Japanese; between two Latin words a space separates them."""

_SPELLINGS: Final = tuple(
    (spelling.stem, re.compile(spelling.pattern), group[0].stem)
    for group in SPELLINGS
    for spelling in group[1:]
)
_CONTEXT: Final = 12
"""The characters on each side of a word that the table of spellings may look at."""


def is_noise(old: str, new: str) -> bool:
    """Returns whether two texts differ, but only in widths, spaces, and spellings of one word."""
    return old != new and _normalize(old) == _normalize(new)


def hide_noise(marks: Redline) -> Redline:
    """Returns a redline in which noise is kept text, as the new edition prints it."""
    ops: list[tuple[Op, str]] = []
    for start, end in _groups(marks):
        ops.extend(
            marks[start:end] if _is_meaningful(marks, start, end) else _as_kept(marks[start:end])
        )
    return tuple(_merge_ops(ops))


def _normalize(text: str) -> str:
    """Returns a text without noise; for comparing only, not for print."""
    text = text.translate(_COMMAS)
    text = _WIDTHS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    text = (
        _SPACE.sub("", text) + "\n"
    )  # the table of spellings treats the end of a text as that of a line
    for stem, pattern, usual in _SPELLINGS:
        if stem in text:
            text = pattern.sub(lambda found, s=stem, u=usual: found[0].replace(s, u), text)  # type: ignore[misc] # defaults bind
    return re.sub(r"\s+(?=[!-~])", " ", text)


def _groups(marks: Redline) -> Iterator[tuple[int, int]]:
    """Yields the start and end of the ops of each kept stretch and of each change."""
    at = 0
    for _, group in groupby(marks, key=lambda mark: mark[0] == "="):
        length = len(list(group))
        yield at, at + length
        at += length


def _is_meaningful(marks: Redline, start: int, end: int) -> bool:
    if marks[start][0] == "=":
        return True
    before = "".join(text for op, text in marks[:start] if op != "-")[-_CONTEXT:]
    behind = "".join(text for op, text in marks[end:] if op != "-")[:_CONTEXT]
    old, new = (
        "".join(text for op, text in marks[start:end] if op != without) for without in ("+", "-")
    )
    return not is_noise(before + old + behind, before + new + behind)


def _as_kept(marks: Redline) -> Iterator[tuple[Op, str]]:
    yield "=", "".join(text for op, text in marks if op == "+")


def _merge_ops(ops: list[tuple[Op, str]]) -> Iterator[tuple[Op, str]]:
    for op, group in groupby((pair for pair in ops if pair[1]), key=lambda pair: pair[0]):
        yield op, "".join(text for _, text in group)
