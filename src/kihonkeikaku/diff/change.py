"""What a comparison says: changes of a closed set of kinds, as data and as JSON."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from kihonkeikaku.model.plan import PlanHead

ChangeKind = Literal[
    "metadata-changed",
    "ministry-succeeded",
    "ministry-renamed",
    "added",
    "removed",
    "split",
    "merged",
    "moved",
    "reordered",
    "renumbered",
    "retitled",
    "reworded",
    "clauses-changed",
    "lead-changed",
    "assignment-added",
    "assignment-removed",
    "assignment-reordered",
    "attribute-changed",
    "reprint-added",
    "reprint-removed",
    "reprint-moved",
]
"""All that a comparison can say."""

CHANGE_KINDS: Final[tuple[ChangeKind, ...]] = get_args(ChangeKind)
"""All kinds, in the order in which several changes of one thing are listed."""

ElementType = Literal["edition", "ministry", "section", "measure", "paragraph"]
"""What it is that changed; chapters are sections whose parent is null."""

DetailValue = None | bool | int | str | tuple["DetailValue", ...] | Mapping[str, "DetailValue"]
"""What a detail may hold: JSON's values, with tuples for its lists."""

Detail = Mapping[str, DetailValue]

Slot = tuple[str | None, int]
"""Parent and index: a place in one edition, also of what has no id. Chapters' parent is None."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where a thing stands in one edition, and how it reads there.

    ``number`` is 「第3章第1節(1)①」, None for what has none. ``index`` counts from 0, in order of
    print among what stands under ``parent`` (reprints too); None for ministries and the edition.
    ``text`` is the thing's own text as printed, without number, 【】 or marks. ``citation`` is how
    a person cites the place: 「第1章の第2項目」.
    """

    number: str | None
    parent: str | None
    index: int | None
    text: str
    citation: str

    @property
    def slot(self) -> Slot:
        """Parent and index, of what stands in the order of print."""
        assert self.index is not None
        return self.parent, self.index


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two editions.

    ``section`` is where the thing stands: in the new edition, or in the old one if it is gone.
    ``old`` and ``new`` are None where it stands in one edition only. ``because`` is the id of the
    change of which this one is the mere consequence.
    """

    kind: ChangeKind
    type: ElementType
    id: str | None
    section: str | None
    old: PrintedPlace | None
    new: PrintedPlace | None
    detail: Detail
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between two editions, in the order in which one reads."""

    old_head: PlanHead
    new_head: PlanHead
    changes: tuple[Change, ...]

    @property
    def summary(self) -> dict[ChangeKind, int]:
        """How many changes of each kind there are; kinds that don't occur are left out."""
        counts = Counter(change.kind for change in self.changes)
        return {kind: counts[kind] for kind in CHANGE_KINDS if kind in counts}


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Returns a comparison by the contract of ``diff --format json``, ready for ``json.dumps``."""
    return {
        "old": _head_json(comparison.old_head),
        "new": _head_json(comparison.new_head),
        "changes": [_change_json(change) for change in comparison.changes],
        "summary": comparison.summary,
    }


def _head_json(head: PlanHead) -> dict[str, Any]:
    edition = head.edition.model_dump(mode="json")
    order = ("stage", "label", "dated", "decided_on", "supersedes")
    return {"id": edition["id"], "title": head.title, **{key: edition[key] for key in order}}


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "type": change.type,
        "id": change.id,
        "section": change.section,
        "old": _place_json(change.old),
        "new": _place_json(change.new),
        "detail": _lists(change.detail),
        "because": change.because,
    }


def _place_json(place: PrintedPlace | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "number": place.number,
        "parent": place.parent,
        "index": place.index,
        "text": place.text,
        "citation": place.citation,
    }


def _lists(value: DetailValue) -> Any:
    if isinstance(value, tuple):
        return [_lists(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _lists(item) for key, item in value.items()}
    return value
