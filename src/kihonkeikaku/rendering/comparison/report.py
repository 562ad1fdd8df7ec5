"""What the templates of a comparison are given, on screen and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.change_description import Teller, kind_name, mark_words, reason
from kihonkeikaku.diff.comparison import Compared
from kihonkeikaku.diff.comparison_proof import Proof
from kihonkeikaku.rendering.comparison.options import NewSide, Remarks, TableForm
from kihonkeikaku.rendering.comparison.proof import prove_table
from kihonkeikaku.rendering.comparison.rows import comparison_table
from kihonkeikaku.rendering.comparison.summary import Summary, summary
from kihonkeikaku.rendering.comparison.table import Row, Side, Table, viewed

Remark = tuple[tuple[str, str], ...]
"""What stands beside a row: words and what there is to say of them."""

_PLACES: Final = 2
"""Headings down to this level are listed in the contents."""


@dataclass(frozen=True, slots=True)
class Place:
    """A heading under which something changed, for the contents."""

    text: str
    level: int
    count: int
    row: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A comparison, ready to be set: the table, proved, and what stands before and after it."""

    compared: Compared
    table: Table
    summary: Summary
    proofs: tuple[Proof, ...]

    def values(self) -> dict[str, object]:
        """Returns the values of a template by name."""
        left = self.table.form.side is NewSide.LEFT
        order: tuple[Side, ...] = ("new", "old") if left else ("old", "new")
        return {
            "new": self.compared.new,
            "old": self.compared.old,
            "view": self.compared.view,
            "table": self.table,
            "summary": self.summary,
            "proofs": self.proofs,
            "order": order,
            "places": tuple(_places(self.table)),
            "remarks": self.remarks(),
        }

    def remarks(self) -> tuple[Remark, ...]:
        """Returns what the 備考 column says, row by row; nothing where there is no such column."""
        rows = (*self.table.rows, *self.table.aside)
        match self.table.form.remarks:
            case Remarks.KINDS:
                return tuple(tuple(self._kinds(row)) for row in rows)
            case Remarks.REASONS:
                return tuple(tuple(_reasons(row)) for row in rows)
        return ()

    def _kinds(self, row: Row) -> Iterator[tuple[str, str]]:
        teller = Teller(self.compared.old, self.compared.new)
        brief = ("lead-changed", "assignment-added", "assignment-removed", "removed", "reordered")
        for change in (*row.changes, *row.touching):
            if change.kind == "renumbered":
                continue
            marks = (name for name, _ in mark_words(self.compared.judge.of(change)))
            told = teller.particulars(change) if change.kind in brief else ""
            yield kind_name(change), "・".join(filter(None, (told, *marks)))


def sheet(compared: Compared, form: TableForm, *proofs: Proof) -> Sheet:
    """Returns a comparison, ready to be set.

    Args:
        compared: the comparison.
        form: the choices that officials make for its table.
        proofs: what else was proved and is to be printed, such as that of the amendment text.

    Raises:
        ProofError: the table is not what it claims to be.
    """
    whole = comparison_table(compared.comparison, compared.old, compared.new, form)
    proof = prove_table(whole, compared.comparison, compared.old, compared.new)
    table = viewed(whole, compared.view)
    return Sheet(compared, table, summary(compared, table), (*compared.proofs, proof, *proofs))


def _reasons(row: Row) -> Iterator[tuple[str, str]]:
    changes: tuple[Change, ...] = (*row.changes, *row.touching)
    for why in dict.fromkeys(filter(None, map(reason, changes))):
        yield why, ""


def _places(table: Table) -> Iterator[Place]:
    """Yields the chapters and sections under which something changed, but for numbers."""
    rows = table.rows
    counts = [sum(change.kind != "renumbered" for change in row.changes) for row in rows]
    before = [0, *accumulate(counts)]
    headings = [at for at, row in enumerate(rows) if 0 < row.level <= _PLACES]
    ends: dict[int, int] = {}
    after = [len(rows)] * (_PLACES + 1)
    for at in reversed(headings):
        level = rows[at].level
        ends[at] = min(after[: level + 1])
        after[level] = at
    for at in headings:
        count = before[ends[at]] - before[at]
        if count:
            yield Place(_heading_text(rows[at]), rows[at].level, count, at + 1)


def _heading_text(row: Row) -> str:
    lines = [line for line in row.new.lines if line.look != "aside"] or list(row.old.lines)
    return lines[0].text
