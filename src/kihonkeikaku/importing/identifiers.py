"""Identifiers for what a document holds: those of a plan like it, else short words, else places."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Final

from kihonkeikaku.importing.labels import ANNEX
from kihonkeikaku.importing.tree import Node, Tree
from kihonkeikaku.model.draft import draft_from_plan
from kihonkeikaku.model.plan import Heading, Plan
from kihonkeikaku.model.values import Id, Runs
from kihonkeikaku.text.similarity import pair_similar

_GLOSSES: Final = (
    ("はじめに|前文|序文|序章", "foreword"),
    ("おわりに|終わりに|結び|むすび", "afterword"),
    ("基本構想|目指す(?:べき)?(?:社会|姿)|将来像|ビジョン", "vision"),
    ("基本的な方針|基本方針", "policy"),
    ("基本的(?:な)?考え方|理念|原則", "principles"),
    ("講ずべき施策|施策の展開|具体的(?:な)?(?:施策|取組)|施策・?|取組", "measures"),
    ("推進するために必要な事項|推進体制|計画の推進", "promotion"),
    ("重点的な取組|重点施策|重点事項", "priorities"),
    ("現状|背景|情勢|課題", "background"),
    ("目標|指標", "goals"),
    ("評価|フォローアップ|進捗", "follow-up"),
    ("工程表|ロードマップ", "roadmap"),
    ("戦略", "strategy"),
)
"""What words in a chapter's title are taken for. The one that ends last in the title counts."""

_SAME: Final = 0.65
"""Least similarity of what is the same: that of the comparison for texts of different parents."""


def assign_ids(
    tree: Tree, texts: dict[int, str], like: Plan | None
) -> tuple[dict[int, Id], list[Id]]:
    """Returns an identifier for each heading and measure of a tree, by ``id()`` of its node.

    Those that were made up, rather than taken from the other plan, are listed besides.

    Args:
        tree: the tree.
        texts: the title of each heading and the text of each measure, likewise.
        like: the plan whose identifiers are kept for what is the same, or nearly.
    """
    ids = _matched(tree, texts, like) if like else {}
    kept = set(ids.values())
    taken = kept | ({m.id for m in like.measures} if like else set())
    taken |= {heading.id for _, heading in _headings(like)} if like else set()
    for number, chapter in enumerate(tree.chapters, start=1):
        if id(chapter) not in ids:
            label = chapter.block.label
            words = _chapter_words(texts[id(chapter)], number)
            if label and label.pattern == ANNEX:
                words = ("annex",)
            ids[id(chapter)] = _take(words, taken)
        _assign_below(chapter, ids, taken)
    return ids, [each for each in ids.values() if each not in kept]


def _assign_below(node: Node, ids: dict[int, Id], taken: set[Id]) -> None:
    counts: dict[str, int] = {}
    for child in node.children:
        if child.kind == "paragraph":
            continue
        counts[child.family] = counts.get(child.family, 0) + 1
        if id(child) not in ids:
            place = f"{ids[id(node)]}-{counts[child.family]}"
            sign = "m" if child.kind == "measure" else "s"
            ids[id(child)] = _take((place, f"{ids[id(node)]}-{sign}{counts[child.family]}"), taken)
        _assign_below(child, ids, taken)


def _take(wanted: Sequence[Id], taken: set[Id]) -> Id:
    more = (f"{wanted[-1]}-{n}" for n in count(2))
    found = next(each for each in chain(wanted, more) if each not in taken)
    taken.add(found)
    return found


def _chapter_words(title: str, number: int) -> tuple[Id, ...]:
    found = [
        (match.end(), word)
        for expression, word in _GLOSSES
        for match in re.finditer(expression, title)
    ]
    place = f"chapter-{number}"
    return (max(found)[1], place) if found else (place,)


def _matched(tree: Tree, texts: dict[int, str], like: Plan) -> dict[int, Id]:
    """Returns the identifiers of the other plan for what is the same, or nearly."""
    nodes = list(tree.walk())
    ids: dict[int, Id] = {}
    olds = {
        "heading": [(heading.title, heading.id) for _, heading in _headings(like)],
        "measure": [
            ("".join(plain_text(part.text) for part in measure.parts), measure.id)
            for measure in like.measures
        ],
        "paragraph": [
            (plain_text(line.text), line.id) for line in draft_from_plan(like).body_lines if line.id
        ],
    }
    for kind, old in olds.items():
        new = [node for node in nodes if node.kind == kind]
        chapters = kind == "heading"
        levels = {heading.id: level for level, heading in _headings(like)} if chapters else {}
        pairs = pair_similar(
            [text for text, _ in old],
            [texts[id(node)] for node in new],
            _SAME,
            lambda i, j, old=old, new=new, levels=levels: (  # type: ignore[misc] # mypy knows no defaults of lambdas
                not levels or (levels[old[i][1]] == 0) == (new[j].depth == 0)
            ),
        )
        ids.update({id(new[j]): old[i][1] for i, j in pairs})
    return ids


def _headings(plan: Plan) -> Iterator[tuple[int, Heading]]:
    pending: list[tuple[int, Heading]] = [(0, chapter) for chapter in reversed(plan.chapters)]
    while pending:
        level, heading = pending.pop()
        yield level, heading
        pending += [(level + 1, section) for section in reversed(heading.sections)]


def plain_text(runs: Runs) -> str:
    """Returns the words of a text, without what its references and footnotes print."""
    return "".join(run for run in runs if isinstance(run, str))
