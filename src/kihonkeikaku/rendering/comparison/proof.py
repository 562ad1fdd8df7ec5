"""The proof that a 新旧対照表 holds both editions whole, and abridges only what both have.

The table is read back as by a reader who has both editions at hand: what it prints is taken from
its cells, what it abridges from the edition, and the whole is compared with the edition's text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kihonkeikaku.diff.change import Comparison
from kihonkeikaku.diff.comparison_proof import Proof, ProofError
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.comparison.pairing import EditionLine
from kihonkeikaku.rendering.comparison.table import (
    ComparisonTable,
    EditionSide,
    TableCell,
    TableLine,
    TableRow,
)

_MOVES: Final = ("moved", "reordered", "reprint-moved")
_SIDE_NAMES: Final = {"old": "変更前", "new": "変更後"}


def prove_table(
    table: ComparisonTable, comparison: Comparison, old: Document, new: Document
) -> Proof:
    """Checks the table and returns what was proved of it.

    Raises:
        ProofError: it leaves out, repeats or alters something of either edition, abridges what
            is not the same in both, or fails to show a change.
    """
    _require_text_of(table, old, "old")
    _require_text_of(table, new, "new")
    _require_marked_moves(table)
    abridged = [pair for row in table.rows for pair in _abridged(row)]
    for before, after in abridged:
        _require_same_omission(before, after)
    _require_each_change_once(table, comparison)
    count = sum(len(list(line.omitted_texts())) for line, _ in abridged)
    characters = sum(len(text) for _, line in abridged for text in line.omitted_texts())
    return Proof(
        "abridgements",
        f"この表の（略）{len(abridged):,}か所は、どれも変更前と変更後とで同じ文を略したものです"
        f"（合わせて{count:,}行、{characters:,}字）。（略）を元の文に、移動したものを元の場所に戻した"
        "表は、変更前と変更後の"
        f"全文（{_length(old):,}字と{_length(new):,}字）に、一字も違わず一致します。"
        f"変更{len(comparison.changes):,}件は、すべて表に現れています。",
    )


def _require_text_of(table: ComparisonTable, document: Document, side: EditionSide) -> None:
    """Requires that one side, written out in full, is the edition."""
    cells = [_cell(row, side) for row in table.rows]
    placed = sorted((cell.at, at) for at, cell in enumerate(cells) if cell.at is not None)
    written = [text for _, at in placed for text in cells[at].plan_texts()]
    if written != [line.text for line in document.lines()]:
        raise ProofError(f"表の{_SIDE_NAMES[side]}が、版の全文と一致しません")
    if any(cell.at is None and list(cell.plan_texts()) for cell in cells):
        raise ProofError(f"表の{_SIDE_NAMES[side]}に、版のどこでもない文があります")
    if side == "new" and [at for _, at in placed] != sorted(at for _, at in placed):
        raise ProofError("表が新しい版の順に並んでいません")


def _require_marked_moves(table: ComparisonTable) -> None:
    """Requires that what moved can be put back to its old place, by what stands there."""
    marked = Counter(row.left for row in table.rows if row.left is not None)
    moved = Counter(
        row.old.at for row in table.rows for change in row.changes if change.kind in _MOVES
    )
    if marked != moved:
        raise ProofError("移動したものの元の場所が、表に一度ずつ示されていません")
    read = [row.old.at for row in _old_order(table.rows) if row.old.at is not None]
    if read != sorted(row.old.at for row in table.rows if row.old.at is not None):
        raise ProofError("移動したものを元の場所に戻しても、表が前の版の順になりません")


def _old_order(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """Yields the rows as they stood in the old edition: what moved, at the place that it left."""
    left = {row.left for row in rows if row.left is not None}
    moved = {row.old.at: at for at, row in enumerate(rows) if row.old.at in left}
    elsewhere, ends = set(moved.values()), _ends(rows)
    stretches = [(0, len(rows))]
    while stretches:
        at, end = stretches.pop()
        if at == end:
            continue
        row = rows[at]
        if at in elsewhere:
            stretches.append((ends[at], end))
            continue
        stretches.append((at + 1, end))
        if row.left is None:
            yield row
        elif row.left in moved:
            there = moved.pop(row.left)
            yield rows[there]
            stretches.append((there + 1, ends[there]))


def _ends(rows: Sequence[TableRow]) -> list[int]:
    """Returns, row by row, where what stands under it ends."""
    ends = [len(rows)] * len(rows)
    above: list[int] = []
    for at, row in enumerate(rows):
        while above and rows[above[-1]].depth >= row.depth:
            ends[above.pop()] = at
        above.append(at)
    return ends


def _length(document: Document) -> int:
    return sum(len(line.text) for line in document.lines())


def _cell(row: TableRow, side: EditionSide) -> TableCell:
    return row.old if side == "old" else row.new


def _abridged(row: TableRow) -> Iterator[tuple[TableLine, TableLine]]:
    """Yields each （略） of a row with the one that stands beside it."""
    olds = [line for line in row.old.lines if line.omits]
    news = [line for line in row.new.lines if line.omits]
    if len(olds) != len(news):
        raise ProofError("一方の側だけに（略）があります")
    yield from zip(olds, news, strict=True)


def _require_same_omission(old: TableLine, new: TableLine) -> None:
    """Requires that a （略） stands for the same text on both sides, but for the labels."""
    if [_unlabelled(line) for line in old.omits] != [_unlabelled(line) for line in new.omits]:
        raise ProofError(f"「{new.text}」が、両側で同じ文の略ではありません")
    for line in (old, new):
        labels = line.text.removesuffix("（略）").rstrip("　")
        if labels and not _names(labels, line.omits):
            raise ProofError(f"「{line.text}」の番号が、略したものの番号ではありません")


def _unlabelled(line: EditionLine) -> tuple[str, ...]:
    below = (text for child in line.children for text in child.texts())
    return (line.line.body, *below)


def _names(labels: str, omits: Sequence[EditionLine]) -> bool:
    """Returns whether 「②」, 「②・③」 or 「②～⑤」 names these lines."""
    first, last = omits[0].line.label, omits[-1].line.label
    return labels == {1: first, 2: f"{first}・{last}"}.get(len(omits), f"{first}～{last}")


def _require_each_change_once(table: ComparisonTable, comparison: Comparison) -> None:
    """Requires that the table shows each change exactly once."""
    shown = [id(change) for row in table.all_rows for change in row.changes]
    if sorted(shown) != sorted(id(change) for change in comparison.changes):
        raise ProofError("表に現れない変更、又は二度現れる変更があります")
