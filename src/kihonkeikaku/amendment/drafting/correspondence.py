"""Which lines of two printed editions an amendment treats as the same; and the state of a draft.

A heading corresponds only if those above it do, in both editions, and a chapter only to a chapter;
what doesn't correspond is removed from the old edition, or added to it, with all that stands under
it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import Final

from kihonkeikaku.amendment.printed_edition import PrintedKey, PrintedNode
from kihonkeikaku.diff.change import Slot
from kihonkeikaku.text.similarity import pair_similar

NodePairs = dict[PrintedNode, PrintedNode]
"""Nodes of the old edition, each with the node of the new one that it becomes."""

_SUCCESSOR_LIKENESS: Final = 0.6
"""Least likeness of a measure and what takes its place, for only its words to be amended."""

_FOOTNOTE_LIKENESS: Final = 0.35
"""Least likeness of a footnote and its earlier self: that of paragraphs under one heading."""


def match_nodes(
    roots: tuple[PrintedNode, PrintedNode],
    paragraphs: Mapping[Slot, Slot],
    given_up: Collection[PrintedKey],
) -> NodePairs:
    """Returns what corresponds in two printed editions.

    Args:
        roots: the old edition and the new one.
        paragraphs: which paragraph is which, by slots.
        given_up: keys of the old edition's lines that must not be matched, nor any under them.
    """
    old = {n.key: n for n in _walk_matchable(roots[0], given_up)}
    new = {n.key: n for n in roots[1].walk()}
    pairs = _match_headings(roots, old, new)
    pairs.update(_match_measures(pairs, old, new))
    _drop_orphans(pairs)
    pairs.update(_match_paragraphs(pairs, old, new, paragraphs))
    pairs.update(_match_footnotes(pairs))
    return pairs


def _walk_matchable(node: PrintedNode, given_up: Collection[PrintedKey]) -> Iterator[PrintedNode]:
    if node.key not in given_up:
        yield node
        for child in node.children():
            yield from _walk_matchable(child, given_up)


def _match_headings(
    roots: tuple[PrintedNode, PrintedNode],
    old: Mapping[PrintedKey, PrintedNode],
    new: Mapping[PrintedKey, PrintedNode],
) -> NodePairs:
    both = [(node, new[key]) for key, node in old.items() if key in new]
    headings = [(a, b) for a, b in both if a.key[0] in ("heading", "root")]
    pairs = {a: b for a, b in headings if (a.parent is roots[0]) == (b.parent is roots[1])}
    _drop_orphans(pairs, {node for node in (*old.values(), *new.values()) if _is_original(node)})
    return pairs


def _drop_orphans(pairs: NodePairs, likely: Collection[PrintedNode] = ()) -> None:
    """Drops what stands under lines that don't correspond, nor are ``likely`` to.

    Only the new place of a measure has to correspond: it may come from a heading that is gone.
    """
    while True:
        here, there = {*pairs, *likely}, {*pairs.values(), *likely}
        orphaned = [
            a
            for a, b in pairs.items()
            if a.parent is not None
            and (b.parent not in there or (a.kind != "measure" and a.parent not in here))
        ]
        if not orphaned:
            return
        for a in orphaned:
            del pairs[a]


def _is_original(node: PrintedNode) -> bool:
    return node.kind == "measure" and _measure(node)[1] == "measure"


def _match_measures(
    pairs: NodePairs,
    old: Mapping[PrintedKey, PrintedNode],
    new: Mapping[PrintedKey, PrintedNode],
) -> NodePairs:
    """Pairs lines of one measure: under the same heading first, then across headings."""
    before = [node for node in old.values() if node.kind == "measure"]
    parents = set(pairs.values())
    after = [b for b in new.values() if b.kind == "measure" and b.parent in parents]
    found: NodePairs = {}

    def new_parent(a: PrintedNode) -> PrintedNode | None:
        return pairs.get(a.parent) if a.parent else None

    for old_name, new_name in (
        (lambda a: (new_parent(a), _measure(a)), lambda b: (b.parent, _measure(b))),
        (lambda a: (new_parent(a), _measure(a)[0]), lambda b: (b.parent, _measure(b)[0])),
        (_measure, _measure),
    ):
        rest = [a for a in before if a not in found], _unmatched(after, found)
        found.update(_match_in_order(*rest, old_name, new_name))
    unmatched = [a for a in before if a not in found], _unmatched(after, found)
    found.update(_match_successors(pairs, *unmatched))
    return found


def _measure(node: PrintedNode) -> tuple[str | None, str]:
    """Returns which measure a line prints, and whether for the first time or as a reprint."""
    assert node.source, "both editions are made of documents"
    return node.source.id, node.source.variant


def _unmatched(nodes: Iterable[PrintedNode], found: NodePairs) -> list[PrintedNode]:
    taken = set(found.values())
    return [node for node in nodes if node not in taken]


def _match_successors(
    pairs: NodePairs, old: Iterable[PrintedNode], new: Iterable[PrintedNode]
) -> NodePairs:
    """Pairs measures under one heading that say nearly the same, as a merger and its origin.

    The comparison shows them as two measures; an amendment is about the text alone.
    """
    by_parent: dict[PrintedNode | None, tuple[list[PrintedNode], list[PrintedNode]]] = defaultdict(
        lambda: ([], [])
    )
    for a in old:
        by_parent[pairs.get(a.parent) if a.parent else None][0].append(a)
    for b in new:
        by_parent[b.parent][1].append(b)
    found: NodePairs = {}
    for before, after in by_parent.values():
        texts = [node.text for node in before], [node.text for node in after]
        if all(texts):
            likely = pair_similar(*texts, _SUCCESSOR_LIKENESS, lambda i, j: True)
            found.update({before[i]: after[j] for i, j in likely})
    return found


def _match_in_order(
    old: Iterable[PrintedNode],
    new: Iterable[PrintedNode],
    old_name: Callable[[PrintedNode], Hashable],
    new_name: Callable[[PrintedNode], Hashable],
) -> NodePairs:
    """Pairs, in order, what has the same name."""
    waiting: dict[Hashable, list[PrintedNode]] = defaultdict(list)
    for a in old:
        waiting[old_name(a)].append(a)
    pairs: NodePairs = {}
    for b in new:
        alike = waiting.get(new_name(b))
        if alike:
            pairs[alike.pop(0)] = b
    return pairs


def _match_paragraphs(
    pairs: NodePairs,
    old: Mapping[PrintedKey, PrintedNode],
    new: Mapping[PrintedKey, PrintedNode],
    paragraphs: Mapping[Slot, Slot],
) -> NodePairs:
    parents = set(pairs.values())
    found: NodePairs = {}
    for before, after in paragraphs.items():
        a, b = (n.get(("paragraph", str(s[0]), s[1])) for n, s in ((old, before), (new, after)))
        if a and b and b.parent in parents:
            found[a] = b
    return found


def _match_footnotes(pairs: NodePairs) -> NodePairs:
    """Pairs the footnotes of each chapter: equal ones, then those that are alike."""
    found: NodePairs = {}
    for a, b in pairs.items():
        equal = _match_in_order(
            a.footnotes, b.footnotes, lambda note: note.text, lambda note: note.text
        )
        taken = set(equal.values())
        before = [note for note in a.footnotes if note not in equal]
        after = [note for note in b.footnotes if note not in taken]
        texts = [note.text for note in before], [note.text for note in after]
        likely = pair_similar(*texts, _FOOTNOTE_LIKENESS, lambda i, j: True)
        found.update(equal)
        found.update({before[i]: after[j] for i, j in likely})
    return found


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
        return next((one for one in node.walk() if one in self.leaving and one is not node), None)

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
    kind = node.labels.kind_of(label, node.kind)
    assert kind is not None, "every label is of a kind"
    node.kind = kind
