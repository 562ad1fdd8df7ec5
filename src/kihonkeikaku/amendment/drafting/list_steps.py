"""Plans the steps that give the nodes of a numbered list their new places and numbers."""

from bisect import bisect, insort
from collections.abc import Iterator
from dataclasses import dataclass

from kihonkeikaku.amendment.drafting.correspondence import DraftState, UnmovableError
from kihonkeikaku.amendment.printed_edition import PrintedKey, PrintedNode
from kihonkeikaku.text.longest_increasing_subsequence import longest_increasing_subsequence


@dataclass(frozen=True, slots=True)
class Rewording:
    """The text of a node changes."""

    node: PrintedNode
    target: PrintedNode


@dataclass(frozen=True, slots=True)
class Removal:
    """Neighbouring nodes are removed."""

    nodes: tuple[PrintedNode, ...]


@dataclass(frozen=True, slots=True)
class Substitution:
    """A node is replaced, with all under it, by a new one with the same number."""

    node: PrintedNode
    target: PrintedNode


@dataclass(frozen=True, slots=True)
class Retitling:
    """A heading gets a number where it had none, or the other way round."""

    node: PrintedNode
    target: PrintedNode


@dataclass(frozen=True, slots=True)
class Shift:
    """A node moves within its list: after ``after``, or before ``before``."""

    node: PrintedNode
    after: PrintedNode | None
    before: PrintedNode | None


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A node gets another number, which is free."""

    node: PrintedNode
    label: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Nodes get one another's numbers, all at once."""

    renumberings: tuple[Renumbering, ...]


ListStep = Rewording | Removal | Substitution | Retitling | Shift | Renumbering | Exchange


def plan_steps(
    state: DraftState, nodes: list[PrintedNode], targets: list[PrintedNode]
) -> list[ListStep]:
    """Returns the steps for the nodes of a list, in an order in which each can be taken.

    First, from front to back, what is reworded, removed, or moves up to numbers that this frees;
    then changes of order; then, from back to front, what moves down.

    Raises:
        UnmovableError: a line has to be removed and added again instead.
    """
    return _StepPlanner(state, nodes, targets).steps


class _StepPlanner:
    def __init__(
        self, state: DraftState, nodes: list[PrintedNode], targets: list[PrintedNode]
    ) -> None:
        self._state, self._nodes, self._targets = state, nodes, targets
        self._holders = {node.label: node for node in nodes if node.label}
        self._waiting: list[tuple[PrintedNode, PrintedNode]] = []
        self.steps: list[ListStep] = []
        downwards = self._front_to_back()
        self.steps += self._shifts()
        self._back_to_front(downwards)
        self._plan_waiting()

    def _front_to_back(self) -> list[PrintedNode]:
        """Plans all but what moves down, which it returns."""
        downwards: list[PrintedNode] = []
        substitutions = dict(self._substitutions())
        for node in self._nodes:
            if node in substitutions:
                self.steps.append(Substitution(node, substitutions[node]))
            elif self._state.is_removed(node):
                self._remove(node)
            elif node not in self._state.leaving:
                target = self._state.target_of[node]
                if _is_below(target, node):
                    downwards.append(node)
                else:
                    self._settle(node, target)
        return downwards

    def _back_to_front(self, downwards: list[PrintedNode]) -> None:
        for node in reversed(downwards):
            self._settle(node, self._state.target_of[node])

    def _substitutions(self) -> Iterator[tuple[PrintedNode, PrintedNode]]:
        """Yields what is to be removed, with new lines that take the same place.

        These are measures and footnotes; and headings that both editions have, but of which what
        stands under them is too much changed to be said in single steps.
        """
        if self._shifts():
            return  # the same place means nothing where places change
        coming = dict(self._coming())
        staying = None  # the target of the last node before that stays
        for node in self._nodes:
            target = self._state.target_of.get(node)
            if target is not None:
                staying = staying if node in self._state.leaving else target
                continue
            target, precedes = coming.get(_place_name(node), (None, None))
            alike = target and (node.kind in ("measure", "footnote") or node.key == target.key)
            if target and alike and precedes is staying and self._state.source_of(target) is None:
                yield node, target

    def _coming(self) -> Iterator[tuple[PrintedKey | str, tuple[PrintedNode, PrintedNode | None]]]:
        """Yields by name what comes to this list, and after which of the lines that stay."""
        stay = {self._state.target_of.get(node) for node in self._nodes}
        precedes = None
        for target in self._targets:
            if target in stay:
                precedes = target
            else:
                yield _place_name(target), (target, precedes)

    def _remove(self, node: PrintedNode) -> None:
        self._holders.pop(node.label, None)
        last = self.steps[-1] if self.steps else None
        if isinstance(last, Removal):
            self.steps[-1] = Removal((*last.nodes, node))
        else:
            self.steps.append(Removal((node,)))

    def _settle(self, node: PrintedNode, target: PrintedNode) -> None:
        """Plans new words, and the new number as soon as that is free."""
        if bool(node.label) != bool(target.label):
            if target.label in self._holders:
                raise UnmovableError(node)
            self._holders.pop(node.label, None)
            self._holders.update({target.label: node} if target.label else {})
            self.steps.append(Retitling(node, target))
            return
        if node.kind in ("measure", "footnote") and node.text != target.text:
            self.steps.append(Rewording(node, target))
        if node.label != target.label:
            self._renumber(node, target)

    def _renumber(self, node: PrintedNode, target: PrintedNode) -> None:
        if target.label in self._holders:
            self._waiting.append((node, target))
        else:
            if self._holders.pop(node.label, None) is None:  # another line had the same label
                raise UnmovableError(node)
            self._holders[target.label] = node
            self.steps.append(Renumbering(node, target.label))

    def _shifts(self) -> list[Shift]:
        """Returns the fewest changes of order among what stays."""
        shifts: list[Shift] = []
        leaving = self._state.leaving
        staying = [n for n in self._nodes if n in self._state.target_of and n not in leaving]
        order = {target: at for at, target in enumerate(self._targets)}
        ranks = [order[self._state.target_of[node]] for node in staying]
        kept = longest_increasing_subsequence(ranks)
        settled = {ranks[at]: staying[at] for at in kept}
        in_order = sorted(settled)
        for rank, node in sorted(
            ((ranks[at], node) for at, node in enumerate(staying) if at not in kept),
            key=lambda pair: pair[0],
        ):
            at = bisect(in_order, rank)
            if at:
                shifts.append(Shift(node, settled[in_order[at - 1]], None))
            else:
                shifts.append(Shift(node, None, settled[in_order[0]]))
            insort(in_order, rank)
            settled[rank] = node
        return shifts

    def _plan_waiting(self) -> None:
        """Plans the numbers that were taken: as they become free, or else all at once."""
        waiting = self._waiting
        while waiting:
            self._waiting = []
            for node, target in waiting:
                self._renumber(node, target)
            if len(self._waiting) == len(waiting):
                ordered = sorted(waiting, key=lambda pair: self._targets.index(pair[1]))
                exchanged = tuple(Renumbering(node, target.label) for node, target in ordered)
                self.steps.append(Exchange(exchanged))
                return
            waiting = self._waiting


def _place_name(node: PrintedNode) -> PrintedKey | str:
    """Returns what says that two lines take the same place: their number, or which heading."""
    return node.label or node.key


def _is_below(target: PrintedNode, node: PrintedNode) -> bool:
    """Returns whether something moves down by its number."""
    if target.kind != node.kind or not node.label:
        return False
    number_of = node.labels.number_of
    return number_of(target.label) > number_of(node.label)
