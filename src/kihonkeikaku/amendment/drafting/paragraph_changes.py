"""What becomes of the paragraphs under one heading or measure.

They have no numbers and are called by their places. So that these stay those of the old edition,
what comes and goes is said from the end.
"""

from collections.abc import Iterator
from itertools import groupby

from kihonkeikaku.amendment.addresses import address, designator, enumeration
from kihonkeikaku.amendment.drafting.draft_state import Standing, reworded, reworded_here, whole
from kihonkeikaku.amendment.drafting.wording import Clause
from kihonkeikaku.amendment.printed_edition import Node
from kihonkeikaku.text.longest_increasing import longest_increasing_subsequence


class ParagraphChanges:
    """Says and makes the changes of one body."""

    def __init__(self, standing: Standing, home: Node) -> None:
        self._standing, self._home = standing, home
        self._wanted = standing.becomes[home].paragraphs

    def clauses(self) -> Iterator[Clause]:
        """Yields what is said, in turn, and makes it so."""
        yield from self._rewordings()
        yield from self._moves()
        yield from self._comings_and_goings()

    @property
    def _now(self) -> list[Node]:
        return self._home.paragraphs

    def _is_staying(self, node: Node) -> bool:
        return not self._standing.is_doomed(node) and node not in self._standing.leaving

    def _rewordings(self) -> Iterator[Clause]:
        for node in self._now:
            if self._is_staying(node):
                clause = reworded_here(node, self._standing.becomes[node])
                if clause:
                    yield clause

    def _moves(self) -> Iterator[Clause]:
        staying = [node for node in self._now if self._is_staying(node)]
        order = {b: at for at, b in enumerate(self._wanted)}
        kept = longest_increasing_subsequence(
            [order[self._standing.becomes[node]] for node in staying]
        )
        settled = {node for at, node in enumerate(staying) if at in kept}
        for target in self._wanted:
            node = self._standing.source(target)
            if node is not None and node not in settled:
                if node.parent is not self._home:
                    name = address(node)
                    clause = reworded(node, target, name, name)
                    if clause:
                        yield clause
                yield self._move(node, target, settled)
                settled.add(node)

    def _move(self, node: Node, target: Node, settled: set[Node]) -> Clause:
        """Moves a paragraph after what shall stand before it, or before all others."""
        at_home, place = node.parent is self._home, address(self._home)
        name = designator(node) if at_home else address(node)
        before = [self._standing.source(b) for b in self._wanted[: self._wanted.index(target)]]
        anchor = next((n for n in reversed(before) if n in settled), None)
        if anchor is not None:
            among, called, side = designator(anchor), address(anchor), "の次"
        elif [n for n in self._now if n is not node]:
            first = next(n for n in self._now if n is not node)
            among, called, side = designator(first), address(first), "の前"
        else:
            among = called = address(self._home)
            side = ""
        others = [n for n in self._now if n is not node]
        index = others.index(anchor) + 1 if anchor is not None else 0
        self._standing.move(node, self._home, index)
        among = f"{name}を{among}{side}に移"
        alone = f"{place}中{among}" if at_home else f"{name}を{called}{side}に移"
        return Clause(among, alone, ("し", "す"))

    def _comings_and_goings(self) -> Iterator[Clause]:
        gaps = self._gaps()
        if not any(coming for _, coming in gaps):
            going = [node for gone, _ in gaps for node in gone]
            if going:
                yield self._removal(going)
            return
        for at in range(len(gaps) - 1, -1, -1):
            yield from self._gap(*gaps[at])

    def _gaps(self) -> list[tuple[list[Node], list[Node]]]:
        """Returns what goes and what comes before each paragraph that stays, and after the last."""
        gone: list[list[Node]] = [[]]
        for node in self._now:
            if self._is_staying(node):
                gone.append([])
            elif self._standing.is_doomed(node):
                gone[-1].append(node)
        come: list[list[Node]] = [[]]
        for target in self._wanted:
            if self._standing.source(target):
                come.append([])
            else:
                come[-1].append(target)
        return list(zip(gone, come, strict=True))

    def _gap(self, going: list[Node], coming: list[Node]) -> Iterator[Clause]:
        if going and coming and self._stand_together(going):
            names = _names(going)
            index = self._now.index(going[0])
            alone = f"{address(self._home)}の{names}"
            self._take_out(going)
            self._put_in(coming, index)
            put = tuple(map(whole, coming))
            verb = "を次のように改め"
            yield Clause(names + verb, alone + verb, ("", "る"), put)
            return
        if coming:
            yield self._addition(coming)
        if going:
            yield self._removal(going)

    def _stand_together(self, nodes: list[Node]) -> bool:
        at = self._now.index(nodes[0])
        return self._now[at : at + len(nodes)] == nodes

    def _removal(self, going: list[Node]) -> Clause:
        names, place = _names(going), address(self._home)
        self._take_out(going)
        return Clause(f"{names}を削", f"{place}の{names}を削", ("り", "る"))

    def _addition(self, coming: list[Node]) -> Clause:
        before = [self._standing.source(b) for b in self._wanted[: self._wanted.index(coming[0])]]
        anchor = next((n for n in reversed(before) if n in self._now), None)
        put = tuple(map(whole, coming))
        if anchor is not None:
            among, alone, index = designator(anchor), address(anchor), self._now.index(anchor) + 1
            verb = "の次に次のように加え"
        elif self._now:
            among, alone, index = designator(self._now[0]), address(self._now[0]), 0
            verb = "の前に次のように加え"
        else:
            among = alone = address(self._home)
            index, verb = 0, "に次の項目を加え"
        self._put_in(coming, index)
        return Clause(among + verb, alone + verb, ("", "る"), put)

    def _take_out(self, nodes: list[Node]) -> None:
        for node in nodes:
            self._now.remove(node)

    def _put_in(self, targets: list[Node], index: int) -> None:
        for at, target in enumerate(targets):
            self._standing.put_in(target, self._home, index + at)


def _names(nodes: list[Node]) -> str:
    """Returns how paragraphs are called together: 「第2項目及び第4項目から第6項目まで」."""
    places = [node.siblings.index(node) + 1 for node in nodes]
    names: list[str] = []
    for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        stretch = [f"第{place}項目" for _, place in run]
        names += [f"{stretch[0]}から{stretch[-1]}まで"] if len(stretch) > 2 else stretch
    return enumeration(names)
