"""府省庁の上位（parent）か前身（succeeds）をたどると、元の府省庁に戻ります。

どの府省庁も、自分自身の上位や前身にはなりません。

誤り:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
        parent: mext
      - id: mext
        name: 文科省
        parent: meti

正しい:

    # ministries.yaml
    ministries:
      - id: meti
        name: 経産省
      - id: mext
        name: 文科省
        parent: meti
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import Violation
from kihonkeikaku.model.plan import Ministry

SEVERITY = "error"


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each parent and each predecessor by which a ministry comes back to itself."""
    place = {ministry.id: index for index, ministry in enumerate(draft.ministries)}
    parents = {m.id: (m.parent,) if m.parent else () for m in draft.ministries}
    for id, _ in _find_closing_edges(parents):
        yield _violation(draft.ministries[place[id]], (place[id], "parent"))
    for id, which in _find_closing_edges({m.id: m.succeeds for m in draft.ministries}):
        yield _violation(draft.ministries[place[id]], (place[id], "succeeds", which))


def _violation(
    ministry: Ministry,
    path: tuple[int, Literal["parent"]] | tuple[int, Literal["succeeds"], int],
) -> Violation:
    return Violation(
        ("ministries", *path),
        f"府省庁「{ministry.name}」の {path[1]} をたどると、自分自身に戻ります。",
        f"{path[1]} の指す府省庁を確かめてください。",
    )


def _find_closing_edges(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Yields each edge that closes a cycle: where it starts, and which of the edges there it is.

    Without recursion and in linear time: a register may be long.
    """
    visited: set[str] = set()
    for start in edges:
        trail = [] if start in visited else [(start, enumerate(edges[start]))]
        on_trail = {id for id, _ in trail}
        while trail:
            id, ahead = trail[-1]
            visited.add(id)
            which, to = next(ahead, (0, None))
            if to is None:
                on_trail.discard(trail.pop()[0])
            elif to in on_trail:
                yield id, which
            elif to in edges and to not in visited:
                trail.append((to, enumerate(edges[to])))
                on_trail.add(to)
