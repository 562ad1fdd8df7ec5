"""The old edition while an amendment to it is being drafted: as it stands after what is said."""

from collections.abc import Iterable, Mapping

from kihonkeikaku.amendment.addresses import address, designator, kind_of
from kihonkeikaku.amendment.drafting.correspondence import Pairs
from kihonkeikaku.amendment.drafting.wording import Clause, in_words, phrases
from kihonkeikaku.amendment.printed_edition import Node


class CantBeMoved(Exception):  # noqa: N818 - no error: the draft is begun anew without that move
    """A line can't be told to become another: it has to be taken out and put in again."""

    def __init__(self, node: Node) -> None:
        super().__init__(node.line)
        self.node = node


class Standing:
    """What becomes of each line, and which lines have yet to go elsewhere."""

    def __init__(self, pairs: Pairs) -> None:
        self.becomes: Mapping[Node, Node] = pairs
        self._of: dict[Node, Node] = {b: a for a, b in pairs.items()}
        self.leaving = {a for a, b in pairs.items() if not self._stays(a, b)}

    def _stays(self, node: Node, target: Node) -> bool:
        return node.parent is None or self.becomes.get(node.parent) is target.parent

    def source(self, target: Node) -> Node | None:
        """Returns what becomes this line of the new edition or was put in as it, if anything is."""
        return self._of.get(target)

    def is_doomed(self, node: Node) -> bool:
        """Returns whether a line goes with all that is under it."""
        return node not in self.becomes

    def leaving_from(self, node: Node) -> Node | None:
        """Returns what has yet to leave from under a line, if anything has."""
        return next((one for one in self.leaving if node in above(one)), None)

    def move(self, node: Node, parent: Node, index: int) -> None:
        """Takes a line from where it stands to an index of another list, or of the same."""
        node.siblings.remove(node)
        node.parent = parent
        node.siblings.insert(index, node)
        self.leaving.discard(node)

    def put_in(self, target: Node, parent: Node, index: int) -> None:
        """Puts a line of the new edition, with all that is under it, into a list."""
        node = Node(target.kind, target.label, target.text, parent, inside=list(target.under()))
        parent.list_of(target.kind).insert(index, node)
        self._of[target] = node


def above(node: Node) -> Iterable[Node]:
    """Yields what a line stands under, from the inside outwards."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def relabel(node: Node, label: str) -> None:
    """Gives a line another number, perhaps of another kind."""
    node.label = label
    kind = kind_of(label)
    assert kind is not None, "every label is of a kind"
    node.kind = kind


def reworded(node: Node, target: Node, among: str, alone: str) -> Clause | None:
    """Says what changes in a line's text, and changes it; None where nothing does.

    ``among`` and ``alone`` are how the line is called among clauses and in its own sentence.
    """
    if node.text == target.text:
        return None
    said = phrases(node.spell(), target.spell(), [under.text for under in node.paragraphs])
    node.text, node.spell = target.text, target.spell
    if said is None:
        part = "の本文" if node.kind == "item" and node.paragraphs else ""
        verb = f"{part}を次のように改め"
        return Clause(among + verb, alone + verb, ("", "る"), ((node.line,),))
    stem, ending = in_words(said)
    return Clause(f"{among}中{stem}", f"{alone}中{stem}", ending)


def reworded_here(node: Node, target: Node) -> Clause | None:
    """Says what changes in the text of something that is called from the place it stands in."""
    return reworded(node, target, designator(node), address(node))


def whole(target: Node) -> tuple[str, ...]:
    """Returns the lines of something that is put in whole."""
    return target.line, *target.under()
