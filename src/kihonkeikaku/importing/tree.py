"""Blocks → the tree of a plan: headings, measures, and the paragraphs below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.heading_ranks import CHAPTER_LIKE
from kihonkeikaku.importing.outline_finder import AI_PLAN, FoundOutline
from kihonkeikaku.importing.text_blocks import TextBlock

NodeKind = Literal["heading", "measure", "paragraph"]


@dataclass(slots=True)
class Node:
    """A heading, measure or paragraph, and what stands below it.

    ``family`` is the form of its label; ``depth`` counts from 0 for chapters.
    """

    kind: NodeKind
    family: str
    block: TextBlock
    children: list["Node"] = field(default_factory=list)
    depth: int = 0

    @property
    def number(self) -> int:
        """Which one of its family it is; 0 for paragraphs, and where there is no number."""
        return self.block.label.number if self.block.label and self.kind != "paragraph" else 0

    @property
    def written(self) -> str:
        """Its label as written."""
        return self.block.label.written if self.block.label else ""

    def walk(self) -> Iterator["Node"]:
        """Yields this node and all below it in order of print."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Tree:
    """The chapters of a document, and what stands before the first."""

    chapters: tuple[Node, ...]
    before: tuple[TextBlock, ...]

    def walk(self) -> Iterator[Node]:
        """Yields all nodes in order of print."""
        for chapter in self.chapters:
            yield from chapter.walk()


def grow_tree(blocks: Sequence[TextBlock], outline: FoundOutline) -> Tree:
    """Returns the tree of a document's blocks."""
    ranks = _ranks(outline)
    chapters: list[Node] = []
    path: list[Node] = []
    before: list[TextBlock] = []
    for block, role, family in zip(blocks, outline.roles, outline.own_families, strict=True):
        if role == "text":
            if path:
                path[-1].children.append(Node("paragraph", "", block))
            else:
                before.append(block)
            continue
        while path and ranks[path[-1].family] >= ranks[family]:
            path.pop()
        if role == "measure" and not path:
            before.append(block)
            continue
        node = Node("measure" if role == "measure" else "heading", family, block, depth=len(path))
        (path[-1].children if path else chapters).append(node)
        path.append(node)
    return Tree(tuple(chapters), tuple(before))


def _ranks(outline: FoundOutline) -> dict[str, int]:
    families = list(outline.families)
    if outline.is_ai_plan:
        families = [CHAPTER_LIKE, *AI_PLAN, *([outline.measure] if outline.measure else [])]
    ranks = {family: rank for rank, family in enumerate(families)}
    first = next((rank for family, rank in ranks.items() if family != CHAPTER_LIKE), 0)
    return {**ranks, CHAPTER_LIKE: first}


def check_numbers(tree: Tree, account: Account) -> dict[str, str]:
    """Notes each number that doesn't follow the one before it.

    Returns:
        the families whose numbers don't begin again below each heading, but in each chapter or
        not at all, as ``counts`` says it in an outline.
    """
    counts: dict[str, str] = {}
    numbered = [place for place in _with_places(tree) if place[0].number]
    for family in dict.fromkeys(node.family for node, _, _ in numbered):
        own = [each for each in numbered if each[0].family == family]
        scopes: dict[str, list[int]] = {
            "parent": [id(parent) for _, parent, _ in own],
            "chapter": [chapter for _, _, chapter in own],
            "plan": [0] * len(own),
        }
        breaks = {
            name: list(_breaks([node for node, _, _ in own], scope))
            for name, scope in scopes.items()
        }
        best = min(breaks, key=lambda name: len(breaks[name]))
        if best != "parent":
            counts[family] = best
        for before, node in breaks[best]:
            after = f"「{before.written}」" if before else "（なし）"
            account.doubt(
                node.block.first, f"番号「{node.written}」が、前の番号{after}に続きません"
            )
    return counts


def _with_places(tree: Tree) -> Iterator[tuple[Node, Node | None, int]]:
    """Yields each heading and measure with its parent and the number of its chapter."""
    for at, chapter in enumerate(tree.chapters):
        yield chapter, None, 0
        for node in chapter.walk():
            for child in node.children:
                yield child, node, at


def _breaks(nodes: Sequence[Node], scopes: Sequence[int]) -> Iterator[tuple[Node | None, Node]]:
    """Yields each node whose number doesn't follow, and the one before it in its scope."""
    last: dict[int, Node] = {}
    for node, scope in zip(nodes, scopes, strict=True):
        before = last.get(scope)
        if node.number != (before.number if before else 0) + 1:
            yield before, node
        last[scope] = node
