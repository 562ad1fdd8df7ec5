"""Changes of a closed set of kinds, as data and as JSON."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from kihonkeikaku.model.plan_head import PlanHead

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
"""All kinds of change."""

Weight = Literal["substance", "wording", "consequence"]
WEIGHTS: Final[tuple[Weight, ...]] = get_args(Weight)
"""The weights, the heaviest first."""

WEIGHT_NAMES: Final[Mapping[Weight, str]] = {
    "substance": "内容",
    "wording": "字句",
    "consequence": "付随",
}
"""The Japanese names: what is promised, how it is said, the result of other changes."""


@dataclass(frozen=True, slots=True)
class KindProperties:
    """What holds of all changes of a kind.

    ``name`` is its Japanese name, ``weight`` its weight unless that depends on the change. An
    element ``departs`` from its old slot or ``arrives`` in its new one; a kind that ``assigns``
    changes what is in one 【】.
    """

    name: str
    weight: Weight | None
    departs: bool = False
    arrives: bool = False
    assigns: bool = False


CHANGE_KINDS: Final[Mapping[ChangeKind, KindProperties]] = {
    "metadata-changed": KindProperties("版の情報の変更", "substance"),
    "ministry-succeeded": KindProperties("府省庁の承継", "substance"),
    "ministry-renamed": KindProperties("府省庁名の変更", "wording"),
    "added": KindProperties("新設", "substance", arrives=True),
    "removed": KindProperties("削る", "substance", departs=True),
    "split": KindProperties("分割", "substance"),
    "merged": KindProperties("統合", "substance"),
    "moved": KindProperties("移動", "substance", departs=True, arrives=True),
    "reordered": KindProperties("順序の変更", "wording", departs=True, arrives=True),
    "renumbered": KindProperties("番号のみの変更", "consequence"),
    "retitled": KindProperties("見出しの変更", None),
    "reworded": KindProperties("文言の変更", None),
    "clauses-changed": KindProperties("区切りの変更", "substance"),
    "lead-changed": KindProperties("主な府省庁の変更", "substance", assigns=True),
    "assignment-added": KindProperties("担当の追加", "substance", assigns=True),
    "assignment-removed": KindProperties("担当の削除", "substance", assigns=True),
    "assignment-reordered": KindProperties("担当の並びの変更", "wording", assigns=True),
    "attribute-changed": KindProperties("属性の変更", "wording"),
    "reprint-added": KindProperties("再掲の追加", "wording", arrives=True),
    "reprint-removed": KindProperties("再掲の削除", "wording", departs=True),
    "reprint-moved": KindProperties("再掲の移動", "wording", departs=True, arrives=True),
}
"""All kinds, in the order in which several changes of one element are listed.

A new kind also needs its part in ``apply_changes`` and ``comparison_proof``, without which tests
fail, and one in ``change_description`` if it has details to describe.
"""

KIND_NAMES: Final = {kind: properties.name for kind, properties in CHANGE_KINDS.items()}
DEPARTURE_KINDS: Final = tuple(kind for kind, p in CHANGE_KINDS.items() if p.departs)
ARRIVAL_KINDS: Final = tuple(kind for kind, p in CHANGE_KINDS.items() if p.arrives)
ASSIGNMENT_KINDS: Final = tuple(kind for kind, p in CHANGE_KINDS.items() if p.assigns)

ElementType = Literal["edition", "ministry", "section", "measure", "paragraph"]
"""The element that changed; chapters are sections whose parent is null."""

DetailValue = None | bool | int | str | tuple["DetailValue", ...] | Mapping[str, "DetailValue"]
"""The values of a detail: those of JSON, with tuples for lists."""

Detail = Mapping[str, DetailValue]

ChangeJson = Mapping[str, Any]
"""One change as JSON."""

Slot = tuple[str | None, int]
"""Parent and index: the position of an element in one edition. Chapters' parent is None."""


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where an element is printed in one edition, and its text there.

    ``number`` is 「第3章第1節(1)①」, None where none is printed. ``index`` counts from 0, in order
    of print, among the elements of its type under ``parent`` (measures: reprints too); None for
    ministries and the edition. ``text`` is the element's own text as printed, without number, 【】
    or marks. ``citation`` is how a person cites the place: 「第1章の第2項目」.
    """

    number: str | None
    parent: str | None
    index: int | None
    text: str
    citation: str

    @property
    def slot(self) -> Slot:
        """Parent and index, of an element that has an order."""
        assert self.index is not None
        return self.parent, self.index


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two editions.

    ``section`` is the section of the element: in the new edition, or in the old one if it was
    removed. ``old`` and ``new`` are None if the edition lacks the element. ``because`` is the id
    of the change that caused this one.
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
