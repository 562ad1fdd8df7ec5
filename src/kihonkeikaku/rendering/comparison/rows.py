"""The tree of two editions → the rows of a 新旧対照表, with （略） where nothing changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, groupby
from typing import Any, Final

from kihonkeikaku.diff.change import Change, Comparison
from kihonkeikaku.diff.change_description import Teller, field_name
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.comparison.change_index import Told
from kihonkeikaku.rendering.comparison.edition_lines import Key, Thing, by_key, things
from kihonkeikaku.rendering.comparison.options import TableForm
from kihonkeikaku.rendering.comparison.pairing import Node, paired, tree
from kihonkeikaku.rendering.comparison.table import (
    ABSENT_NEW,
    ABSENT_OLD,
    ELSEWHERE,
    OMITTED,
    Cell,
    Line,
    Piece,
    Row,
    Table,
)
from kihonkeikaku.rendering.comparison.underlining import Marker, Pair, merged, text_pair


def aside_rows(changes: Iterable[Change], teller: Teller) -> Iterator[Row]:
    """Yields one row for each field of the edition and each entry of the register that changed."""
    for subject, same in groupby(changes, key=_subject):
        of_subject = tuple(same)
        pairs = [_pair(change, teller) for change in of_subject]
        yield Row(
            new=Cell(tuple(_line(new, ABSENT_NEW) for _, new in pairs)),
            old=Cell(tuple(_line(old, ABSENT_OLD) for old, _ in pairs)),
            changes=of_subject,
            look=subject[0],
        )


def _subject(change: Change) -> tuple[str, str]:
    field = str(change.detail["field"]) if change.type == "edition" else ""
    return change.type, field or change.id or ""


def _line(pieces: tuple[Piece, ...], absent: str) -> Line:
    return Line("entry", pieces) if pieces else Line("aside", (Piece(absent),))


def _pair(change: Change, teller: Teller) -> Pair:
    detail: Any = change.detail
    match change.kind:
        case "added" | "removed":
            old, new = (place.text if place else "" for place in (change.old, change.new))
            return text_pair(old, new)
        case "ministry-renamed":
            return text_pair(detail["from"], detail["to"])
        case "ministry-succeeded":
            return text_pair("、".join(p["name"] for p in detail["from"]), detail["to"]["name"])
    return _field_pair(change, teller)


def _field_pair(change: Change, teller: Teller) -> Pair:
    detail: Any = change.detail
    field = detail["field"]
    of = f"{change.new.text}の" if change.type == "ministry" and change.new else ""
    name = Piece(f"{of}{field_name(field)}：")
    old, new = text_pair(teller.value(field, detail["old"]), teller.value(field, detail["new"]))
    return merged((name, *old)), merged((name, *new))


_NUMBERED: Final = ("group", "policy")
"""Headings that are abridged to their numbers where nothing under them changed."""

_KNOWN_BY: Final = 20
"""So many characters of a paragraph tell which one it is."""


def comparison_table(
    comparison: Comparison, old: Document, new: Document, form: TableForm
) -> Table:
    """Returns the table of a comparison.

    Which thing is which is taken from the changes; what the table prints is taken from the two
    editions alone, so that what no change tells would show as well.

    Args:
        comparison: what changed.
        old: the old edition, numbered.
        new: the new edition, numbered.
        form: the choices that officials make.
    """
    before, after = things(old), things(new)
    pairing = paired(comparison.changes, before, after)
    told = Told(comparison.changes)
    setter = _Setter(told, Marker(form.style), _places(before), _places(after))
    rows = tuple(setter.rows(tree(before, after, pairing)))
    return Table(form, rows, tuple(aside_rows(told.aside, Teller(old, new))))


def _places(trees: Iterable[Thing]) -> Mapping[Key, int]:
    """Returns which line of the edition each thing is, in order of print."""
    return dict(zip((key for key, _ in by_key(trees)), count(), strict=False))


class _Setter:
    """Sets rows."""

    def __init__(
        self, told: Told, marker: Marker, old_at: Mapping[Key, int], new_at: Mapping[Key, int]
    ) -> None:
        self._told, self._marker = told, marker
        self._old_at, self._new_at = old_at, new_at

    def rows(self, nodes: Iterable[Node], depth: int = 0) -> Iterator[Row]:
        """Yields the rows of what stands under one heading; （略） stands for as much as it can."""
        run: list[Node] = []
        for node in nodes:
            if run and self._family(node) != self._family(run[0]):
                yield self._abridged(run, depth)
                run = []
            if self._family(node):
                run.append(node)
            else:
                yield from self._node(node, depth)
        if run:
            yield self._abridged(run, depth)

    def _family(self, node: Node) -> tuple[str, bool] | None:
        """Returns which nodes this one can be abridged with; None if it can't be abridged."""
        thing = node.new
        if thing is None or thing.sort == "front" or not self._is_silent(node, renumbered=True):
            return None
        changed = node.old is not None and node.old.label != thing.label
        if thing.sort == "heading":
            return (thing.kind, False) if thing.kind in _NUMBERED and not changed else None
        return ("plain" if thing.sort in ("paragraph", "caption") else thing.sort), changed

    def _is_silent(self, node: Node, *, renumbered: bool = False) -> bool:
        """Returns whether nothing but perhaps its number differs here, and nothing at all below."""
        if not self._is_unchanged(node) or not node.old or not node.new:
            return False
        same = renumbered or node.old.label == node.new.label
        return same and all(self._is_silent(child) for child in node.children)

    def _is_unchanged(self, node: Node) -> bool:
        """Returns whether this line reads the same but for its number, and is told of nowhere."""
        return (
            node.old is not None
            and node.new is not None
            and not (node.moved or node.points or any(self._told.notes(node)))
            and node.old.body == node.new.body
            and (node.old.label == node.new.label or node.new.sort in ("item", "heading", "note"))
            and all(change.kind == "renumbered" for change in self._told.own(node))
        )

    def _abridged(self, run: Sequence[Node], depth: int) -> Row:
        olds = [node.old for node in run if node.old]
        news = [node.new for node in run if node.new]
        changed = olds[0].label != news[0].label
        return Row(
            new=self._abridged_cell(news, self._new_at, changed),
            old=self._abridged_cell(olds, self._old_at, changed),
            changes=tuple(change for node in run for change in self._all_own(node)),
            anchor=news[0].anchor,
            look="abridged",
            depth=depth,
        )

    def _abridged_cell(self, run: Sequence[Thing], at: Mapping[Key, int], changed: bool) -> Cell:
        label = "" if run[0].sort in ("paragraph", "caption") else _labels(run)
        pieces = (Piece(label, "line" if changed else ""),) if label else ()
        omitted = Piece(("　" if label else "") + OMITTED)
        look = _look(run[0]) if label else "plain"
        return Cell((Line(look, (*pieces, omitted), omits=tuple(run)),), at[run[0].key])

    def _all_own(self, node: Node) -> Iterator[Change]:
        yield from self._told.own(node)
        for child in node.children:
            yield from self._all_own(child)

    def _node(self, node: Node, depth: int) -> Iterator[Row]:
        thing = node.new or node.old
        assert thing, "a node stands in one edition at least"
        if node.points:
            yield self._pointer(node, depth)
            return
        if thing.sort == "heading" and self._is_silent(node, renumbered=True) and node.children:
            yield self._abridged_heading(node, depth)
            return
        yield self._row(node, depth)
        yield from self.rows(node.children, depth + 1)

    def _pointer(self, node: Node, depth: int) -> Row:
        assert node.old and node.new, "what a node points to stands in both editions"
        name = [self._marker.label(node.old, moved=True), Piece(node.old.gap)]
        if node.old.sort == "heading":
            name.append(Piece(node.old.body, "" if node.old.label else self._marker.moved))
        elif node.old.sort == "paragraph":
            name.append(Piece(_beginning(node.old.body), self._marker.moved))
        [note] = self._told.notes(replace(node, moved=True))[0][-1:]
        lines = (_aside_line(merged((*name, Piece(note)))),)
        left = self._old_at[node.old.key]
        return Row(Cell((_said(ELSEWHERE),)), Cell(lines), look="pointer", depth=depth, left=left)

    def _abridged_heading(self, node: Node, depth: int) -> Row:
        """A heading under which nothing changed, with （略） for all that stands there."""
        row = self._row(node, depth)
        old, new = (
            replace(cell, lines=(*cell.lines, Line("plain", (Piece(OMITTED),), thing.children)))
            for cell, thing in ((row.old, node.old), (row.new, node.new))
            if thing
        )
        return replace(row, old=old, new=new, changes=tuple(self._all_own(node)))

    def _row(self, node: Node, depth: int) -> Row:
        old, new = self._lines(node)
        old_notes, new_notes = self._told.notes(node)
        thing = node.new or node.old
        assert thing, "a node stands in one edition at least"
        return Row(
            new=Cell(
                (*new, *map(_said, new_notes)), self._new_at[node.new.key] if node.new else None
            ),
            old=Cell(
                (*old, *map(_said, old_notes)), self._old_at[node.old.key] if node.old else None
            ),
            changes=self._told.own(node),
            touching=self._told.touching(node),
            anchor=node.new.anchor if node.new else None,
            look=_look(thing),
            level=thing.level,
            depth=depth,
        )

    def _lines(self, node: Node) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        if node.old is None or node.new is None:
            return self._one_sided(node)
        if node.new.sort == "item" and self._is_unchanged(node):
            changed = node.old.label != node.new.label
            old, new = (
                Line(
                    _look(thing),
                    (self._marker.label(thing, changed=changed), Piece("　" + OMITTED)),
                    (replace(thing, children=()),),
                )
                for thing in (node.old, node.new)
            )
            return (old,), (new,)
        before, after = self._marker.pair(node.old, node.new, moved=node.moved)
        return (Line(_look(node.old), before),), (Line(_look(node.new), after),)

    def _one_sided(self, node: Node) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        if node.old is None:
            assert node.new, "a node stands in one edition at least"
            whole = Line(_look(node.new), self._marker.whole(node.new))
            return (_said(ABSENT_OLD),), (whole,)
        return (Line(_look(node.old), self._marker.whole(node.old)),), (_said(ABSENT_NEW),)


def _beginning(text: str) -> str:
    """Returns enough of a paragraph, which has no number, to know it by."""
    return text if len(text) <= _KNOWN_BY else text[:_KNOWN_BY] + "…"


def _said(text: str) -> Line:
    return _aside_line((Piece(text),))


def _aside_line(pieces: tuple[Piece, ...]) -> Line:
    return Line("aside", pieces)


def _look(thing: Thing) -> str:
    """Returns how a line is set: by its kind for headings and paragraphs, else by its sort."""
    return thing.kind if thing.sort in ("heading", "paragraph", "front") else thing.sort


def _labels(run: Sequence[Thing]) -> str:
    """Returns 「②」, 「②・③」 or 「②～⑤」."""
    first, last = run[0].label, run[-1].label
    if len(run) == 1:
        return first
    return f"{first}・{last}" if len(run) == 2 else f"{first}～{last}"
