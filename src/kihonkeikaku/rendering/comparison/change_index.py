"""Which changes a row of the table shows, and what it says of lines that moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.rendering.comparison.pairing import EditionLine, LineKey, LinePair

_FRONT_FIELDS: Final = {"title": 0, "stage": 0, "subtitle": 1, "label": 2}
"""Fields of the edition that are printed before the chapters, by the index of their line."""

_PLACE_KINDS: Final = ("added", "removed", "moved", "reordered", "renumbered")
"""Changes of where a measure stands, not of what it says."""


class ChangeIndex:
    """The changes of a comparison, by the lines that they are about.

    ``metadata`` are those that are about no line: of the edition's fields, and of ministries.
    """

    def __init__(self, changes: Iterable[Change]) -> None:
        self._by_new: dict[LineKey, list[Change]] = defaultdict(list)
        self._by_old: dict[LineKey, list[Change]] = defaultdict(list)
        self._by_measure: dict[str, list[Change]] = defaultdict(list)
        self._splits_and_mergers: dict[tuple[str, LineKey], list[Change]] = defaultdict(list)
        self.metadata: list[Change] = []
        for change in changes:
            self._add(change)

    def changes_of(self, pair: LinePair) -> tuple[Change, ...]:
        """Returns the changes that the row of this pair shows, and no other row."""
        if pair.pointer:
            return ()
        new = self._by_new[pair.new.key] if pair.new else []
        old = self._by_old[pair.old.key] if pair.old else []
        return (*new, *old)

    def related_to(self, pair: LinePair) -> tuple[Change, ...]:
        """Returns the changes that other rows show, and that also changed this pair's text."""
        found = [*self._of_side("from", pair.old), *self._of_side("into", pair.new)]
        if pair.old and pair.new and not pair.pointer:
            line = pair.new.line
            found += self._by_measure[line.id] if line.kind == "measure" and line.id else []
        own = {id(change) for change in self.changes_of(pair)}
        return tuple(change for change in found if id(change) not in own)

    def place_notes(self, pair: LinePair) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Returns what each side says of where this line came from or went, and of its notes."""
        if pair.is_division:
            return (), tuple(_division_note(change) for change in self._of_side("into", pair.new))
        old = [_split_or_merger_note(c, "into") for c in self._of_side("from", pair.old)]
        new = [_split_or_merger_note(c, "from") for c in self._of_side("into", pair.new)]
        if (pair.moved or pair.pointer) and pair.old and pair.new:
            old.append(f"（{_name_place(pair.new, pair.old)}へ移動）")
            new.append(f"（{_name_place(pair.old, pair.new)}から移動）")
        if any(change.detail.get("footnotes") for change in self.changes_of(pair)):
            new.append("（注を改める）")
        return tuple(old), tuple(new)

    def _of_side(self, side: str, line: EditionLine | None) -> list[Change]:
        return self._splits_and_mergers.get((side, line.key), []) if line else []

    def _add(self, change: Change) -> None:
        if change.kind in ("split", "merged"):
            for side in ("from", "into"):
                for key in _all_keys(change, side):
                    self._splits_and_mergers[side, key].append(change)
        if change.type == "ministry":
            self.metadata.append(change)
            for measure in _measures(change):
                self._by_measure[measure].append(change)
        elif change.type == "edition":
            self._add_field(change)
        else:
            self._add_placed(change)

    def _add_field(self, change: Change) -> None:
        index = _FRONT_FIELDS.get(str(change.detail["field"]))
        if index is None:
            self.metadata.append(change)
            return
        key: LineKey = ("front", (None, index))
        gone = index and change.detail["new"] is None
        (self._by_old if gone else self._by_new)[key].append(change)

    def _add_placed(self, change: Change) -> None:
        if change.detail.get("field") == "measures_label":
            key: LineKey = ("measures-label", (change.id, 0))
            (self._by_new if change.detail["new"] else self._by_old)[key].append(change)
        elif change.new:
            self._by_new[change.type, change.new.slot].append(change)
        elif change.old:
            self._by_old[change.type, change.old.slot].append(change)
        if change.type == "measure" and change.id and change.kind not in _PLACE_KINDS:
            self._by_measure[change.id].append(change)


def _all_keys(change: Change, side: str) -> Iterator[LineKey]:
    detail: Any = change.detail
    for entry in detail[side]:
        yield change.type, (entry["parent"], entry["index"])


def _measures(change: Change) -> tuple[str, ...]:
    detail: Any = change.detail
    return tuple(detail.get("measures", ()))


def _split_or_merger_note(change: Change, other: str) -> str:
    """Returns what one side says of a split or merger: the places on the other side."""
    detail: Any = change.detail
    places = "、".join(entry["citation"] for entry in detail[other])
    what = "分割" if change.kind == "split" else "統合"
    stays = change.type == "measure" and all(not entry["clauses"] for entry in detail["from"])
    if stays:
        return f"（一部を{places}に分割）" if other == "into" else f"（{places}の一部を分割）"
    return f"（{places}に{what}）" if other == "into" else f"（{places}を{what}）"


def _division_note(change: Change) -> str:
    """Returns what the row says in which all paragraphs of a division stand side by side."""
    return "（項目を分割）" if change.kind == "split" else "（項目を統合）"


def _name_place(line: EditionLine, other: EditionLine) -> str:
    """Returns the citation of a line, or its index where the other edition's citation is equal."""
    if line.line.citation != other.line.citation:
        return line.line.citation
    return f"{line.line.index + 1}番目"
