"""The tree of two editions → the rows of a 新旧対照表, with （略） where nothing changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from kihonkeikaku.diff.change import Change, Comparison
from kihonkeikaku.diff.change_description import ChangeDescriber, field_name
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.comparison.change_index import ChangeIndex
from kihonkeikaku.rendering.comparison.pairing import (
    EditionLine,
    LineKey,
    LinePair,
    edition_tree,
    lines_by_key,
    merge_editions,
)
from kihonkeikaku.rendering.comparison.table import (
    ABSENT_NEW,
    ABSENT_OLD,
    ELSEWHERE,
    OMITTED,
    ComparisonTable,
    Piece,
    TableCell,
    TableLine,
    TableRow,
    Underline,
    plain_line,
)
from kihonkeikaku.rendering.comparison.table_options import TableOptions
from kihonkeikaku.rendering.comparison.underlining import (
    PiecePair,
    Underliner,
    merge_pieces,
    underline_texts,
)
from kihonkeikaku.text.grapheme_clusters import cut_short

ABRIDGED_TO_NUMBERS: Final = ("group", "policy")
"""Headings that are abridged to their numbers where nothing under them changed."""

_BEGINNING: Final = 20
"""So many characters of a paragraph, which has no number, are printed to name it."""

_LOOKS: Final = {"measure": "item", "measures-label": "caption", "footnote": "note"}
"""How lines are set that are of one look each; others are set by their variant."""


def comparison_table(
    comparison: Comparison, old: Document, new: Document, options: TableOptions
) -> ComparisonTable:
    """Returns the table of a comparison.

    Which lines correspond is taken from the changes; what the table prints is taken from the two
    editions alone, so that a difference without a change would show as well.

    Args:
        comparison: what changed.
        old: the old edition, numbered.
        new: the new edition, numbered.
        options: the choices that officials make.
    """
    before, after = edition_tree(old), edition_tree(new)
    index = ChangeIndex(comparison.changes)
    writer = _RowWriter(index, Underliner(options.style), line_numbers(before), line_numbers(after))
    rows = writer.rows(merge_editions(before, after, comparison.changes))
    metadata_rows = _metadata_rows(index.metadata, ChangeDescriber(old, new))
    return ComparisonTable(options, tuple(rows), tuple(metadata_rows))


def unabridged_table(
    comparison: Comparison, old: Document, new: Document, options: TableOptions
) -> ComparisonTable:
    """Returns the table of a comparison with one row for each line of the new edition.

    Nothing is abridged, and paragraphs that were divided or joined stand alone.
    """
    before, after = edition_tree(old), edition_tree(new)
    index = ChangeIndex(comparison.changes)
    writer = _RowWriter(
        index, Underliner(options.style), line_numbers(before), line_numbers(after), whole=True
    )
    pairs = merge_editions(before, after, comparison.changes, beside=False)
    metadata_rows = _metadata_rows(index.metadata, ChangeDescriber(old, new))
    return ComparisonTable(options, tuple(writer.rows(pairs)), tuple(metadata_rows))


def line_numbers(trees: Iterable[EditionLine]) -> Mapping[LineKey, int]:
    """Returns the place of each line in the edition, in order of print."""
    return {key: number for number, (key, _) in enumerate(lines_by_key(trees))}


class _RowWriter:
    """Writes the rows of the text."""

    def __init__(
        self,
        index: ChangeIndex,
        underliner: Underliner,
        old_numbers: Mapping[LineKey, int],
        new_numbers: Mapping[LineKey, int],
        *,
        whole: bool = False,
    ) -> None:
        """With ``whole``, nothing is abridged."""
        self._whole = whole
        self._index, self._underliner = index, underliner
        self._old_numbers, self._new_numbers = old_numbers, new_numbers

    def rows(self, pairs: Iterable[LinePair], depth: int = 0) -> Iterator[TableRow]:
        """Yields the rows of what stands under one heading; （略） stands for as much as it can."""
        for omittable, run in groupby(pairs, key=self._omission_group):
            if omittable:
                yield self._omission_row(list(run), depth)
            else:
                for pair in run:
                    yield from self._pair_rows(pair, depth)

    def _omission_group(self, pair: LinePair) -> tuple[str, bool] | None:
        """Returns which pairs one （略） can stand for with this one; None if none can."""
        if self._whole or pair.new is None or pair.old is None or pair.new.line.kind == "front":
            return None
        if not self._is_same_below(pair):
            return None
        line = pair.new.line
        renumbered = pair.old.line.label != line.label
        if line.kind == "heading":
            abridged = line.variant in ABRIDGED_TO_NUMBERS and not renumbered
            return (line.variant, False) if abridged else None
        return (line.kind if line.label else "unnumbered"), renumbered

    def _is_same_below(self, pair: LinePair) -> bool:
        """Returns whether nothing but perhaps its number differs here, and nothing at all below."""
        return self._is_same(pair) and all(
            self._is_same_below(child) and _labels_equal(child) for child in pair.children
        )

    def _is_same(self, pair: LinePair) -> bool:
        """Returns whether only the number of this line differs, and no change says more of it."""
        return (
            pair.old is not None
            and pair.new is not None
            and not (pair.moved or pair.pointer or any(self._index.place_notes(pair)))
            and pair.old.line.body == pair.new.line.body
            and all(change.kind == "renumbered" for change in self._index.changes_of(pair))
        )

    def _omission_row(self, run: Sequence[LinePair], depth: int) -> TableRow:
        olds = [pair.old for pair in run if pair.old]
        news = [pair.new for pair in run if pair.new]
        renumbered = olds[0].line.label != news[0].line.label
        return TableRow(
            new=_omission_cell(news, self._new_numbers, renumbered),
            old=_omission_cell(olds, self._old_numbers, renumbered),
            changes=tuple(change for pair in run for change in self._changes_below(pair)),
            anchor=news[0].line.anchor,
            look="abridged",
            depth=depth,
        )

    def _changes_below(self, pair: LinePair) -> Iterator[Change]:
        yield from self._index.changes_of(pair)
        for child in pair.children:
            yield from self._changes_below(child)

    def _pair_rows(self, pair: LinePair, depth: int) -> Iterator[TableRow]:
        line = _either(pair).line
        if pair.pointer:
            yield self._pointer_row(pair, depth)
        elif (
            line.kind == "heading"
            and pair.children
            and not self._whole
            and self._is_same_below(pair)
        ):
            yield self._omitting_heading_row(pair, depth)
        else:
            yield self._row(pair, depth)
            yield from self.rows(pair.children, depth + 1)

    def _pointer_row(self, pair: LinePair, depth: int) -> TableRow:
        """Returns the row at the old place of something that moved."""
        old = pair.old
        assert old and pair.new, "what moved stands in both editions"
        name = [self._underliner.underline_head(old, moved=True), Piece(old.line.gap)]
        if old.line.kind == "heading":
            name.append(Piece(old.content, "" if old.line.label else self._underliner.moved))
        elif old.line.kind == "paragraph":
            name.append(Piece(_beginning(old.content), self._underliner.moved))
        note = self._index.place_notes(pair)[0][-1]
        cell = TableCell((TableLine("aside", merge_pieces((*name, Piece(note)))),))
        left = self._old_numbers[old.key]
        return TableRow(
            TableCell((plain_line(ELSEWHERE),)), cell, look="pointer", depth=depth, left=left
        )

    def _omitting_heading_row(self, pair: LinePair, depth: int) -> TableRow:
        """Returns a heading under which nothing changed, with （略） for all that stands there."""
        row = self._row(pair, depth)
        old, new = (
            replace(
                cell,
                lines=(
                    *cell.lines,
                    TableLine("plain", (Piece(OMITTED),), tuple(heading.children)),
                ),
            )
            for cell, heading in ((row.old, pair.old), (row.new, pair.new))
            if heading
        )
        return replace(row, old=old, new=new, changes=tuple(self._changes_below(pair)))

    def _row(self, pair: LinePair, depth: int) -> TableRow:
        old, new = self._lines(pair)
        old_notes, new_notes = self._index.place_notes(pair)
        line = _either(pair)
        return TableRow(
            new=TableCell(
                (*new, *map(plain_line, new_notes)),
                self._new_numbers[pair.new.key] if pair.new else None,
            ),
            old=TableCell(
                (*old, *map(plain_line, old_notes)),
                self._old_numbers[pair.old.key] if pair.old else None,
            ),
            changes=self._index.changes_of(pair),
            related=self._index.related_to(pair),
            anchor=pair.new.line.anchor if pair.new else None,
            look=line_look(line),
            level=line.line.level,
            depth=depth,
        )

    def _lines(self, pair: LinePair) -> tuple[tuple[TableLine, ...], tuple[TableLine, ...]]:
        underliner = self._underliner
        if pair.old is None or pair.new is None:
            line = _either(pair)
            whole = TableLine(line_look(line), underliner.underline_whole(line))
            if pair.new:
                return (plain_line(ABSENT_OLD),), (whole,)
            return (whole,), (plain_line(ABSENT_NEW),)
        if pair.new.line.kind == "measure" and not self._whole and self._is_same(pair):
            changed = not _labels_equal(pair)
            old, new = (
                TableLine(
                    line_look(line),
                    (underliner.underline_head(line, changed=changed), Piece("　" + OMITTED)),
                    (EditionLine(line.line),),
                )
                for line in (pair.old, pair.new)
            )
            return (old,), (new,)
        if pair.is_division:
            return (
                tuple(self._undivided(pair.old, pair.more_old)),
                tuple(self._undivided(pair.new, pair.more_new)),
            )
        before, after = underliner.underline_pair(pair.old, pair.new, moved=pair.moved)
        return (TableLine(line_look(pair.old), before),), (TableLine(line_look(pair.new), after),)

    def _undivided(self, first: EditionLine, more: Sequence[EditionLine]) -> Iterator[TableLine]:
        """Yields paragraphs whose words stayed: only the marks of those that follow differ."""
        for at, line in enumerate((first, *more)):
            head = self._underliner.underline_head(line, changed=at > 0)
            pieces = merge_pieces([head, Piece(line.line.gap + line.content)])
            yield TableLine(line_look(line), pieces)


def _either(pair: LinePair) -> EditionLine:
    line = pair.new or pair.old
    assert line, "a pair stands in one edition at least"
    return line


def _labels_equal(pair: LinePair) -> bool:
    return bool(pair.old and pair.new and pair.old.line.label == pair.new.line.label)


def _omission_cell(
    run: Sequence[EditionLine], numbers: Mapping[LineKey, int], renumbered: bool
) -> TableCell:
    return TableCell((omission_line(run, "line" if renumbered else ""),), numbers[run[0].key])


def omission_line(run: Sequence[EditionLine], underline: Underline) -> TableLine:
    """Returns one （略） for these lines, with their numbers if they have any, underlined so."""
    omits = tuple(run)
    labels = _name_labels([line.line.label for line in run])
    if not labels:
        return TableLine("plain", (Piece(OMITTED),), omits)
    return TableLine(line_look(run[0]), (Piece(labels, underline), Piece("　" + OMITTED)), omits)


def _name_labels(labels: Sequence[str]) -> str:
    """Returns labels in a row as the table prints them: 「②」, 「②・③」 or 「②～⑤」."""
    first, last = labels[0], labels[-1]
    if len(labels) == 1 or not first:
        return first
    return f"{first}・{last}" if len(labels) == 2 else f"{first}～{last}"


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else cut_short(text, _BEGINNING) + "…"


def line_look(line: EditionLine) -> str:
    """Returns how a line is set."""
    return _LOOKS.get(line.line.kind, line.line.variant)


def _metadata_rows(changes: Iterable[Change], describer: ChangeDescriber) -> Iterator[TableRow]:
    """Yields a row for each field of the edition and each entry of the register that changed."""
    for subject, same in groupby(changes, key=_subject):
        of_subject = tuple(same)
        pairs = [_metadata_pair(change, describer) for change in of_subject]
        yield TableRow(
            new=TableCell(tuple(_metadata_line(new, ABSENT_NEW) for _, new in pairs)),
            old=TableCell(tuple(_metadata_line(old, ABSENT_OLD) for old, _ in pairs)),
            changes=of_subject,
            look=subject[0],
        )


def _subject(change: Change) -> tuple[str, str]:
    field = str(change.detail["field"]) if change.type == "edition" else ""
    return change.type, field or change.id or ""


def _metadata_line(pieces: tuple[Piece, ...], absent: str) -> TableLine:
    return TableLine("entry", pieces) if pieces else plain_line(absent)


def _metadata_pair(change: Change, describer: ChangeDescriber) -> PiecePair:
    detail: Any = change.detail
    match change.kind:
        case "added" | "removed":
            old, new = (place.text if place else "" for place in (change.old, change.new))
            return underline_texts(old, new)
        case "ministry-renamed":
            return underline_texts(detail["from"], detail["to"])
        case "ministry-succeeded":
            names = "、".join(entry["name"] for entry in detail["from"])
            return underline_texts(names, detail["to"]["name"])
    field = detail["field"]
    owner = f"{change.new.text}の" if change.type == "ministry" and change.new else ""
    name = Piece(f"{owner}{field_name(field)}：")
    values = (
        describer.format_value(field, detail["old"]),
        describer.format_value(field, detail["new"]),
    )
    before, after = underline_texts(*values)
    return merge_pieces((name, *before)), merge_pieces((name, *after))
