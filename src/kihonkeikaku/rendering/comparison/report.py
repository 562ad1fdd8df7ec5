"""A comparison as its templates are given it, on screen and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.change_anchors import ChangeAnchors
from kihonkeikaku.diff.change_description import (
    ChangeDescriber,
    change_reason,
    describe_marks,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.comparison_proof import Proof
from kihonkeikaku.rendering.comparison.proof import prove_table
from kihonkeikaku.rendering.comparison.rows import comparison_table
from kihonkeikaku.rendering.comparison.summary import Summary, summarize
from kihonkeikaku.rendering.comparison.table import (
    ComparisonTable,
    EditionSide,
    TableRow,
    filter_table,
)
from kihonkeikaku.rendering.comparison.table_options import NewSide, Remarks, TableOptions

Remark = tuple[tuple[str, str], ...]
"""What the 備考 column says beside a row: headwords, each with its particulars."""

_CONTENTS_DEPTH: Final = 2
"""Headings down to this level are listed in the contents."""

_EXPLAINED_KINDS: Final = (
    "lead-changed",
    "assignment-added",
    "assignment-removed",
    "removed",
    "reordered",
)
"""Kinds of changes of which the 備考 column prints particulars."""


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading under which something changed, for the contents."""

    text: str
    level: int
    count: int
    row: int


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """A comparison, ready to be printed: the table, proved, and what precedes and follows it."""

    result: ComparisonResult
    table: ComparisonTable
    summary: Summary
    proofs: tuple[Proof, ...]

    def template_values(self) -> dict[str, object]:
        """Returns the values of a template by name."""
        new_first = self.table.options.side is NewSide.LEFT
        order: tuple[EditionSide, ...] = ("new", "old") if new_first else ("old", "new")
        return {
            "new": self.result.new,
            "old": self.result.old,
            "view": self.result.view,
            "refs_line": self.result.refs_line,
            "table": self.table,
            "summary": self.summary,
            "proofs": self.proofs,
            "order": order,
            "contents": tuple(_list_contents(self.table)),
            "remarks": self.remarks(),
            "anchors": self.anchors(),
        }

    def anchors(self) -> tuple[tuple[str, ...], ...]:
        """Returns the permanent addresses of the changes that each row shows."""
        of_changes = ChangeAnchors(self.result.comparison)
        return tuple(tuple(map(of_changes.of, row.changes)) for row in self.table.all_rows)

    def remarks(self) -> tuple[Remark, ...]:
        """Returns what the 備考 column says, row by row; nothing where there is no such column."""
        rows = self.table.all_rows
        match self.table.options.remarks:
            case Remarks.KINDS:
                describer = ChangeDescriber(self.result.old, self.result.new)
                return tuple(tuple(self._kinds(row, describer)) for row in rows)
            case Remarks.REASONS:
                return tuple(tuple(_reasons(row)) for row in rows)
        return ()

    def _kinds(self, row: TableRow, describer: ChangeDescriber) -> Iterator[tuple[str, str]]:
        for change in (*row.changes, *row.related):
            if change.kind == "renumbered":
                continue
            marks = (name for name, _ in describe_marks(self.result.classifier.assess(change)))
            details = describer.describe(change) if change.kind in _EXPLAINED_KINDS else ""
            yield kind_name(change), "・".join(filter(None, (details, *marks)))


def comparison_report(
    result: ComparisonResult, options: TableOptions, *proofs: Proof
) -> ComparisonReport:
    """Makes the table of a comparison, proves it, and returns it ready to be printed.

    Args:
        result: the comparison, with both editions.
        options: the choices that officials make for its table.
        proofs: what else was proved and is to be printed, such as that of the amendment text.

    Raises:
        ProofError: the table is not what it claims to be.
    """
    whole = comparison_table(result.comparison, result.old, result.new, options)
    proof = prove_table(whole, result.comparison, result.old, result.new)
    table = filter_table(whole, result.view)
    return ComparisonReport(
        result, table, summarize(result, table), (*result.proofs, proof, *proofs)
    )


def _reasons(row: TableRow) -> Iterator[tuple[str, str]]:
    changes: tuple[Change, ...] = (*row.changes, *row.related)
    for why in dict.fromkeys(filter(None, map(change_reason, changes))):
        yield why, ""


def _list_contents(table: ComparisonTable) -> Iterator[ContentsEntry]:
    """Yields the chapters and sections under which something changed, but for numbers."""
    rows = table.rows
    counts = [sum(change.kind != "renumbered" for change in row.changes) for row in rows]
    before = [0, *accumulate(counts)]
    headings = [at for at, row in enumerate(rows) if 0 < row.level <= _CONTENTS_DEPTH]
    ends: dict[int, int] = {}
    after = [len(rows)] * (_CONTENTS_DEPTH + 1)
    for at in reversed(headings):
        level = rows[at].level
        ends[at] = min(after[: level + 1])
        after[level] = at
    for at in headings:
        count = before[ends[at]] - before[at]
        if count:
            yield ContentsEntry(_heading_text(rows[at]), rows[at].level, count, at + 1)


def _heading_text(row: TableRow) -> str:
    lines = [line for line in row.new.lines if line.look != "aside"] or list(row.old.lines)
    return lines[0].text
