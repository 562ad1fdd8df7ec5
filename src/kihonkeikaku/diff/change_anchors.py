"""Permanent addresses of changes: by kind and id, so that other changes may come and go.

``change-reworded-ai-chips`` is the anchor of a change on every page that shows it. What follows
two hyphens tells changes of one kind and id apart; identifiers never have two in a row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

from kihonkeikaku.diff.change import ASSIGNMENT_KINDS, Change, Comparison

_HASH_LENGTH: Final = 8
"""So many hexadecimal digits of its text stand for a paragraph that has no id."""


class ChangeAnchors:
    """The anchors of all changes of a comparison."""

    def __init__(self, comparison: Comparison) -> None:
        pairs = zip(comparison.changes, change_anchors(comparison.changes), strict=True)
        self._anchors = {id(change): anchor for change, anchor in pairs}

    def of(self, change: Change) -> str:
        """Returns the anchor of a change of this comparison."""
        return self._anchors[id(change)]


def change_anchors(changes: Iterable[Change]) -> Iterator[str]:
    """Yields the anchor of each change.

    Where nothing else tells two apart, as two equal paragraphs under one heading, the second one's
    ends in a number.
    """
    counts: Counter[str] = Counter()
    for change in changes:
        anchor = "--".join((f"change-{change.kind}-{_name(change)}", *_particulars(change)))
        counts[anchor] += 1
        yield anchor if counts[anchor] == 1 else f"{anchor}--{counts[anchor]}"


def _name(change: Change) -> str:
    if change.id:
        return f"-{change.id}" if change.type == "ministry" else change.id  # a space of their own
    place = change.old or change.new  # what is in both keeps its old text longest
    assert place is not None and place.parent is not None, "only paragraphs have no id"
    text = sha256(place.text.encode()).hexdigest()[:_HASH_LENGTH]
    return f"{place.parent}--{text}"


def _particulars(change: Change) -> Iterator[str]:
    """Yields what tells several changes of one kind and id apart."""
    detail: Any = change.detail
    if "field" in detail:
        yield detail["field"]
    if change.kind in ASSIGNMENT_KINDS:
        if "clause" in detail:
            yield str(detail["clause"] + 1)
        if "ministry_id" in detail:
            yield detail["ministry_id"]
    if change.kind.startswith("reprint-") or detail.get("reprint"):
        yield f"reprint-{change.section}"
