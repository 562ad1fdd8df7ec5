"""Blocks → the tree of a plan: headings, measures, and the paragraphs below them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.outline_finder import (
    AI_PLAN,
    CHAPTER_LIKE,
    FoundOutline,
)
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


def grow_tree(blocks: Sequence[TextBlock], outline: FoundOutline, account: Account) -> Tree:
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
        siblings = path[-1].children if path else chapters
        _check_number(node, siblings, account)
        siblings.append(node)
        path.append(node)
    return Tree(tuple(chapters), tuple(before))


def _ranks(outline: FoundOutline) -> dict[str, int]:
    families = list(outline.families)
    if outline.is_ai_plan:
        families = [CHAPTER_LIKE, *AI_PLAN, *([outline.measure] if outline.measure else [])]
    ranks = {family: rank for rank, family in enumerate(families)}
    first = next((rank for family, rank in ranks.items() if family != CHAPTER_LIKE), 0)
    return {**ranks, CHAPTER_LIKE: first}


def _check_number(node: Node, siblings: Sequence[Node], account: Account) -> None:
    """Notes a number that doesn't follow the one before it."""
    label = node.block.label
    if not label or not label.number:
        return
    before = next((each for each in reversed(siblings) if each.family == node.family), None)
    number = before.block.label.number if before and before.block.label else 0
    if label.number != number + 1:
        account.doubt(
            node.block.first,
            f"番号「{label.written}」が、前の番号"
            + (f"「{before.block.label.written}」" if before and before.block.label else "（なし）")
            + "に続きません",
        )
