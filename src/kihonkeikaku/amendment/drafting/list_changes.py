"""What becomes of a numbered list: the items of a heading, the headings under another, the notes.

Numbers are part of what is printed and change only where that is said.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from kihonkeikaku.amendment.addresses import (
    address,
    designator,
    enumeration,
    label_enumeration,
    number_of,
    title_name,
    with_number,
)
from kihonkeikaku.amendment.drafting.draft_state import (
    CantBeMoved,
    Standing,
    above,
    relabel,
    reworded,
    reworded_here,
    whole,
)
from kihonkeikaku.amendment.drafting.list_steps import (
    Exchange,
    Removal,
    Renewal,
    Renumbering,
    Retitling,
    Rewording,
    Shift,
    Step,
    plan,
)
from kihonkeikaku.amendment.drafting.wording import Clause
from kihonkeikaku.amendment.printed_edition import Kind, Node
from kihonkeikaku.text.numerals import in_kanji

_IN_A_ROW: Final = 4
"""So many numbers in a row that change alike are said as one range, but for the first."""

_AS_SUCH: Final[dict[Kind, str]] = {"item": "に次の取組を加え", "note": "の末尾に次の注を加え"}
"""How the first thing of a kind is put in."""


class ListChanges:
    """Says and makes the changes of one list."""

    def __init__(self, standing: Standing, home: Node, kind: Kind) -> None:
        self._standing, self._home, self._kind = standing, home, kind
        self._wanted = standing.becomes[home].list_of(kind)

    @property
    def place(self) -> str:
        """How the list is called: empty for that of the chapters."""
        if self._home.kind == "book":
            return ""
        return address(self._home) + ("の注" if self._kind == "note" else "")

    def blocker(self) -> Node | None:
        """Returns what has yet to leave before anything can be done here, if anything has."""
        labels = {target.label for target in self._wanted if target.label}
        for node in self._now:
            if node in self._standing.leaving and node.label in labels:
                return node
            if self._standing.is_doomed(node):
                inside = self._standing.leaving_from(node)
                if inside is not None:
                    return inside
        around = {self._home, *above(self._home)}
        return next((node for node in self._arriving() if node in around), None)

    def clauses(self) -> Iterator[Clause]:
        """Yields what is said, in turn, and makes it so.

        Raises:
            CantBeMoved: something has to be taken out and put in again instead.
        """
        for steps in _grouped(plan(self._standing, list(self._now), self._wanted)):
            yield from self._said(steps)
        for node in self._arriving():
            yield from self._arrival(node, self._standing.becomes[node])
        for coming in self._coming():
            yield self._addition(coming)

    @property
    def _now(self) -> list[Node]:
        return self._home.list_of(self._kind)

    def _arriving(self) -> list[Node]:
        sources = (self._standing.source(target) for target in self._wanted)
        return [node for node in sources if node is not None and node in self._standing.leaving]

    def _said(self, steps: list[Step]) -> Iterator[Clause]:
        match steps:
            case [Rewording(node, target)]:
                clause = reworded_here(node, target)
                yield from [clause] if clause else []
            case [Removal(nodes)]:
                yield self._removal(list(nodes))
            case [Renewal(node, target)]:
                yield self._renewal(node, target)
            case [Retitling(node, target)]:
                yield self._retitling(node, target)
            case [Shift(node, after, before)]:
                yield self._shift(node, after, before)
            case [Exchange(renumberings)]:
                yield self._exchange(list(renumberings))
            case _:
                stretch = [step for step in steps if isinstance(step, Renumbering)]
                yield self._renumbering(stretch[:1])
                if len(stretch) > 1:
                    yield self._renumbering(stretch[1:])

    def _clause(self, among: str, ending: tuple[str, str]) -> Clause:
        """Returns a clause that is always said among others, if only under the place's name."""
        return Clause(among, f"{self.place}中{among}" if self.place else among, ending)

    def _removal(self, nodes: list[Node]) -> Clause:
        numbered = all(node.label for node in nodes)
        names = [designator(node) for node in nodes]
        among = label_enumeration(names) if numbered else enumeration(names)
        clause = self._clause(f"{among}を削", ("り", "る"))
        if len(nodes) == 1:
            clause = replace(clause, alone=f"{address(nodes[0])}を削")
        for node in nodes:
            self._now.remove(node)
        return clause

    def _renewal(self, node: Node, target: Node) -> Clause:
        among, alone, index = designator(node), address(node), self._now.index(node)
        self._now.remove(node)
        self._standing.put_in(target, self._home, index)
        verb = "を次のように改め"
        return Clause(among + verb, alone + verb, ("", "る"), (whole(target),))

    def _retitling(self, node: Node, target: Node) -> Clause:
        verb = f"の{title_name(node)}を次のように改め"
        among, alone = designator(node) + verb, address(node) + verb
        node.kind, node.label, node.text = target.kind, target.label, target.text
        return Clause(among, alone, ("", "る"), ((target.line,),))

    def _shift(self, node: Node, after: Node | None, before: Node | None) -> Clause:
        anchor = after or before
        assert anchor is not None, "what changes places does so among others"
        side = "の次" if after else "の前"
        among = f"{designator(node)}を{designator(anchor)}{side}に移"
        clause = self._clause(among, ("し", "す"))
        self._now.remove(node)
        self._now.insert(self._now.index(anchor) + (1 if after else 0), node)
        return clause

    def _renumbering(self, renumberings: list[Renumbering]) -> Clause:
        """Says one new number, or those of a stretch that moves as one."""
        node, label = renumberings[0].node, renumberings[0].label
        if len(renumberings) == 1:
            clause = self._clause(f"{node.label}を{label}と", ("し", "する"))
        else:
            by = number_of(label) - number_of(node.label)
            first, *_, last = sorted((r.node.label for r in renumberings), key=number_of)
            way = "上げ" if by < 0 else "下げ"
            among = f"{first}から{last}までを{in_kanji(abs(by))}ずつ繰り{way}"
            clause = self._clause(among, ("", "る"))
        for renumbering in renumberings:
            relabel(renumbering.node, renumbering.label)
        return clause

    def _exchange(self, renumberings: list[Renumbering]) -> Clause:
        before = label_enumeration([r.node.label for r in renumberings])
        after = label_enumeration([r.label for r in renumberings])
        for renumbering in renumberings:
            relabel(renumbering.node, renumbering.label)
        return self._clause(f"{before}をそれぞれ{after}と", ("し", "する"))

    def _arrival(self, node: Node, target: Node) -> Iterator[Clause]:
        if bool(node.label) != bool(target.label):
            raise CantBeMoved(node)
        name = address(node)
        clause = reworded(node, target, name, name) if node.kind == "item" else None
        if clause:
            yield clause
        yield self._numbered(node, target) if target.label else self._placed(node, target)

    def _numbered(self, node: Node, target: Node) -> Clause:
        """Moves something to where its new number belongs."""
        name, index = address(node), self._index_of(node, target)
        self._standing.move(node, self._home, index)
        relabel(node, target.label)
        alone = address(node)
        return Clause(f"{name}を{target.label}と", f"{name}を{alone}と", ("し", "する"))

    def _index_of(self, node: Node, target: Node) -> int:
        """Returns where a number belongs, if that is beyond doubt."""
        number = number_of(target.label)
        alike = [(at, n) for at, n in enumerate(self._now) if n.kind == target.kind]
        below = [at for at, n in alike if number_of(n.label) < number]
        beyond = [at for at, n in alike if number_of(n.label) > number]
        start = below[-1] + 1 if below else 0
        end = beyond[0] if beyond else len(self._now)
        if start != end or len(below) + len(beyond) < len(alike):
            raise CantBeMoved(node)
        return start

    def _placed(self, node: Node, target: Node) -> Clause:
        """Moves something without a number to after what shall stand before it."""
        name = address(node)
        among, alone, side, index = self._beside(target)
        self._standing.move(node, self._home, index)
        return Clause(f"{name}を{among}{side}に移", f"{name}を{alone}{side}に移", ("し", "す"))

    def _beside(self, target: Node) -> tuple[str, str, str, int]:
        """Returns where something is to be put: beside what, on which side, and at which index."""
        before = self._wanted[: self._wanted.index(target)]
        sources = (self._standing.source(b) for b in reversed(before))
        anchor = next((n for n in sources if n is not None and n.parent is self._home), None)
        if anchor is not None:
            return designator(anchor), address(anchor), "の次", self._now.index(anchor) + 1
        if self._now:
            return designator(self._now[0]), address(self._now[0]), "の前", 0
        name = address(self._home) if self._home.parent else "本文"
        return name, name, "", 0

    def _coming(self) -> Iterator[list[Node]]:
        """Yields stretches of what is put in whole."""
        for new, group in groupby(self._wanted, key=lambda b: self._standing.source(b) is None):
            if new:
                yield list(group)

    def _addition(self, coming: list[Node]) -> Clause:
        among, alone, side, index = self._beside(coming[0])
        verb = f"{side}に次のように加え" if side else _AS_SUCH.get(self._kind, "に次の見出しを加え")
        for at, target in enumerate(coming):
            self._standing.put_in(target, self._home, index + at)
        return Clause(among + verb, alone + verb, ("", "る"), tuple(map(whole, coming)))


def _grouped(steps: list[Step]) -> Iterator[list[Step]]:
    """Yields the steps one by one, but those that are said as one range together."""
    run: list[Step] = []
    for step in steps:
        if run and not (isinstance(step, Renumbering) and _follows(run[-1], step)):
            yield from _run(run)
            run = []
        run.append(step)
    yield from _run(run)


def _run(run: list[Step]) -> Iterator[list[Step]]:
    if len(run) >= _IN_A_ROW:
        yield run
    else:
        yield from ([step] for step in run)


def _follows(before: Step, step: Renumbering) -> bool:
    """Returns whether two renumberings are of neighbours, and alike."""
    if not isinstance(before, Renumbering) or before.node.kind != step.node.kind:
        return False
    down = number_of(step.label) > number_of(step.node.label)
    by = -1 if down else 1
    return all(
        mine == with_number(theirs, number_of(theirs) + by)
        for mine, theirs in ((step.node.label, before.node.label), (step.label, before.label))
    )
