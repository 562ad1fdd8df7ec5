"""Which changes belong to which thing of a table, and what it says of things that moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.rendering.comparison.edition_lines import Key, Thing
from kihonkeikaku.rendering.comparison.pairing import Node

_FRONT_FIELDS: Final = {"title": 0, "stage": 0, "subtitle": 1, "label": 2}
"""Fields of the edition that stand before the chapters, by the index of their line."""

_OF_PLACES: Final = ("added", "removed", "moved", "reordered", "renumbered")


class Told:
    """The changes of a comparison, by the things that they are about."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._of_new: dict[Key, list[Change]] = defaultdict(list)
        self._of_old: dict[Key, list[Change]] = defaultdict(list)
        self._of_content: dict[str, list[Change]] = defaultdict(list)
        self._retold: dict[tuple[str, Key], list[Change]] = defaultdict(list)
        self.aside: list[Change] = []
        for change in changes:
            self._enter(change)

    def own(self, node: Node) -> tuple[Change, ...]:
        """Returns the changes that are told where this node stands, and nowhere else."""
        if node.points:
            return ()
        new = self._of_new[node.new.key] if node.new else []
        old = self._of_old[node.old.key] if node.old else []
        return (*new, *old)

    def touching(self, node: Node) -> tuple[Change, ...]:
        """Returns the changes that are told elsewhere, and of which this node shows something."""
        thing = node.new or node.old
        found = self._all_retold(node)
        if thing and thing.sort == "item" and thing.id and node.old and node.new:
            found += [] if node.points else self._of_content[thing.id]
        own = {id(change) for change in self.own(node)}
        return tuple(change for change in found if id(change) not in own)

    def notes(self, node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Returns what the old and the new side say of where this came from or went."""
        old = [_split_or_merged(c, "into") for c in self._of_side("from", node.old)]
        new = [_split_or_merged(c, "from") for c in self._of_side("into", node.new)]
        if node.moved and node.old and node.new:
            old.append(f"（{_place(node.new, node.old)}へ移動）")
            new.append(f"（{_place(node.old, node.new)}から移動）")
        return tuple(old), tuple(new)

    def _all_retold(self, node: Node) -> list[Change]:
        return [*self._of_side("from", node.old), *self._of_side("into", node.new)]

    def _of_side(self, side: str, thing: Thing | None) -> list[Change]:
        return self._retold.get((side, thing.key), []) if thing else []

    def _enter(self, change: Change) -> None:
        if change.kind in ("split", "merged"):
            for side in ("from", "into"):
                for key in _entries(change, side):
                    self._retold[side, key].append(change)
        if change.type == "ministry":
            self.aside.append(change)
            for measure in _measures(change):
                self._of_content[measure].append(change)
        elif change.type == "edition":
            self._enter_field(change)
        else:
            self._enter_placed(change)

    def _enter_field(self, change: Change) -> None:
        index = _FRONT_FIELDS.get(str(change.detail["field"]))
        if index is None:
            self.aside.append(change)
            return
        key: Key = ("front", (None, index))
        gone = index and change.detail["new"] is None
        (self._of_old if gone else self._of_new)[key].append(change)

    def _enter_placed(self, change: Change) -> None:
        if change.detail.get("field") == "measures_label":
            caption: Key = ("caption", (change.id, 0))
            (self._of_new if change.detail["new"] else self._of_old)[caption].append(change)
        elif change.new:
            self._of_new[change.type, change.new.spot].append(change)
        elif change.old:
            self._of_old[change.type, change.old.spot].append(change)
        if change.type == "measure" and change.id and change.kind not in _OF_PLACES:
            self._of_content[change.id].append(change)


def _entries(change: Change, side: str) -> Iterator[Key]:
    detail: Any = change.detail
    for entry in detail[side]:
        yield "measure", (entry["parent"], entry["index"])


def _measures(change: Change) -> tuple[str, ...]:
    detail: Any = change.detail
    return tuple(detail.get("measures", ()))


def _split_or_merged(change: Change, other: str) -> str:
    """Returns what one side says of a split or merger: the places on the other side."""
    detail: Any = change.detail
    places = "、".join(entry["citation"] for entry in detail[other])
    what = "分割" if change.kind == "split" else "統合"
    return f"（{places}に{what}）" if other == "into" else f"（{places}を{what}）"


def _place(thing: Thing, other: Thing) -> str:
    """Returns how to call a thing's place, where the other edition's is another one."""
    if thing.citation != other.citation:
        return thing.citation
    return f"{thing.key[1][1] + 1}番目"
