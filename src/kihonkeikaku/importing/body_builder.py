"""Paragraphs → the entries of a ``body``: bullets, notes, lists, tables."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.labels import one_width
from kihonkeikaku.importing.text_blocks import TextBlock
from kihonkeikaku.importing.tree import Node
from kihonkeikaku.model.values import Id

FileData = dict[str, Any]

LEGEND: Final = re.compile(r"【([^【】]*)】")
_NOTE: Final = re.compile(r"[（(]※(.*)[）)]")
_BULLET: Final = "・"


class BodyBuilder:
    """Makes the entries of bodies.

    Args:
        texts: the text of each paragraph, by ``id()`` of its node.
        ids: the identifiers of paragraphs that have one, likewise.
        runs_of: makes a text with marks of notes a text with footnotes.
        place: records in which file, and at which path in it, a paragraph's lines are.
        account: where doubts go.
    """

    def __init__(
        self,
        texts: Mapping[int, str],
        ids: Mapping[int, Id],
        runs_of: Callable[[str, TextBlock], Any],
        place: Callable[[TextBlock, str, str], None],
        account: Account,
    ) -> None:
        self._texts = texts
        self._ids = ids
        self._runs_of = runs_of
        self._place = place
        self._account = account

    def entries(self, nodes: Sequence[Node], file: str, at: str) -> list[Any]:
        """Returns the entries that paragraphs make, which follow each other in a body."""
        entries: list[Any] = []
        rest = list(nodes)
        while rest:
            group = _table(rest) or _list(rest)
            for node in group or rest[:1]:
                self._place(node.block, file, f"{at}body.{len(entries)}")
            if not group:
                entries.append(self._paragraph(rest[0]))
            elif group[0].block.first.cell:
                entries.append({"table": self._table(group)})
            else:
                entries.append(self._list(group))
            rest = rest[len(group) or 1 :]
        return entries

    def _list(self, nodes: Sequence[Node]) -> FileData:
        label = nodes[0].block.label
        assert label, "a list is of numbered paragraphs"
        return {
            "list": [self._runs(node) for node in nodes],
            "label": label.pattern,
        }

    def _table(self, nodes: Sequence[Node]) -> FileData:
        """Returns a table; its first row is taken for the titles of its columns."""
        cells: dict[tuple[int, int], list[Any]] = {}
        for node in nodes:
            _, row, column = node.block.first.cell or (0, 0, 0)
            cells.setdefault((row, column), []).append(self._runs(node))
        height, width = (1 + max(place[axis] for place in cells) for axis in (0, 1))
        rows = [[_joined(cells.get((y, x), [])) for x in range(width)] for y in range(height)]
        if height == 1:
            rows.append([""] * width)
        if any(cell == "" for cell in rows[0]):
            self._account.doubt(nodes[0].block.first, "表の初めの行に、空の欄があります")
        return {"columns": rows[0], "rows": rows[1:]}

    def _paragraph(self, node: Node) -> Any:
        data = self._paragraph_data(node)
        if id(node) not in self._ids:
            return data
        mapping = {"bullet": data} if isinstance(data, str) else data
        return {"id": self._ids[id(node)]} | mapping

    def _paragraph_data(self, node: Node) -> Any:
        block, text = node.block, self._texts[id(node)]
        sign = block.label.written if block.label else block.sign
        if sign and not text:
            return {"plain": sign}
        if sign:
            runs = self._runs(node)
            if sign == _BULLET:
                return runs if isinstance(runs, str) else {"bullet": runs}
            return {"bullet": runs, "mark": sign}
        if text.isdigit():
            self._account.doubt(block.first, "数字だけの段落です（注の番号のようです）")
        for marker, expression in (("note", _NOTE), ("legend", LEGEND)):
            if match := expression.fullmatch(text):
                return {marker: self._runs_of(match[1], block)}
        return {"plain": self._runs(node)}

    def _runs(self, node: Node) -> Any:
        return self._runs_of(self._texts[id(node)], node.block)


def _list(nodes: Sequence[Node]) -> list[Node]:
    """Returns the paragraphs at the head that count up from 1 in one style."""
    found: list[Node] = []
    for node in nodes:
        label = node.block.label
        is_entry = label and node.block.has_text and not node.block.first.cell
        if not label or not is_entry or label.number != len(found) + 1:
            break
        first = found[0].block.label if found else label
        if first and one_width(label.pattern) != one_width(first.pattern):
            break
        found.append(node)
    return found if len(found) > 1 else []


def _table(nodes: Sequence[Node]) -> list[Node]:
    """Returns the paragraphs at the head that stand in one table."""
    _, group = next(groupby(nodes, key=lambda node: (node.block.first.cell or (None,))[0]))
    found = list(group)
    return found if found[0].block.first.cell else []


def _joined(runs: Sequence[Any]) -> Any:
    """Returns the paragraphs of a cell as one text."""
    if len(runs) < 2:
        return runs[0] if runs else ""
    parts = [part for each in runs for part in ([each] if isinstance(each, str) else each)]
    joined: list[Any] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined[0] if len(joined) == 1 and isinstance(joined[0], str) else joined
