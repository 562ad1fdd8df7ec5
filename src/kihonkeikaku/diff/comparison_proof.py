"""What is proved of a comparison before anybody sees it, and the words in which that is said.

A comparison that can't be proved is never shown: there is an error in its stead.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kihonkeikaku.diff.apply_changes import apply_changes
from kihonkeikaku.diff.change import Comparison, comparison_json
from kihonkeikaku.diff.records import Records, extract_records
from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that was proved of a comparison.

    ``statement`` says it in Japanese, with its figures, as printed under the table.
    """

    name: Literal["leaves", "abridgements", "amendment"]
    statement: str


class ProofError(MachineError):
    """A comparison is not what it claims to be: a fault of the program, never of a plan."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"比較の証明に失敗したため、何も出力しませんでした（{what}）。"
            "計画の誤りではなく、プログラムの異常です。開発者に知らせてください。"
        )


def prove_comparison(old: Plan, new: Plan, comparison: Comparison) -> tuple[Proof, ...]:
    """Proves what holds of every comparison, in whatever form it is shown.

    Raises:
        ProofError: the comparison left something out, or says something that isn't so.
    """
    return (_every_leaf(old, new, comparison),)


def _every_leaf(old: Plan, new: Plan, comparison: Comparison) -> Proof:
    """Proves that each leaf is either unchanged or in a change, and that the changes suffice."""
    changes = comparison_json(comparison)["changes"]
    before, after = extract_records(old), extract_records(new)
    try:
        made, account = apply_changes(changes, before), count_leaves(changes, before, after)
    except (KeyError, ValueError, IndexError) as fault:
        raise ProofError(f"変更を適用できません：{fault}") from fault
    if made != after:
        raise ProofError("変更を適用しても、新しい版になりません")
    return Proof(
        "leaves",
        f"変更前の{account.old:,}項目は、変更のない{account.unchanged:,}項目と"
        f"変更に示した{account.old - account.unchanged:,}項目とに、"
        f"変更後の{account.new:,}項目は、同じ{account.unchanged:,}項目と"
        f"変更に示した{account.new - account.unchanged:,}項目とに、漏れも重なりもなく分かれます。"
        "変更を変更前の版に適用すると、変更後の版になります。",
    )


ChangeJson = Mapping[str, Any]
"""One change as JSON."""

Leaf = tuple[Any, ...]
"""A leaf's address. What both editions have stands under the same address in both."""

_Position = tuple[str, Any, int]
"""Type, parent, index: where something stands in the print of one edition."""

_LEAVE: Final = ("removed", "moved", "reordered", "reprint-removed", "reprint-moved")

_ARRIVE: Final = ("added", "moved", "reordered", "reprint-added", "reprint-moved")

_BRACKET: Final = (
    "lead-changed",
    "assignment-added",
    "assignment-removed",
    "assignment-reordered",
)


@dataclass(frozen=True, slots=True)
class LeafCount:
    """How many leaves the editions have, and how many of them are the same in both."""

    old: int
    new: int
    unchanged: int


def count_leaves(changes: Iterable[ChangeJson], old: Records, new: Records) -> LeafCount:
    """Returns the account of all leaves of two editions.

    Args:
        changes: what the JSON of a comparison holds under ``changes``.
        old: the records of the old edition.
        new: those of the new edition.

    Raises:
        KeyError: a change names what these editions don't have.
        ValueError: a leaf differs and is in no change, or is in a change and doesn't differ.
    """
    said = list(changes)
    before, after = _EditionLeaves(old, said, "old"), _EditionLeaves(new, said, "new")
    claimed_before, claimed_after = set(before.claimed(said)), set(after.claimed(said))
    differing_before, differing_after = _differing(before.leaves, after.leaves)
    _refuse(differing_before ^ claimed_before)
    _refuse(differing_after ^ claimed_after)
    unchanged = len(before.leaves) - len(differing_before)
    return LeafCount(len(before.leaves), len(after.leaves), unchanged)


