"""Which printed line of the old edition is which of the new one, as far as an amendment says so.

A heading corresponds only if those above it do, in both editions, and a chapter only to a chapter;
what doesn't correspond is taken out of the old edition, or put into the new one, with all that
stands under it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Final

from kihonkeikaku.amendment.printed_edition import Key, Node
from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.records import Placement
from kihonkeikaku.text.similarity import pair_similar

Pairs = dict[Node, Node]
"""Lines of the old edition, each with the line of the new one that it becomes."""

Items = Mapping[str, tuple[Placement, ...]]
"""What each section lists, by its id."""

_NEARLY_THE_SAME: Final = 0.6
"""Least likeness of an item and what takes its place, for only its words to be amended."""

_ALIKE: Final = 0.35
"""Least likeness of a footnote and its earlier self: that of paragraphs under one heading."""


def corresponding(
    books: tuple[Node, Node],
    items: tuple[Items, Items],
    paragraphs: Mapping[Slot, Slot],
    given_up: Collection[Key],
) -> Pairs:
    """Returns what corresponds in two printed editions.

    Args:
        books: the old edition and the new one.
        items: which measure each of their items prints.
        paragraphs: which paragraph is which, by spots.
        given_up: lines of the old edition that can't be told to become others.
    """
    old, new = ({n.key: n for n in book.with_all_under()} for book in books)
    for key in given_up:
        del old[key]
    pairs = _headings(books, old, new)
    pairs.update(_items(pairs, old, new, items))
    pairs.update(_paragraphs(pairs, old, new, paragraphs))
    pairs.update(_notes(pairs))
    return pairs


def _headings(books: tuple[Node, Node], old: Mapping[Key, Node], new: Mapping[Key, Node]) -> Pairs:
    both = [(node, new[key]) for key, node in old.items() if key in new]
    headings = [(a, b) for a, b in both if a.key[0] in ("heading", "book")]
    pairs = {a: b for a, b in headings if (a.parent is books[0]) == (b.parent is books[1])}
    while True:
        here, there = set(pairs), set(pairs.values())
        torn = [a for a, b in pairs.items() if a is not books[0]]
        torn = [a for a in torn if a.parent not in here or pairs[a].parent not in there]
        if not torn:
            return pairs
        for a in torn:
            del pairs[a]


def _items(
    pairs: Pairs, old: Mapping[Key, Node], new: Mapping[Key, Node], items: tuple[Items, Items]
) -> Pairs:
    """Pairs items of one measure: under the same heading first, then across headings."""
    before, after = _placed(old, items[0]), _placed(new, items[1])
    homes = set(pairs.values())
    left = [b for b in after if b.parent in homes]
    found: Pairs = {}
    for name_old, name_new in (
        (lambda a: (pairs.get(a.parent), before[a]), lambda b: (b.parent, after[b])),
        (lambda a: (pairs.get(a.parent), before[a][0]), lambda b: (b.parent, after[b][0])),
        (before.__getitem__, after.__getitem__),
    ):
        rest = [a for a in before if a not in found], _but(left, found)
        found.update(_in_order(*rest, name_old, name_new))
    found.update(_successors(pairs, [a for a in before if a not in found], _but(left, found)))
    return found


def _but(nodes: Iterable[Node], found: Pairs) -> list[Node]:
    taken = set(found.values())
    return [node for node in nodes if node not in taken]


def _successors(pairs: Pairs, old: Iterable[Node], new: Iterable[Node]) -> Pairs:
    """Pairs items under one heading that say nearly the same: a merger's with what it was made of.

    That they are two measures matters to the comparison; here it is the text that is amended.
    """
    by_home: dict[Node | None, tuple[list[Node], list[Node]]] = defaultdict(lambda: ([], []))
    for a in old:
        by_home[pairs.get(a.parent) if a.parent else None][0].append(a)
    for b in new:
        by_home[b.parent][1].append(b)
    found: Pairs = {}
    for before, after in by_home.values():
        texts = [node.text for node in before], [node.text for node in after]
        if all(texts):
            likely = pair_similar(*texts, _NEARLY_THE_SAME, lambda i, j: True)
            found.update({before[i]: after[j] for i, j in likely})
    return found


def _placed(nodes: Mapping[Key, Node], items: Items) -> dict[Node, tuple[str, bool]]:
    """Returns which measure each item prints, and whether for a second time."""
    placed = (
        (node, items[str(key[1])][int(key[2])]) for key, node in nodes.items() if key[0] == "item"
    )
    return {node: (entry.measure, entry.reprint) for node, entry in placed}


def _in_order(
    old: Iterable[Node],
    new: Iterable[Node],
    name_old: Callable[[Node], Hashable],
    name_new: Callable[[Node], Hashable],
) -> Pairs:
    """Pairs, in order, what has the same name."""
    waiting: dict[Hashable, list[Node]] = defaultdict(list)
    for a in old:
        waiting[name_old(a)].append(a)
    pairs: Pairs = {}
    for b in new:
        alike = waiting.get(name_new(b))
        if alike:
            pairs[alike.pop(0)] = b
    return pairs


def _paragraphs(
    pairs: Pairs,
    old: Mapping[Key, Node],
    new: Mapping[Key, Node],
    paragraphs: Mapping[Slot, Slot],
) -> Pairs:
    homes = set(pairs.values())
    found: Pairs = {}
    for before, after in paragraphs.items():
        a, b = (n.get(("paragraph", str(s[0]), s[1])) for n, s in ((old, before), (new, after)))
        if a and b and b.parent in homes:
            found[a] = b
    return found


def _notes(pairs: Pairs) -> Pairs:
    """Pairs the footnotes of each chapter: equal ones, then those that are alike."""
    found: Pairs = {}
    for a, b in pairs.items():
        equal = _in_order(a.notes, b.notes, lambda note: note.text, lambda note: note.text)
        taken = set(equal.values())
        before = [note for note in a.notes if note not in equal]
        after = [note for note in b.notes if note not in taken]
        texts = [note.text for note in before], [note.text for note in after]
        likely = pair_similar(*texts, _ALIKE, lambda i, j: True)
        found.update(equal)
        found.update({before[i]: after[j] for i, j in likely})
    return found
