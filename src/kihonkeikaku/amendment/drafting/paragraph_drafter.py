"""Drafts the changes of the paragraphs under one heading or measure.

They have no numbers and are called by their places. Additions and removals are drafted from the
end, so that these places are those of the old edition.
"""

from collections.abc import Iterator
from itertools import groupby

from kihonkeikaku.amendment.addresses import address, enumeration, relative_address
from kihonkeikaku.amendment.drafting.clauses import (
    AmendmentClause,
    printed_lines,
    reword,
    reword_in_place,
)
from kihonkeikaku.amendment.drafting.correspondence import DraftState
from kihonkeikaku.amendment.printed_edition import PrintedNode
from kihonkeikaku.text.longest_increasing_subsequence import longest_increasing_subsequence


class ParagraphDrafter:
    """Makes the changes of one body, and returns the clauses that say so."""

    def __init__(self, state: DraftState, parent: PrintedNode) -> None:
        self._state, self._parent = state, parent
        self._targets = state.target_of[parent].paragraphs

    def clauses(self) -> Iterator[AmendmentClause]:
        """Makes the changes, and yields the clause that says each."""
        yield from self._rewordings()
        yield from self._moves()
        yield from self._additions_and_removals()

    @property
    def _nodes(self) -> list[PrintedNode]:
        return self._parent.paragraphs

    def _is_staying(self, node: PrintedNode) -> bool:
        return not self._state.is_removed(node) and node not in self._state.leaving

    def _rewordings(self) -> Iterator[AmendmentClause]:
        for node in self._nodes:
            if self._is_staying(node):
                clause = reword_in_place(node, self._state.target_of[node])
                if clause:
                    yield clause

    def _moves(self) -> Iterator[AmendmentClause]:
        staying = [node for node in self._nodes if self._is_staying(node)]
        order = {b: at for at, b in enumerate(self._targets)}
        kept = longest_increasing_subsequence(
            [order[self._state.target_of[node]] for node in staying]
        )
        settled = {node for at, node in enumerate(staying) if at in kept}
        anchor = None
        for target in self._targets:
            node = self._state.source_of(target)
            if node is None:
                continue
            if node not in settled:
                if node.parent is not self._parent:
                    name = address(node)
                    clause = reword(node, target, name, name)
                    if clause:
                        yield clause
                yield self._move(node, anchor)
            anchor = node

    def _move(self, node: PrintedNode, anchor: PrintedNode | None) -> AmendmentClause:
        """Moves a paragraph after the one that shall precede it, or before all others."""
        stays, place = node.parent is self._parent, address(self._parent)
        name = relative_address(node) if stays else address(node)
        if anchor is not None:
            among, alone, side = relative_address(anchor), address(anchor), "の次"
        elif (first := next((n for n in self._nodes if n is not node), None)) is not None:
            among, alone, side = relative_address(first), address(first), "の前"
        else:
            among = alone = address(self._parent)
            side = ""
        index = self._nodes.index(anchor) + 1 if anchor is not None else 0
        if stays and self._nodes.index(node) < index:
            index -= 1  # it leaves its place first
        self._state.move(node, self._parent, index)
        among = f"{name}を{among}{side}に移"
        alone = f"{place}中{among}" if stays else f"{name}を{alone}{side}に移"
        return AmendmentClause(among, alone, ("し", "す"))

    def _additions_and_removals(self) -> Iterator[AmendmentClause]:
        gaps = self._gaps()
        if not any(added_nodes for _, added_nodes in gaps):
            removed = [node for gone, _ in gaps for node in gone]
            if removed:
                yield self._remove(removed)
            return
        for at in range(len(gaps) - 1, -1, -1):
            yield from self._fill_gap(*gaps[at])

    def _gaps(self) -> list[tuple[list[PrintedNode], list[PrintedNode]]]:
        """Returns what is removed and added before each paragraph that stays, and at the end."""
        gone: list[list[PrintedNode]] = [[]]
        for node in self._nodes:
            if self._is_staying(node):
                gone.append([])
            elif self._state.is_removed(node):
                gone[-1].append(node)
        come: list[list[PrintedNode]] = [[]]
        for target in self._targets:
            if self._state.source_of(target):
                come.append([])
            else:
                come[-1].append(target)
        return list(zip(gone, come, strict=True))

    def _fill_gap(
        self, removed: list[PrintedNode], added_nodes: list[PrintedNode]
    ) -> Iterator[AmendmentClause]:
        if removed and added_nodes and self._are_adjacent(removed):
            names = _names(removed)
            index = self._nodes.index(removed[0])
            alone = f"{address(self._parent)}の{names}"
            self._delete(removed)
            self._insert(added_nodes, index)
            added = tuple(map(printed_lines, added_nodes))
            verb = "を次のように改め"
            yield AmendmentClause(names + verb, alone + verb, ("", "る"), added)
            return
        if added_nodes:
            yield self._add(added_nodes)
        if removed:
            yield self._remove(removed)

    def _are_adjacent(self, nodes: list[PrintedNode]) -> bool:
        at = self._nodes.index(nodes[0])
        return self._nodes[at : at + len(nodes)] == nodes

    def _remove(self, removed: list[PrintedNode]) -> AmendmentClause:
        names, place = _names(removed), address(self._parent)
        self._delete(removed)
        return AmendmentClause(f"{names}を削", f"{place}の{names}を削", ("り", "る"))

    def _add(self, added_nodes: list[PrintedNode]) -> AmendmentClause:
        before = reversed(self._targets[: self._targets.index(added_nodes[0])])
        anchor = next((n for n in map(self._state.source_of, before) if n in self._nodes), None)
        added = tuple(map(printed_lines, added_nodes))
        if anchor is not None:
            among, alone, index = (
                relative_address(anchor),
                address(anchor),
                self._nodes.index(anchor) + 1,
            )
            verb = "の次に次のように加え"
        elif self._nodes:
            among, alone, index = relative_address(self._nodes[0]), address(self._nodes[0]), 0
            verb = "の前に次のように加え"
        else:
            among = alone = address(self._parent)
            index, verb = 0, "に次の項目を加え"
        self._insert(added_nodes, index)
        return AmendmentClause(among + verb, alone + verb, ("", "る"), added)

    def _delete(self, nodes: list[PrintedNode]) -> None:
        for node in nodes:
            self._nodes.remove(node)

    def _insert(self, targets: list[PrintedNode], index: int) -> None:
        for at, target in enumerate(targets):
            self._state.insert(target, self._parent, index + at)


def _names(nodes: list[PrintedNode]) -> str:
    """Returns how paragraphs are called together: 「第2項目及び第4項目から第6項目まで」."""
    places = [node.siblings.index(node) + 1 for node in nodes]
    names: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        stretch = [f"第{place}項目" for _, place in run]
        names += [f"{stretch[0]}から{stretch[-1]}まで"] if len(stretch) > 2 else stretch
    return enumeration(names)
