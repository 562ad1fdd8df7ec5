"""Ministries that are above, or before, themselves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from kihonkeikaku.model.plan import Ministry

ClosingLink = tuple[int, Literal["parent"]] | tuple[int, Literal["succeeds"], int]
"""The index of a ministry in the register, the key, and for ``succeeds`` which of its values."""


def find_cycles(ministries: Sequence[Ministry]) -> Iterator[ClosingLink]:
    """Yields each parent and each predecessor by which a ministry comes back to itself."""
    index = {ministry.id: at for at, ministry in enumerate(ministries)}
    parents = {m.id: (m.parent,) if m.parent else () for m in ministries}
    for id, _ in _find_closing_edges(parents):
        yield index[id], "parent"
    for id, which in _find_closing_edges({m.id: m.succeeds for m in ministries}):
        yield index[id], "succeeds", which


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