def _differing(old: Mapping[Leaf, Any], new: Mapping[Leaf, Any]) -> tuple[set[Leaf], set[Leaf]]:
    both = {leaf for leaf in old.keys() & new.keys() if old[leaf] == new[leaf]}
    return old.keys() - both, new.keys() - both


def _refuse(leaves: set[Leaf]) -> None:
    for leaf in leaves:
        raise ValueError(f"{leaf}")


class _EditionLeaves:
    """One edition: its leaves, and which of them the changes are about.

    ``side`` says which of a change's two places is of this edition.
    """

    def __init__(self, records: Records, changes: list[ChangeJson], side: str) -> None:
        self._records, self._side = records, side
        self._divided = {c["id"] for c in changes if c["kind"] == "clauses-changed"}
        self._shifted = dict(self._shifts(changes))
        self._names = dict(self._standing())
        self.leaves: dict[Leaf, Any] = dict(self._all_leaves())

    def _shifts(self, changes: list[ChangeJson]) -> Iterator[tuple[_Position, Leaf]]:
        """Yields the places that changes tell of, with the name of what stands there.

        What moved has the same name in both editions: that of its old place.
        """
        kinds = _LEAVE if self._side == "old" else _ARRIVE
        for change in changes:
            if change["kind"] in kinds and change["type"] in ("section", "measure", "paragraph"):
                name = _place(change["type"], change["old"] or change["new"])
                kept = change["old"] and change["new"]
                yield (
                    _place(change["type"], change[self._side]),
                    ("shifted" if kept else self._side, *name),
                )
            elif change["kind"] in ("split", "merged"):
                for entry in change["detail"]["from" if self._side == "old" else "into"]:
                    if self._side == "old" or entry["clauses"]:
                        place = _place("measure", entry)
                        yield place, (self._side, *place)

    def _standing(self) -> Iterator[tuple[_Position, Leaf]]:
        """Yields all places with their names: what no change shifts is named by its order."""
        lists = (
            ("section", self._records.children),
            ("measure", self._records.placements),
            ("paragraph", self._records.bodies),
        )
        for type, by_parent in lists:
            for parent, entries in by_parent.items():
                stayed = 0
                for index in range(len(entries)):
                    place = (type, parent, index)
                    if place in self._shifted:
                        yield place, self._shifted[place]
                    else:
                        yield place, ("stayed", type, parent, stayed)
                        stayed += 1

    def _all_leaves(self) -> Iterator[tuple[Leaf, Any]]:
        records = self._records
        for field, value in records.edition.items():
            yield ("edition", field), value
        for type, things in (("ministry", records.ministries), ("section", records.sections)):
            for id, fields in things.items():
                for field, value in fields.items():
                    yield (type, id, field), value
        for id, clauses in records.measures.items():
            for at, clause in enumerate(clauses):
                yield self._clause_leaf("text", id, at), clause.text
                yield self._clause_leaf("assignments", id, at), clause.assignments
        yield from self._place_leaves()

    def _place_leaves(self) -> Iterator[tuple[Leaf, Any]]:
        for (type, parent, index), name in self._names.items():
            if type == "paragraph":
                paragraph = self._records.bodies[parent][index]
                yield (*name, "text"), paragraph.text
                yield (*name, "marker"), paragraph.marker
                yield (*name, "id"), paragraph.id
                yield (*name, "place"), self._stand(name, parent, index, None)
            elif type == "measure":
                entry: Any = self._records.placements[parent][index]
                yield (*name, "place"), self._stand(name, parent, index, entry)
            else:
                id = self._records.children[parent][index]
                yield (*name, "place"), self._stand(name, parent, index, id)

    def _stand(self, name: Leaf, parent: Any, index: int, entry: Any) -> Any:
        """Returns what a place is compared by: the order of what stayed stands in its name."""
        return entry if name[0] == "stayed" else (self._side, parent, index)

    def _clause_leaf(self, what: str, id: str, at: int) -> Leaf:
        """Returns a clause's leaf; no clause of a measure divided anew is an earlier one."""
        return (what, id, at, self._side if id in self._divided else None)

    def claimed(self, changes: list[ChangeJson]) -> Iterator[Leaf]:
        """Yields the leaves of this edition that changes are about."""
        for name in self._shifted.values():
            yield (*name, "place")
        for change in changes:
            match change["type"]:
                case "edition":
                    yield "edition", change["detail"]["field"]
                case "ministry":
                    yield from self._of_ministry(change)
                case "section":
                    yield from self._of_section(change)
                case "measure":
                    yield from self._of_measure(change)
                case "paragraph":
                    yield from self._of_paragraph(change)

    def _whole(self, type: str, id: str, things: Mapping[str, Mapping[str, Any]]) -> Iterator[Leaf]:
        """Yields all fields of something that stands in one edition only, if that is this one."""
        for field in things.get(id, ()):
            yield type, id, field

    def _of_ministry(self, change: ChangeJson) -> Iterator[Leaf]:
        id, detail, register = change["id"], change["detail"], self._records.ministries
        match change["kind"]:
            case "added" | "removed":
                yield from self._whole("ministry", id, register)
            case "ministry-renamed":
                yield "ministry", id, "name"
            case "attribute-changed":
                yield "ministry", id, detail["field"]
            case "ministry-succeeded":
                yield from self._of_succession(id, detail)

    def _of_succession(self, id: str, detail: Mapping[str, Any]) -> Iterator[Leaf]:
        register = self._records.ministries
        if "entry" in detail:
            yield from self._whole("ministry", id, register)
        else:
            yield "ministry", id, "succeeds"
        for predecessor in detail["from"]:
            if predecessor["left"]:
                yield from self._whole("ministry", predecessor["id"], register)
            elif predecessor["abolished"]:
                yield "ministry", predecessor["id"], "abolished"
        for passed in detail["assignments"]:
            yield self._clause_leaf("assignments", passed["measure"], passed["clause"])

    def _of_section(self, change: ChangeJson) -> Iterator[Leaf]:
        match change["kind"]:
            case "added" | "removed":
                yield from self._whole("section", change["id"], self._records.sections)
            case "retitled":
                yield "section", change["id"], "title"
            case "attribute-changed":
                yield "section", change["id"], change["detail"]["field"]

    def _of_measure(self, change: ChangeJson) -> Iterator[Leaf]:
        id, kind, detail = change["id"], change["kind"], change["detail"]
        if kind in ("added", "removed", "clauses-changed"):
            yield from self._clauses_of(id)
        elif kind in ("split", "merged"):
            for entry in detail["from" if self._side == "old" else "into"]:
                if self._side == "old" or entry["clauses"]:
                    yield from self._clauses_of(entry["id"])
        elif kind == "reworded":
            for part in detail.get("clauses", [{"clause": 0}]):
                yield self._clause_leaf("text", id, part["clause"])
        elif kind in _BRACKET:
            yield self._clause_leaf("assignments", id, detail.get("clause", 0))

    def _clauses_of(self, id: str) -> Iterator[Leaf]:
        for at in range(len(self._records.measures.get(id, ()))):
            yield self._clause_leaf("text", id, at)
            yield self._clause_leaf("assignments", id, at)

    def _of_paragraph(self, change: ChangeJson) -> Iterator[Leaf]:
        if change[self._side] is None:
            return
        name = self._names[_place("paragraph", change[self._side])]
        match change["kind"]:
            case "added" | "removed":
                yield from ((*name, aspect) for aspect in ("text", "marker", "id"))
            case "reworded":
                yield (*name, "text")
            case "attribute-changed":
                yield (*name, change["detail"]["field"])


def _place(type: str, place: Mapping[str, Any]) -> _Position:
    return type, place["parent"], place["index"]
