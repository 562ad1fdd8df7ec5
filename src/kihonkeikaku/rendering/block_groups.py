"""The lines of a body, put together again: bullets make a list, rows a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kihonkeikaku.model.document import NumberedParagraph


@dataclass(frozen=True, slots=True)
class BlockGroup:
    """What makes one element of a page.

    ``kind`` is a marker of paragraphs, or a container. ``lines`` are its own lines, ``inner`` what
    stands in it: in a box its contents; below an item, its items.
    """

    kind: str
    lines: Sequence[NumberedParagraph]
    inner: tuple["BlockGroup", ...] = ()

    @property
    def id(self) -> str | None:
        """The id of the whole."""
        return self.lines[0].id if self.lines else None

    def of(self, marker: str) -> list[NumberedParagraph]:
        """Returns its lines with a marker."""
        return [line for line in self.lines if line.marker == marker]


def group_blocks(lines: Iterable[NumberedParagraph], depth: int = 0) -> tuple[BlockGroup, ...]:
    """Groups the lines of a body.

    Args:
        lines: lines in order of print.
        depth: how many containers stand around all of them.
    """
    runs: list[tuple[str | None, list[NumberedParagraph]]] = []
    for line in lines:
        container = line.within[depth] if len(line.within) > depth else None
        begins = line.opens >= len(line.within) - depth
        if not runs or container != runs[-1][0] or (container and begins):
            runs.append((container, []))
        runs[-1][1].append(line)
    return tuple(group for container, run in runs for group in _make_groups(container, run, depth))


def _make_groups(
    container: str | None, lines: list[NumberedParagraph], depth: int
) -> Iterable[BlockGroup]:
    match container:
        case None:
            return (BlockGroup(marker, list(run)) for marker, run in groupby(lines, _marker))
        case "box":
            titles = [line for line in lines[:1] if line.marker == "box-title"]
            return [BlockGroup("box", titles, group_blocks(lines[len(titles) :], depth + 1))]
        case "items":
            return [BlockGroup("items", (), tuple(_items(lines, depth + 1)))]
        case _:
            return [BlockGroup(container, lines)]


def _items(lines: list[NumberedParagraph], depth: int) -> Iterable[BlockGroup]:
    """Yields a group for each item, with those below it."""
    starts = [at for at, line in enumerate(lines) if len(line.within) == depth]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        below = group_blocks(lines[start + 1 : end], depth)
        yield BlockGroup("item", lines[start : start + 1], below)


def _marker(line: NumberedParagraph) -> str:
    return line.marker
