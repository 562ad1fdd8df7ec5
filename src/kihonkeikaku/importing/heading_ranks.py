"""In what order the kinds of a document's headings stand, from the top down."""

from collections.abc import Sequence
from typing import Final, Literal

from kihonkeikaku.importing.text_blocks import TextBlock

Role = Literal["heading", "measure", "text"]

CHAPTER_LIKE: Final = "unnumbered"
"""The family of はじめに, 別紙 and the like."""


class HeadingRanks:
    """Finds in what order the families of headings stand.

    A family stands below that of the heading under which it is met first. Headings without a
    number stand at several heights: such a family is one for each family above it. How high one
    stands is told by what is numbered on behind it, and what begins again.
    """

    def __init__(
        self, blocks: Sequence[TextBlock], families: Sequence[str], roles: Sequence[Role]
    ) -> None:
        self._numbers = [block.label.number if block.label else 0 for block in blocks]
        self._levels = [block.first.level or 0 for block in blocks]
        self._families = list(families)
        self._places = [at for at, role in enumerate(roles) if role != "text"]
        self._next = self._next_of_family()
        self._order: list[str] = []

    def rank(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Returns the families from the top down, and the family of each block."""
        path: list[int] = []
        for step, at in enumerate(self._places):
            family = self._families[at]
            if "{" not in family and family != CHAPTER_LIKE:
                path = path[: self._height(path, step)]
                above = self._families[path[-1]] if path else ""
                family = self._families[at] = f"{family}@{above}"
            if family not in self._order:
                self._insert(family, self._families[path[-1]] if path else None)
            while path and self._rank_of(path[-1]) >= self._order.index(family):
                path.pop()
            path.append(at)
        return tuple(self._order), tuple(self._families)

    def _insert(self, family: str, above: str | None) -> None:
        is_top = family == CHAPTER_LIKE or above is None
        self._order.insert(0 if is_top else self._order.index(above or "") + 1, family)

    def _rank_of(self, at: int) -> int:
        return self._order.index(self._families[at])

    def _next_of_family(self) -> dict[int, int]:
        """Maps each place among the headings to the next one of each numbered family."""
        following: dict[int, int] = {}
        last: dict[str, int] = {}
        for at in reversed(self._places):
            following[at] = last.get(self._families[at], -1)
            last[self._families[at]] = at
        return following

    def _height(self, path: list[int], step: int) -> int:
        """Returns below how many of the open headings one without a number stands."""
        here = self._places[step]
        own = self._families[here]
        for height, above in enumerate(path):
            if self._levels[here] and self._levels[above]:
                if self._levels[above] >= self._levels[here]:
                    return height
                continue
            base = self._families[above].partition("@")[0]
            if base == own or ("{" in base and self._begins_again(above, here)):
                return height
        return len(path)

    def _begins_again(self, above: int, here: int) -> bool:
        """Whether the numbers of an open heading's family begin again before a higher heading."""
        behind = self._next[above]
        while 0 <= behind < here:
            behind = self._next[behind]
        return behind >= 0 and self._numbers[behind] == 1 and not self._leaves(above, here, behind)

    def _leaves(self, above: int, here: int, behind: int) -> bool:
        """Whether a heading higher than ``above`` comes before what begins again."""
        rank = self._rank_of(above)
        return any(
            self._families[at] in self._order and self._rank_of(at) < rank
            for at in self._places
            if here < at < behind
        )
