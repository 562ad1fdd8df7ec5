"""Changes → rows of a 新旧対照表: how each side reads, with what differs marked.

Both sides are taken from the numbered editions, so that nothing on the page is retyped.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Final

from kihonkeikaku.compare import Change, Place
from kihonkeikaku.compare.redline import Redline, redline, title_redline
from kihonkeikaku.numbering import (
    REPRINT_MARK,
    Assigned,
    Document,
    Item,
    NumberedClause,
    NumberedHeading,
    NumberedParagraph,
)
from kihonkeikaku.telling import Teller, field_name, kind_name, reason

ABSENT_OLD: Final = "（新設）"
ABSENT_NEW: Final = "（削る）"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one side's text, and whether it differs from the other side."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row: blocks of text, and what stands in brackets where there is none."""

    blocks: tuple[tuple[Piece, ...], ...] = ()
    absent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What happened, for the third column."""

    name: str
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that changed: both sides, and all that happened to it. ``anchor`` is new's."""

    new: Cell
    old: Cell
    remarks: tuple[Remark, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


Pair = tuple[tuple[Piece, ...], tuple[Piece, ...]]
"""Old and new pieces of what corresponds."""


def groups(changes: Iterable[Change], old: Document, new: Document) -> tuple[Group, ...]:
    """Returns the rows of a comparison by the headings they stand under, in reading order.

    Args:
        changes: the changes to show; what was merely renumbered belongs elsewhere.
        old: the old edition, numbered.
        new: the new edition, numbered.
    """
    teller = Teller(old, new)
    writer = _RowWriter(_Edition(old), _Edition(new), teller)
    return tuple(
        Group(heading, tuple(writer.rows(of_heading)))
        for heading, of_heading in groupby(changes, key=teller.group)
    )


class _Edition:
    """What stands where in one edition."""

    def __init__(self, document: Document) -> None:
        self.headings = {heading.id: heading for heading in document.headings()}
        self.items: dict[tuple[str | None, int], Item] = {}
        self.originals: dict[str, Item] = {}
        self.paragraphs: dict[tuple[str | None, int], NumberedParagraph] = {}
        for heading in document.headings():
            self._enter_body(heading.id, heading.body)
            for index, item in enumerate(heading.items):
                self.items[heading.id, index] = item
                if not item.reprint:
                    self.originals[item.measure] = item
                    self._enter_body(item.measure, item.body)

    def _enter_body(self, parent: str, body: tuple[NumberedParagraph, ...]) -> None:
        for index, paragraph in enumerate(body):
            self.paragraphs[parent, index] = paragraph

    def item(self, place: Place) -> Item:
        assert place.index is not None, "items stand in an order"
        return self.items[place.parent, place.index]

    def paragraph(self, place: Place) -> NumberedParagraph:
        assert place.index is not None, "paragraphs stand in an order"
        return self.paragraphs[place.parent, place.index]


class _RowWriter:
    """Writes the rows of one group."""

    def __init__(self, old: _Edition, new: _Edition, teller: Teller) -> None:
        self._old, self._new, self._teller = old, new, teller

    def rows(self, changes: Iterable[Change]) -> Iterable[Row]:
        for _, of_subject in groupby(changes, key=_subject):
            yield self._row(list(of_subject))

    def _row(self, changes: list[Change]) -> Row:
        first = changes[0]
        old, new = self._cells(first)
        moved = next((c for c in changes if c.kind in ("moved", "reprint-moved")), None)
        if moved and moved.old and moved.new:
            old = Cell(old.blocks, old.absent, f"（{moved.new.citation}へ移動）")
            new = Cell(new.blocks, new.absent, f"（{moved.old.citation}から移動）")
        remarks = tuple(self._remark(change) for change in changes)
        return Row(new, old, remarks, self._anchor(first))

    def _remark(self, change: Change) -> Remark:
        shown = change.kind in ("metadata-changed", "split", "merged", "clauses-changed", "moved")
        text = "" if shown else self._teller.particulars(change)
        return Remark(kind_name(change), text, reason(change))

    def _anchor(self, change: Change) -> str | None:
        if change.new is None or change.type not in ("measure", "section"):
            return None
        return self._new.item(change.new).anchor if change.type == "measure" else change.id

    def _cells(self, change: Change) -> tuple[Cell, Cell]:
        if change.kind in ("split", "merged"):
            return self._retold(change)
        if change.kind == "metadata-changed":
            return _field_cells(change)
        if change.kind == "ministry-succeeded":
            return _succession_cells(change)
        write = self._WRITERS[change.type]
        if change.old is None:
            assert change.new, "a change stands somewhere"
            return Cell(absent=ABSENT_OLD), _whole(write(self, None, change.new, change)[1])
        if change.new is None:
            return _whole(write(self, change.old, None, change)[0]), Cell(absent=ABSENT_NEW)
        old, new = write(self, change.old, change.new, change)
        return Cell((old,)), Cell((new,))

    def _retold(self, change: Change) -> tuple[Cell, Cell]:
        detail: Any = change.detail
        olds = (self._old.originals[entry["id"]] for entry in detail["from"])
        news = (self._new.originals[entry["id"]] for entry in detail["into"])
        return Cell(tuple(map(_numbered, olds))), Cell(tuple(map(_numbered, news)))

    def _measure(self, old: Place | None, new: Place | None, _: Change) -> Pair:
        before = self._old.item(old) if old else None
        after = self._new.item(new) if new else None
        if before is None or after is None:
            return _alone(before.text if before else "", after.text if after else "")
        label = _label(before.label, after.label)
        return _joined([label, *_clause_pairs(before.clauses, after.clauses)])

    def _paragraph(self, old: Place | None, new: Place | None, _: Change) -> Pair:
        before = self._old.paragraph(old) if old else None
        after = self._new.paragraph(new) if new else None
        if before is None or after is None:
            return _alone(before.text if before else "", after.text if after else "")
        return _joined(
            [
                _label(before.opening, after.opening),
                _sides(redline(before.inlines, after.inlines)),
                _label(before.closing, after.closing),
            ]
        )

    def _section(self, old: Place | None, new: Place | None, change: Change) -> Pair:
        before = self._heading(self._old, change) if old else None
        after = self._heading(self._new, change) if new else None
        if before is None or after is None:
            return _alone(before.text if before else "", after.text if after else "")
        label = _label(_label_text(before), _label_text(after))
        return _joined([label, _sides(title_redline(before.printed_title, after.printed_title))])

    def _heading(self, edition: _Edition, change: Change) -> NumberedHeading:
        return edition.headings[change.id or ""]

    def _ministry(self, old: Place | None, new: Place | None, _: Change) -> Pair:
        before, after = old.text if old else "", new.text if new else ""
        if not before or not after:
            return _alone(before, after)
        return _sides(title_redline(before, after))

    _WRITERS: Final[
        Mapping[str, Callable[["_RowWriter", Place | None, Place | None, Change], Pair]]
    ] = {
        "measure": _measure,
        "paragraph": _paragraph,
        "section": _section,
        "ministry": _ministry,
    }


def _subject(change: Change) -> tuple[Any, ...]:
    """What one row is about; each field of the edition has a row of its own."""
    field = change.detail.get("field") if change.type == "edition" else None
    return change.type, change.id, change.new or change.old, field


def _field_cells(change: Change) -> tuple[Cell, Cell]:
    name = field_name(str(change.detail["field"]))
    old, new = (str(change.detail[key] or "なし") for key in ("old", "new"))
    before, after = _sides(title_redline(old, new))
    return Cell(((Piece(f"{name}　"), *before),)), Cell(((Piece(f"{name}　"), *after),))


def _numbered(item: Item) -> tuple[Piece, ...]:
    """A measure with its full number: what was split or merged need not stand side by side."""
    return (Piece(item.number + item.text.removeprefix(item.label), marked=True),)


def _succession_cells(change: Change) -> tuple[Cell, Cell]:
    detail: Any = change.detail
    olds = tuple((Piece(entry["name"], marked=True),) for entry in detail["from"])
    return Cell(olds), Cell(((Piece(detail["to"]["name"], marked=True),),))


def _whole(pieces: tuple[Piece, ...]) -> Cell:
    return Cell((tuple(Piece(piece.text, marked=True) for piece in pieces),))


def _alone(old: str, new: str) -> Pair:
    return (Piece(old, marked=True),), (Piece(new, marked=True),)


def _label_text(heading: NumberedHeading) -> str:
    return f"{heading.label}　" if heading.label else ""


def _label(old: str, new: str) -> Pair:
    return (Piece(old, marked=old != new),), (Piece(new, marked=old != new),)


def _joined(pairs: Iterable[Pair]) -> Pair:
    olds, news = zip(*pairs, strict=True)
    return _merged(olds), _merged(news)


def _merged(parts: Iterable[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Joins neighbours that are marked alike, so that one change is one mark."""
    pieces = [piece for part in parts for piece in part if piece.text]
    return tuple(
        Piece("".join(piece.text for piece in run), marked)
        for marked, run in groupby(pieces, key=lambda piece: piece.marked)
    )


def _sides(marks: Redline) -> Pair:
    old = tuple(Piece(text, operation == "-") for operation, text in marks if operation != "+")
    new = tuple(Piece(text, operation == "+") for operation, text in marks if operation != "-")
    return old, new


def _clause_pairs(
    old: tuple[NumberedClause, ...], new: tuple[NumberedClause, ...]
) -> Iterable[Pair]:
    """Pairs clause by clause, or as a whole where the measure is divided otherwise now."""
    if len(old) != len(new):
        before, after = ("".join(clause.text for clause in side) for side in (old, new))
        yield _sides(title_redline(before, after))
        return
    for one, other in zip(old, new, strict=True):
        yield _sides(redline(one.inlines, other.inlines))
        yield _label(_mark(one), _mark(other))
        yield _bracket_pair(one.assigned, other.assigned)


def _mark(clause: NumberedClause) -> str:
    return REPRINT_MARK if clause.reprinted else ""


def _bracket_pair(old: tuple[Assigned, ...], new: tuple[Assigned, ...]) -> Pair:
    """The 【】 of both sides; a ministry is marked as a whole, with its ◎."""
    before, after = [a.text for a in old], [a.text for a in new]
    kept_old, kept_new = set[int](), set[int]()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for match in matcher.get_matching_blocks():
        kept_old.update(range(match.a, match.a + match.size))
        kept_new.update(range(match.b, match.b + match.size))
    return _bracket(before, kept_old, not new), _bracket(after, kept_new, not old)


def _bracket(names: list[str], kept: set[int], alone: bool) -> tuple[Piece, ...]:
    if not names:
        return ()
    pieces = [Piece("【", alone)]
    for index, name in enumerate(names):
        pieces.append(Piece(name, index not in kept))
        pieces.append(Piece("、" if index < len(names) - 1 else "】", alone))
    return tuple(pieces)
