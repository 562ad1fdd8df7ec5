"""Proof that a comparison is complete, before it is shown; a failure is an error of the program.

The changes are applied to the old edition, which must give the new one, and every leaf of both
editions must be either unchanged or in a change, never neither, never both. A leaf is the smallest
thing that a change can be about: a field of the edition, of a ministry or of a heading; the
position of a heading, a placement or a paragraph; the text of a clause, or its 【】; the text, the
marker or the id of a paragraph. Numbers are no leaves: they follow from positions.

Like ``apply_changes`` this uses nothing but the JSON, and shares no code with the comparison.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import (
    ARRIVAL_KINDS,
    ASSIGNMENT_KINDS,
    DEPARTURE_KINDS,
    ChangeJson,
    Comparison,
    comparison_json,
)
from kihonkeikaku.diff.plan_records import (
    CLAUSE_FIELDS,
    LINE_FIELDS,
    Records,
    extract_records,
)
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Proof:
    """A proved property of a comparison.

    ``statement`` says it in Japanese, with its figures, as printed under the table.
    """

    name: Literal["leaves", "abridgements", "amendment"]
    statement: str


class ProofError(MachineError):
    """A comparison is wrong or incomplete: a fault of the program, never of a plan."""

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"比較の証明に失敗したため、何も出力しませんでした（{problem}）。"
            "計画の誤りではなく、プログラムの異常です。開発者に知らせてください。"
        )


def prove_comparison(old: Plan, new: Plan, comparison: Comparison) -> tuple[Proof, ...]:
    """Proves that a comparison is complete, in whatever form it is shown.

    Raises:
        ProofError: a difference is missing, or a change is wrong.
    """
    return (_prove_every_leaf(old, new, comparison),)


def _prove_every_leaf(old: Plan, new: Plan, comparison: Comparison) -> Proof:
    """Proves that each leaf is either unchanged or in a change, and that the changes suffice."""
    changes = comparison_json(comparison)["changes"]
    before, after = extract_records(old), extract_records(new)
    try:
        applied, count = apply_changes(changes, before), count_leaves(changes, before, after)
    except (KeyError, ValueError, IndexError) as fault:
        raise ProofError(f"変更を適用できません：{fault}") from fault
    if applied != after:
        raise ProofError("変更を適用しても、新しい版になりません")
    return Proof(
        "leaves",
        f"変更前の{count.old:,}項目は、変更のない{count.unchanged:,}項目と"
        f"変更に示した{count.old - count.unchanged:,}項目とに、"
        f"変更後の{count.new:,}項目は、同じ{count.unchanged:,}項目と"
        f"変更に示した{count.new - count.unchanged:,}項目とに、漏れも重なりもなく分かれます。"
        "変更を変更前の版に適用すると、変更後の版になります。",
    )


_LINE_ASPECTS: Final = ("text", "marker", "id", *LINE_FIELDS)

Leaf = tuple[Any, ...]
"""The key of a leaf, the same in both editions for what both have."""

_ElementPosition = tuple[str, Any, int]
"""Type, parent and index of an element in one edition."""


@dataclass(frozen=True, slots=True)
class LeafCount:
    """How many leaves the editions have, and how many of them are the same in both."""

    old: int
    new: int
    unchanged: int


def count_leaves(changes: Iterable[ChangeJson], old: Records, new: Records) -> LeafCount:
    """Counts the leaves of two editions.

    Args:
        changes: what the JSON of a comparison holds under ``changes``.
        old: the records of the old edition.
        new: those of the new edition.

    Raises:
        KeyError: a change names what these editions lack.
        ValueError: a leaf differs and is in no change, or is in a change and doesn't differ.
    """
    changes_list = list(changes)
    before, after = (
        _EditionLeaves(old, changes_list, "old"),
        _EditionLeaves(new, changes_list, "new"),
    )
    changed_before, changed_after = (
        set(filter(before.may_have, before.changed_leaves(changes_list))),
        set(filter(after.may_have, after.changed_leaves(changes_list))),
    )
    differing_before, differing_after = _differing(before.leaves, after.leaves)
    _require_none(differing_before ^ changed_before)
    _require_none(differing_after ^ changed_after)
    unchanged = len(before.leaves) - len(differing_before)
    return LeafCount(len(before.leaves), len(after.leaves), unchanged)


def _differing(old: Mapping[Leaf, Any], new: Mapping[Leaf, Any]) -> tuple[set[Leaf], set[Leaf]]:
    both = {leaf for leaf in old.keys() & new.keys() if old[leaf] == new[leaf]}
    return old.keys() - both, new.keys() - both


def _require_none(leaves: set[Leaf]) -> None:
    for leaf in leaves:
        raise ValueError(f"{leaf}")


class _EditionLeaves:
    """The leaves of one edition, and those that changes are about.

    ``side``, "old" or "new", is the key of this edition's place in a change.
    """

    def __init__(self, records: Records, changes: list[ChangeJson], side: str) -> None:
        self._records, self._side = records, side
        self._redivided = {c["id"] for c in changes if c["kind"] == "clauses-changed"}
        self._moved_names = dict(self._names_in_changes(changes))
        self._names = dict(self._all_names())
        self.leaves: dict[Leaf, Any] = dict(self._all_leaves())

    def _names_in_changes(
        self, changes: list[ChangeJson]
    ) -> Iterator[tuple[_ElementPosition, Leaf]]:
        """Yields the positions of elements that are added, removed or moved, with their names.

        A moved element has the same name in both editions: that of its old position.
        """
        kinds = DEPARTURE_KINDS if self._side == "old" else ARRIVAL_KINDS
        for change in changes:
            if change["kind"] in kinds and change["type"] in ("section", "measure", "paragraph"):
                name = _position(change["type"], change["old"] or change["new"])
                kept = change["old"] and change["new"]
                yield (
                    _position(change["type"], change[self._side]),
                    ("moved" if kept else self._side, *name),
                )
            elif change["kind"] in ("split", "merged"):
                for entry in self._restructured(change):
                    position = _position(change["type"], entry)
                    yield position, (self._side, *position)

    def _restructured(self, change: ChangeJson) -> Iterator[Mapping[str, Any]]:
        """Yields what a split or merger took from the old edition, or put into the new one."""
        for entry in change["detail"]["from" if self._side == "old" else "into"]:
            if change["type"] == "paragraph" or entry["clauses"]:
                yield entry

    def _all_names(self) -> Iterator[tuple[_ElementPosition, Leaf]]:
        """Yields all positions with their names: elements that did not move are named by order."""
        lists = (
            ("section", self._records.children),
            ("measure", self._records.placements),
            ("paragraph", self._records.bodies),
        )
        for type, by_parent in lists:
            for parent, entries in by_parent.items():
                unmoved = 0
                for index in range(len(entries)):
                    position = (type, parent, index)
                    if position in self._moved_names:
                        yield position, self._moved_names[position]
                    else:
                        yield position, ("unmoved", type, parent, unmoved)
                        unmoved += 1

    def _all_leaves(self) -> Iterator[tuple[Leaf, Any]]:
        records = self._records
        for field, value in records.edition.items():
            yield ("edition", field), value
        for type, elements in (("ministry", records.ministries), ("section", records.sections)):
            for id, fields in elements.items():
                for field, value in fields.items():
                    yield (type, id, field), value
        for id, clauses in records.measures.items():
            for at, clause in enumerate(clauses):
                yield self._clause_leaf("text", id, at), clause.text
                yield self._clause_leaf("assignments", id, at), clause.assignments
                for field, value in clause.fields.items():
                    if value is not None:
                        yield self._clause_leaf(field, id, at), value
        yield from self._position_leaves()

    def _position_leaves(self) -> Iterator[tuple[Leaf, Any]]:
        for (type, parent, index), name in self._names.items():
            if type == "paragraph":
                paragraph = self._records.bodies[parent][index]
                yield (*name, "text"), paragraph.text
                yield (*name, "marker"), paragraph.marker
                yield (*name, "id"), paragraph.id
                for field, value in paragraph.fields.items():
                    if value is not None:
                        yield (*name, field), value
                yield (*name, "position"), self._position_value(name, parent, index, None)
            elif type == "measure":
                entry: Any = self._records.placements[parent][index]
                yield (*name, "position"), self._position_value(name, parent, index, entry)
            else:
                id = self._records.children[parent][index]
                yield (*name, "position"), self._position_value(name, parent, index, id)

    def _position_value(self, name: Leaf, parent: Any, index: int, entry: Any) -> Any:
        """Returns the value of a position; for unmoved elements the order is in the name."""
        return entry if name[0] == "unmoved" else (self._side, parent, index)

    def _clause_leaf(self, what: str, id: str, at: int) -> Leaf:
        """Returns a clause's leaf; the clauses of a redivided measure are new."""
        return (what, id, at, self._side if id in self._redivided else None)

    def may_have(self, leaf: Leaf) -> bool:
        """Whether this edition has a leaf, or must: optional fields without a value are none."""
        is_optional = leaf[0] in CLAUSE_FIELDS or leaf[-1] in LINE_FIELDS
        return leaf in self.leaves or not is_optional

    def changed_leaves(self, changes: list[ChangeJson]) -> Iterator[Leaf]:
        """Yields the leaves of this edition that changes are about."""
        for name in self._moved_names.values():
            yield (*name, "position")
        for change in changes:
            match change["type"]:
                case "edition":
                    yield "edition", change["detail"]["field"]
                case "ministry":
                    yield from self._ministry_leaves(change)
                case "section":
                    yield from self._section_leaves(change)
                case "measure":
                    yield from self._measure_leaves(change)
                case "paragraph":
                    yield from self._paragraph_leaves(change)

    def _all_fields(
        self, type: str, id: str, elements: Mapping[str, Mapping[str, Any]]
    ) -> Iterator[Leaf]:
        """Yields all fields of an element, if this edition has it."""
        for field in elements.get(id, ()):
            yield type, id, field

    def _ministry_leaves(self, change: ChangeJson) -> Iterator[Leaf]:
        id, detail, register = change["id"], change["detail"], self._records.ministries
        match change["kind"]:
            case "added" | "removed":
                yield from self._all_fields("ministry", id, register)
            case "ministry-renamed":
                yield "ministry", id, "name"
            case "attribute-changed":
                yield "ministry", id, detail["field"]
            case "ministry-succeeded":
                yield from self._succession_leaves(id, detail)

    def _succession_leaves(self, id: str, detail: Mapping[str, Any]) -> Iterator[Leaf]:
        register = self._records.ministries
        if "entry" in detail:
            yield from self._all_fields("ministry", id, register)
        else:
            yield "ministry", id, "succeeds"
        for predecessor in detail["from"]:
            if predecessor["left"]:
                yield from self._all_fields("ministry", predecessor["id"], register)
            elif predecessor["abolished"]:
                yield "ministry", predecessor["id"], "abolished"
        for passed in detail["assignments"]:
            yield self._clause_leaf("assignments", passed["measure"], passed["clause"])

    def _section_leaves(self, change: ChangeJson) -> Iterator[Leaf]:
        match change["kind"]:
            case "added" | "removed":
                yield from self._all_fields("section", change["id"], self._records.sections)
            case "retitled":
                yield "section", change["id"], "title"
            case "attribute-changed":
                yield "section", change["id"], change["detail"]["field"]

    def _measure_leaves(self, change: ChangeJson) -> Iterator[Leaf]:
        id, kind, detail = change["id"], change["kind"], change["detail"]
        if kind in ("added", "removed", "clauses-changed"):
            yield from self._clauses_leaves(id)
        elif kind in ("split", "merged"):
            for entry in self._restructured(change):
                yield from self._clauses_leaves(entry["id"])
        elif kind == "reworded":
            for part in detail.get("clauses", [{"clause": 0}]):
                yield self._clause_leaf("text", id, part["clause"])
        elif kind in ASSIGNMENT_KINDS:
            yield self._clause_leaf("assignments", id, detail.get("clause", 0))
        elif kind == "attribute-changed":
            yield self._clause_leaf(detail["field"], id, len(self._records.measures[id]) - 1)

    def _clauses_leaves(self, id: str) -> Iterator[Leaf]:
        for at in range(len(self._records.measures.get(id, ()))):
            for aspect in ("text", "assignments", *CLAUSE_FIELDS):
                yield self._clause_leaf(aspect, id, at)

    def _paragraph_leaves(self, change: ChangeJson) -> Iterator[Leaf]:
        if change["kind"] in ("split", "merged"):
            for entry in self._restructured(change):
                name = self._names[_position("paragraph", entry)]
                yield from ((*name, aspect) for aspect in _LINE_ASPECTS)
            return
        if change[self._side] is None:
            return
        name = self._names[_position("paragraph", change[self._side])]
        match change["kind"]:
            case "added" | "removed":
                yield from ((*name, aspect) for aspect in _LINE_ASPECTS)
            case "reworded":
                yield (*name, "text")
            case "attribute-changed":
                yield (*name, change["detail"]["field"])


def _position(type: str, place: Mapping[str, Any]) -> _ElementPosition:
    return type, place["parent"], place["index"]
