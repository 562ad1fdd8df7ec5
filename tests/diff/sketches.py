"""Sketches from which plans are made: flat lists, made and edited at random.

All sketches draw from the same few ids and sentences, so that any two of them have much in common.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

T = TypeVar("T")

NODES = tuple(f"node-{n}" for n in range(7))
MEASURES = tuple(f"measure-{n}" for n in range(7))
PARAGRAPHS = tuple(f"paragraph-{n}" for n in range(4))
MINISTRIES = tuple(f"ministry-{n}" for n in range(5))
CHAPTER_KINDS = ("chapter", "chapter", "preface", "appendix")
SECTION_KINDS = ("section", "group", "group", "policy", "topic")
MARKERS = ("bullet", "bullet", "note", "legend", "plain")

SENTENCES = (
    "AIの研究開発を促進",
    "AIの研究開発を推進",
    "AIの利活用を推進し、社会課題を解決",
    "AIの利活用を促進し、社会課題を解決する",
    "データの集積・共有を図る",
    "国際的な枠組みの構築に貢献",
    "国際的な枠組みを主導",
    "人材の育成",
    "検討",
)
"""Some similar, some not."""

Run = str | dict[str, str]
Text = tuple[Run, ...]
Assignments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Clause:
    text: Text
    assignments: Assignments


@dataclass(frozen=True)
class Paragraph:
    id: str | None
    marker: str
    text: Text


@dataclass(frozen=True)
class Node:
    """A chapter or section; ``parent`` is a chapter unless it precedes."""

    id: str
    parent: str | None
    kind: int
    title: str
    label: str | None
    body: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Item:
    """A measure with its ``clauses``, or a reprint if these are None."""

    measure: str
    node: str
    clauses: tuple[Clause, ...] | None
    body: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Ministry:
    id: str
    name: str
    full_name: str | None
    abolished: str | None
    succeeds: tuple[str, ...]


@dataclass(frozen=True)
class Sketch:
    """A sketch of a plan; the order of nodes and items is the order in print."""

    title: str
    stage: str
    publication: bool
    nodes: tuple[Node, ...]
    items: tuple[Item, ...]
    ministries: tuple[Ministry, ...]


def random_sentence(random: Random) -> str:
    """Returns one sentence, or two."""
    return "。".join(random.choices(SENTENCES, k=random.choice((1, 1, 1, 2))))


def _run(random: Random) -> Run:
    id = random.choice((*NODES, *MEASURES, *PARAGRAPHS))
    return random.choice(
        (random_sentence(random), {"ref": id}, {"footnote": random.choice(SENTENCES)})
    )


def _text(random: Random) -> Text:
    if random.random() < 0.7:
        return (random_sentence(random),)
    return tuple(_run(random) for _ in range(random.randint(1, 4)))


def _clause(random: Random, text: Text) -> Clause:
    if random.random() < 0.5:  # the usual ministries in any order: else few brackets have an order
        return Clause(text, tuple((id, False) for id in random.sample(MINISTRIES[:3], 3)))
    ministries = random.sample(MINISTRIES, random.randint(0, 4))
    return Clause(text, tuple((id, random.random() < 0.3) for id in ministries))


def _clauses(random: Random, usual: Text) -> tuple[Clause, ...]:
    texts = random.choice(
        ((usual,), (usual,), (usual, SENTENCES[:1]), (_text(random), _text(random)))
    )
    return tuple(_clause(random, text) for text in texts)


def _paragraph(random: Random) -> Paragraph:
    id = random.choice((None, None, *PARAGRAPHS))
    return Paragraph(id, random.choice(MARKERS), _text(random))


def _body(random: Random) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(random) for _ in range(random.randint(0, 3)))


def random_node(random: Random) -> Node:
    """Returns any chapter or section."""
    return Node(
        id=random.choice(NODES),
        parent=random.choice((None, *NODES)),
        kind=random.randrange(len(SECTION_KINDS)),
        title=random_sentence(random),
        label=random.choice((None, "具体的な取組例", "取組")),
        body=_body(random),
    )


def random_item(random: Random) -> Item:
    """Returns any measure or reprint; two sketches often give a measure the same text."""
    measure, node = random.choice(MEASURES), random.choice(NODES)
    if random.random() < 0.2:
        return Item(measure, node, None, ())
    usual = (SENTENCES[MEASURES.index(measure)],)
    return Item(
        measure, node, _clauses(random, usual), _body(random) if random.random() < 0.3 else ()
    )


def random_register(random: Random) -> tuple[Ministry, ...]:
    """Returns most of the ministries, in any order."""
    ids = random.sample(MINISTRIES, random.choice((3, 5, 5, 5)))
    return tuple(_ministry(random, id) for id in ids)


def _ministry(random: Random, id: str) -> Ministry:
    return Ministry(
        id=id,
        name=random.choice("甲乙") + id[-1],
        full_name=random.choice((None, "正式な名")),
        abolished=random.choice((None, "2026-04-01", "2027-04-01")),
        succeeds=tuple(random.sample(MINISTRIES, random.choice((0, 0, 1, 2)))),
    )


def edited(sketch: Sketch, randoms: Iterable[Random]) -> Sketch:
    """Returns the sketch after one edit for each random generator."""
    for random in randoms:
        match random.choice(("nodes", "nodes", "items", "items", "items", "ministries", "title")):
            case "nodes":
                nodes = _edited_list(sketch.nodes, random, random_node(random), _node_edits)
                sketch = replace(sketch, nodes=nodes)
            case "items":
                items = _edited_list(sketch.items, random, random_item(random), _item_edits)
                sketch = replace(sketch, items=items)
            case "ministries":
                ministries = _edited_list(
                    sketch.ministries,
                    random,
                    _ministry(random, random.choice(MINISTRIES)),
                    _ministry_edits,
                )
                sketch = replace(sketch, ministries=ministries)
            case "title":
                sketch = replace(sketch, title=random_sentence(random))
    return sketch


def _edited_list(
    things: tuple[T, ...], random: Random, other: T, edits: Callable[[T, T], tuple[T, ...]]
) -> tuple[T, ...]:
    """Returns the list after an edit of one entry, an addition, a removal, or another order."""
    found = list(things) or [other]
    at, to = random.randrange(len(found)), random.randrange(len(found))
    match random.choice(("edit", "edit", "edit", "edit", "remove", "add", "swap", "carry")):
        case "edit":
            found[at] = random.choice(edits(found[at], other))
        case "remove":
            del found[at]
        case "add":
            found.insert(at, other)
        case "swap":
            found[at], found[to] = found[to], found[at]
        case "carry":
            found.insert(to, found.pop(at))
    return tuple(found)


def _node_edits(ours: Node, theirs: Node) -> tuple[Node, ...]:
    return (
        replace(ours, parent=theirs.parent),
        replace(ours, kind=theirs.kind),
        replace(ours, title=theirs.title),
        replace(ours, label=theirs.label),
        *(replace(ours, body=body) for body in _body_edits(ours.body, theirs.body)),
    )


def _item_edits(ours: Item, theirs: Item) -> tuple[Item, ...]:
    carried = replace(ours, node=theirs.node)
    if ours.clauses is None or theirs.clauses is None:
        return (carried,)
    first, (_, *others) = ours.clauses[0], ours.clauses
    new = theirs.clauses[0]
    return (
        carried,
        replace(ours, clauses=(replace(first, text=_reworded(first.text)), *others)),
        replace(ours, clauses=(replace(first, text=new.text), *others)),
        replace(ours, clauses=(replace(first, assignments=new.assignments), *others)),
        replace(ours, clauses=(replace(first, assignments=first.assignments[::-1]), *others)),
        replace(ours, clauses=(replace(first, assignments=_led(first.assignments)), *others)),
        replace(ours, clauses=(*others, first)),
        replace(ours, clauses=(*ours.clauses, new)),
        *(replace(ours, body=body) for body in _body_edits(ours.body, theirs.body)),
    )


def _ministry_edits(ours: Ministry, theirs: Ministry) -> tuple[Ministry, ...]:
    return (
        replace(ours, name="新" + ours.name),
        replace(ours, full_name=theirs.full_name),
        replace(ours, abolished=theirs.abolished),
        replace(ours, succeeds=(theirs.id,)),
    )


def _body_edits(
    ours: tuple[Paragraph, ...], theirs: tuple[Paragraph, ...]
) -> tuple[tuple[Paragraph, ...], ...]:
    return (
        theirs,
        (*theirs, *ours),
        ours[1:] + ours[:1],
        tuple(replace(paragraph, text=_reworded(paragraph.text)) for paragraph in ours),
        tuple(replace(paragraph, marker="note") for paragraph in ours),
        tuple(replace(paragraph, id=None) for paragraph in ours),
        tuple(part for paragraph in ours for part in _divided(paragraph)),
        _joined(ours),
    )


def _divided(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yields the paragraph in parts: after its first run, or in the middle of its only one."""
    first, *rest = paragraph.text
    if rest:
        yield replace(paragraph, text=(first,))
        yield replace(paragraph, id=None, text=tuple(rest))
    elif isinstance(first, str) and len(first) > 1:
        middle = len(first) // 2
        yield replace(paragraph, text=(first[:middle],))
        yield replace(paragraph, id=None, text=(first[middle:],))
    else:
        yield paragraph


def _joined(body: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Returns the paragraphs with the first two as one."""
    if len(body) < 2:
        return body
    first, second, *rest = body
    return (replace(first, text=first.text + second.text), *rest)


def _led(assignments: Assignments) -> Assignments:
    """Returns the same ministries in another order, led by one that did not lead."""
    return tuple((id, lead if at else not lead) for at, (id, lead) in enumerate(assignments[::-1]))


def _reworded(text: Text) -> Text:
    return tuple(r.replace("促進", "推進") + "等" if isinstance(r, str) else r for r in text)
