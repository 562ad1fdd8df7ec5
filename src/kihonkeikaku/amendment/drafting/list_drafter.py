"""Drafts the changes of a numbered list: measures, headings under another one, or footnotes.

Numbers are part of the printed text: they change only by a clause.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

from kihonkeikaku.amendment.addresses import (
    address,
    enumeration,
    is_labelled,
    label_enumeration,
    relative_address,
    title_name,
)
from kihonkeikaku.amendment.drafting.clauses import (
    AmendmentClause,
    printed_lines,
    reword,
    reword_in_place,
)
from kihonkeikaku.amendment.drafting.correspondence import (
    DraftState,
    UnmovableError,
    ancestors,
    relabel,
)
from kihonkeikaku.amendment.drafting.list_steps import (
    Exchange,
    ListStep,
    Removal,
    Renumbering,
    Retitling,
    Rewording,
    Shift,
    Substitution,
    plan_steps,
)
from kihonkeikaku.amendment.printed_edition import PrintedKind, PrintedNode
from kihonkeikaku.text.numerals import format_kanji

_RANGE_LENGTH: Final = 4
"""So many numbers in a row that change alike are written as one range, but for the first."""

_FIRST_OF_KIND: Final[dict[PrintedKind, str]] = {
    "measure": "に次の取組を加え",
    "footnote": "の末尾に次の注を加え",
}
"""How the first line of a kind is added."""


class ListDrafter:
    """Makes the changes of one list, and returns the clauses that say so."""

    def __init__(self, state: DraftState, parent: PrintedNode, kind: PrintedKind) -> None:
        self._state, self._parent, self._kind = state, parent, kind
        self._targets = state.target_of[parent].children_of_kind(kind)
        self._labels = parent.labels

    @property
    def place(self) -> str:
        """The list's address: empty for that of the chapters."""
        if self._parent.kind == "root":
            return ""
        return address(self._parent) + ("の注" if self._kind == "footnote" else "")

    def blocker(self) -> PrintedNode | None:
        """Returns a node that has to be moved elsewhere before this list can be drafted, if any."""
        labels = {target.label for target in self._targets if target.label}
        for node in self._nodes:
            if node in self._state.leaving and node.label in labels:
                return node
            if self._state.is_removed(node):
                inside = self._state.find_leaving_below(node)
                if inside is not None:
                    return inside
        above = {self._parent, *ancestors(self._parent)}
        return next((node for node in self._nodes_to_move_here() if node in above), None)

    def clauses(self) -> Iterator[AmendmentClause]:
        """Makes the changes, and yields the clause that says each.

        Raises:
            UnmovableError: a line has to be removed and added again instead.
        """
        for steps in _group_ranges(plan_steps(self._state, list(self._nodes), self._targets)):
            yield from self._take_steps(steps)
        for node in self._nodes_to_move_here():
            yield from self._move_here(node, self._state.target_of[node])
        for added in self._added_runs():
            yield self._add(added)

    @property
    def _nodes(self) -> list[PrintedNode]:
        return self._parent.children_of_kind(self._kind)

    def _nodes_to_move_here(self) -> list[PrintedNode]:
        sources = (self._state.source_of(target) for target in self._targets)
        return [node for node in sources if node is not None and node in self._state.leaving]

    def _take_steps(self, steps: list[ListStep]) -> Iterator[AmendmentClause]:
        match steps:
            case [Rewording(node, target)]:
                clause = reword_in_place(node, target)
                yield from [clause] if clause else []
            case [Removal(nodes)]:
                yield self._remove(list(nodes))
            case [Substitution(node, target)]:
                yield self._replace(node, target)
            case [Retitling(node, target)]:
                yield self._retitle(node, target)
            case [Shift(node, after, before)]:
                yield self._reorder(node, after, before)
            case [Exchange(renumberings)]:
                yield self._exchange(list(renumberings))
            case _:
                stretch = [step for step in steps if isinstance(step, Renumbering)]
                yield self._renumber(stretch[:1])
                if len(stretch) > 1:
                    yield self._renumber(stretch[1:])

    def _clause(self, among: str, ending: tuple[str, str]) -> AmendmentClause:
        """Returns a clause that names the place first where it stands alone."""
        return AmendmentClause(among, f"{self.place}中{among}" if self.place else among, ending)

    def _remove(self, nodes: list[PrintedNode]) -> AmendmentClause:
        numbered = all(is_labelled(node) for node in nodes)
        names = [relative_address(node) for node in nodes]
        among = label_enumeration(names, self._labels) if numbered else enumeration(names)
        clause = self._clause(f"{among}を削", ("り", "る"))
        if len(nodes) == 1:
            clause = replace(clause, alone=f"{address(nodes[0])}を削")
        for node in nodes:
            self._nodes.remove(node)
        return clause

    def _replace(self, node: PrintedNode, target: PrintedNode) -> AmendmentClause:
        among, alone, index = relative_address(node), address(node), self._nodes.index(node)
        self._nodes.remove(node)
        self._state.insert(target, self._parent, index)
        verb = "を次のように改め"
        return AmendmentClause(among + verb, alone + verb, ("", "る"), (printed_lines(target),))

    def _retitle(self, node: PrintedNode, target: PrintedNode) -> AmendmentClause:
        verb = f"の{title_name(node)}を次のように改め"
        among, alone = relative_address(node) + verb, address(node) + verb
        node.kind, node.label, node.text = target.kind, target.label, target.text
        return AmendmentClause(among, alone, ("", "る"), ((target.line,),))

    def _reorder(
        self, node: PrintedNode, after: PrintedNode | None, before: PrintedNode | None
    ) -> AmendmentClause:
        anchor = after or before
        assert anchor is not None, "what changes places does so among others"
        side = "の次" if after else "の前"
        among = f"{relative_address(node)}を{relative_address(anchor)}{side}に移"
        clause = self._clause(among, ("し", "す"))
        self._nodes.remove(node)
        self._nodes.insert(self._nodes.index(anchor) + (1 if after else 0), node)
        return clause

    def _renumber(self, renumberings: list[Renumbering]) -> AmendmentClause:
        """Gives one node a new number, or a range of nodes theirs."""
        node, label = renumberings[0].node, renumberings[0].label
        if len(renumberings) == 1:
            clause = self._clause(f"{node.label}を{label}と", ("し", "する"))
        else:
            number_of = self._labels.number_of
            by = number_of(label) - number_of(node.label)
            first, *_, last = sorted((r.node.label for r in renumberings), key=number_of)
            direction = "上げ" if by < 0 else "下げ"
            among = f"{first}から{last}までを{format_kanji(abs(by))}ずつ繰り{direction}"
            clause = self._clause(among, ("", "る"))
        for renumbering in renumberings:
            relabel(renumbering.node, renumbering.label)
        return clause

    def _exchange(self, renumberings: list[Renumbering]) -> AmendmentClause:
        before = label_enumeration([r.node.label for r in renumberings], self._labels)
        after = label_enumeration([r.label for r in renumberings], self._labels)
        for renumbering in renumberings:
            relabel(renumbering.node, renumbering.label)
        return self._clause(f"{before}をそれぞれ{after}と", ("し", "する"))

    def _move_here(self, node: PrintedNode, target: PrintedNode) -> Iterator[AmendmentClause]:
        if bool(node.label) != bool(target.label):
            raise UnmovableError(node)
        name = address(node)
        clause = reword(node, target, name, name) if node.kind == "measure" else None
        if clause:
            yield clause
        yield (
            self._move_to_number(node, target) if target.label else self._move_beside(node, target)
        )

    def _move_to_number(self, node: PrintedNode, target: PrintedNode) -> AmendmentClause:
        """Moves a node from elsewhere to where its new number belongs."""
        name, index = address(node), self._index_of(node, target)
        self._state.move(node, self._parent, index)
        relabel(node, target.label)
        alone = address(node)
        return AmendmentClause(f"{name}を{target.label}と", f"{name}を{alone}と", ("し", "する"))

    def _index_of(self, node: PrintedNode, target: PrintedNode) -> int:
        """Returns the index at which a number belongs.

        Raises:
            UnmovableError: the order of the numbers leaves it open.
        """
        number_of = self._labels.number_of
        number = number_of(target.label)
        alike = [(at, n) for at, n in enumerate(self._nodes) if n.kind == target.kind]
        below = [at for at, n in alike if number_of(n.label) < number]
        beyond = [at for at, n in alike if number_of(n.label) > number]
        start = below[-1] + 1 if below else 0
        end = beyond[0] if beyond else len(self._nodes)
        if start != end or len(below) + len(beyond) < len(alike):
            raise UnmovableError(node)
        return start

    def _move_beside(self, node: PrintedNode, target: PrintedNode) -> AmendmentClause:
        """Moves a node without a number from elsewhere to after the one that shall precede it."""
        name = address(node)
        among, alone, side, index = self._find_anchor(target)
        self._state.move(node, self._parent, index)
        return AmendmentClause(
            f"{name}を{among}{side}に移", f"{name}を{alone}{side}に移", ("し", "す")
        )

    def _find_anchor(self, target: PrintedNode) -> tuple[str, str, str, int]:
        """Returns where a node is to stand: beside what, on which side, and at which index."""
        before = reversed(self._targets[: self._targets.index(target)])
        sources = map(self._state.source_of, before)
        anchor = next((n for n in sources if n is not None and n.parent is self._parent), None)
        if anchor is not None:
            return relative_address(anchor), address(anchor), "の次", self._nodes.index(anchor) + 1
        if self._nodes:
            return relative_address(self._nodes[0]), address(self._nodes[0]), "の前", 0
        name = address(self._parent) if self._parent.parent else "本文"
        return name, name, "", 0

    def _added_runs(self) -> Iterator[list[PrintedNode]]:
        """Yields runs of nodes that are added with all that is under them."""
        for new, group in groupby(self._targets, key=lambda b: self._state.source_of(b) is None):
            if new:
                yield list(group)

    def _add(self, added: list[PrintedNode]) -> AmendmentClause:
        among, alone, side, index = self._find_anchor(added[0])
        verb = (
            f"{side}に次のように加え"
            if side
            else _FIRST_OF_KIND.get(self._kind, "に次の見出しを加え")
        )
        for at, target in enumerate(added):
            self._state.insert(target, self._parent, index + at)
        return AmendmentClause(
            among + verb, alone + verb, ("", "る"), tuple(map(printed_lines, added))
        )


def _group_ranges(steps: list[ListStep]) -> Iterator[list[ListStep]]:
    """Yields the steps one by one, but renumberings that form a range together."""
    run: list[ListStep] = []
    for step in steps:
        if run and not (isinstance(step, Renumbering) and _follows(run[-1], step)):
            yield from _split_short(run)
            run = []
        run.append(step)
    yield from _split_short(run)


def _split_short(run: list[ListStep]) -> Iterator[list[ListStep]]:
    if len(run) >= _RANGE_LENGTH:
        yield run
    else:
        yield from ([step] for step in run)


def _follows(before: ListStep, step: Renumbering) -> bool:
    """Returns whether two renumberings are of neighbours, and alike."""
    if not isinstance(before, Renumbering) or before.node.kind != step.node.kind:
        return False
    labels = step.node.labels
    number_of, with_number = labels.number_of, labels.with_number
    down = number_of(step.label) > number_of(step.node.label)
    by = -1 if down else 1
    return all(
        mine == with_number(theirs, number_of(theirs) + by)
        for mine, theirs in ((step.node.label, before.node.label), (step.label, before.label))
    )
