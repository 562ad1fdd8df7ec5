"""What the plan says now of each unit that was sent: it may have moved on meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from kihonkeikaku.consultation.units import line_unit, unit_type
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.sheet import SheetUnit
from kihonkeikaku.text.similarity import pair_similar

_SIMILAR: Final = 0.35
"""Least similarity of two paragraphs without ids under one parent, as in ``diff``."""


@dataclass(frozen=True, slots=True)
class PresentUnit:
    """A line of the plan as it is now, and what of it a unit is about.

    ``note`` is the index of the footnote, of the line's footnotes, where the unit is one.
    """

    line: DocumentLine
    unit: SheetUnit
    note: int | None = None

    @property
    def text(self) -> str:
        """What the plan says now."""
        return self.unit.text if self.note is None else self.unit.notes[self.note]


class PresentUnits:
    """The lines of the plan as it is now, by the units that were sent.

    Args:
        document: the plan now.
        sent: the units of one sheet.
    """

    def __init__(self, document: Document, sent: Iterable[SheetUnit]) -> None:
        self._named: dict[tuple[str, str | None, str | None], DocumentLine] = {}
        self._unnamed: dict[tuple[str, str | None], list[DocumentLine]] = defaultdict(list)
        for line in document.lines():
            key = _name(unit_type(line), line.id, line.parent)
            if key:
                self._named.setdefault(key, line)
            else:
                self._unnamed[line.kind, line.parent].append(line)
        self._found: dict[str, DocumentLine] = {}
        groups: dict[tuple[str, str | None], list[SheetUnit]] = defaultdict(list)
        for unit in sent:
            key = _name(unit.type, unit.id, unit.parent)
            if key is None:
                groups[unit.type, unit.parent].append(unit)
            elif key in self._named:
                self._found[unit.bookmark] = self._named[key]
        for place, units in groups.items():
            for unit, line in _align(units, self._unnamed.get(place, ())):
                self._found[unit.bookmark] = line

    def find(self, unit: SheetUnit) -> PresentUnit | None:
        """Returns the line of a unit, or of the footnote of one; nothing where it is gone."""
        bookmark, _, note = unit.bookmark.partition("n")
        line = self._found.get(bookmark)
        if line is None:
            return None
        present = line_unit(line)
        if not note:
            return PresentUnit(line, present)
        at = int(note)
        return PresentUnit(line, present, at) if at < len(present.notes) else None


_Name = tuple[str, str | None, str | None]


def _name(type: str, id: str | None, parent: str | None) -> _Name | None:
    """Returns what a line is known by without its place; nothing where only its place tells."""
    if type == "reprint":
        return type, id, parent
    if id is not None:
        return type, id, None
    return (type, None, parent) if type == "measures-label" else None


def _align(
    sent: Sequence[SheetUnit], now: Sequence[DocumentLine]
) -> Iterator[tuple[SheetUnit, DocumentLine]]:
    """Yields the units and lines of one place that are the same: by text, by order, by likeness."""
    before = [unit.text for unit in sent]
    after = [line_unit(line).text for line in now]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, i, i_end, j, j_end in matcher.get_opcodes():
        if op == "equal":
            yield from zip(sent[i:i_end], now[j:j_end], strict=True)
        elif op == "replace":
            pairs = pair_similar(before[i:i_end], after[j:j_end], _SIMILAR, lambda *_: True)
            yield from ((sent[i + a], now[j + b]) for a, b in pairs)
