"""The old edition while an amendment to it is being drafted: as the sentences so far left it."""

from collections.abc import Iterable, Mapping

from kihonkeikaku.amendment.addresses import address, kind_of, relative_address
from kihonkeikaku.amendment.drafting.correspondence import NodePairs
from kihonkeikaku.amendment.drafting.wording import (
    AmendmentClause,
    find_word_changes,
    write_word_changes,
)
from kihonkeikaku.amendment.printed_edition import PrintedNode


class UnmovableError(Exception):
    """A line can't be changed into the one it matches: it has to be removed and added again."""

    def __init__(self, node: PrintedNode) -> None:
        super().__init__(node.line)
        self.node = node


class DraftState:
    """Which line of the new edition each line becomes, and which lines have yet to be moved."""

    def __init__(self, pairs: NodePairs) -> None:
        self.target_of: Mapping[PrintedNode, PrintedNode] = pairs
        self._sources: dict[PrintedNode, PrintedNode] = {b: a for a, b in pairs.items()}
        self.leaving = {a for a, b in pairs.items() if not self._stays(a, b)}

    def _stays(self, node: PrintedNode, target: PrintedNode) -> bool:
        return node.parent is None or self.target_of.get(node.parent) is target.parent

    def source_of(self, target: PrintedNode) -> PrintedNode | None:
        """Returns the node that becomes this line of the new edition, or was added as it."""
        return self._sources.get(target)

    def is_removed(self, node: PrintedNode) -> bool:
        """Returns whether a line is to be removed with all that is under it."""
        return node not in self.target_of

    def find_leaving_below(self, node: PrintedNode) -> PrintedNode | None:
        """Returns a node under a line that has yet to be moved elsewhere, if there is one."""
        return next((one for one in self.leaving if node in ancestors(one)), None)

    def move(self, node: PrintedNode, parent: PrintedNode, index: int) -> None:
        """Moves a line to an index of another list, or of the same."""
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.insert(index, node)
        self.leaving.discard(node)

    def insert(self, target: PrintedNode, parent: PrintedNode, index: int) -> None:
        """Adds a line of the new edition, with all that is under it, to a list."""
        node = PrintedNode(
            target.kind, target.label, target.text, parent, added_below=list(target.lines_below())
        )
        parent.children_of_kind(target.kind).insert(index, node)
        self._sources[target] = node


def ancestors(node: PrintedNode) -> Iterable[PrintedNode]:
    """Yields the nodes above a line, from the inside outwards."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def relabel(node: PrintedNode, label: str) -> None:
    """Gives a line another number, perhaps of another kind."""
    node.label = label
    kind = kind_of(label)
    assert kind is not None, "every label is of a kind"
    node.kind = kind


def reword(
    node: PrintedNode, target: PrintedNode, among: str, alone: str
) -> AmendmentClause | None:
    """Changes a line's text and returns the clause that says so; None where nothing changes.

    ``among`` and ``alone`` are how the line is called among clauses and in its own sentence.
    """
    if node.text == target.text:
        return None
    changes = find_word_changes(
        node.words(), target.words(), [under.text for under in node.paragraphs]
    )
    node.text, node.source = target.text, target.source
    if changes is None:
        part = "の本文" if node.kind == "measure" and node.paragraphs else ""
        verb = f"{part}を次のように改め"
        return AmendmentClause(among + verb, alone + verb, ("", "る"), ((node.line,),))
    stem, ending = write_word_changes(changes)
    return AmendmentClause(f"{among}中{stem}", f"{alone}中{stem}", ending)


def reword_in_place(node: PrintedNode, target: PrintedNode) -> AmendmentClause | None:
    """Rewords a line that is called by its address, relative among clauses."""
    return reword(node, target, relative_address(node), address(node))


def printed_lines(target: PrintedNode) -> tuple[str, ...]:
    """Returns the lines of something that is added with all that is under it."""
    return target.line, *target.lines_below()
