"""An edition as a tree of its printed lines: what a comparison table sets in rows.

Read in order, the tree's lines are ``Document.lines()``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.model.document import Document, DocumentLine

LineKey = tuple[str, Slot]
"""The key of a line in one edition: the type of its changes, or else its kind, and its slot."""


@dataclass(eq=False, slots=True)
class EditionLine:
    """One printed line and the lines that stand under it."""

    line: DocumentLine
    children: list["EditionLine"] = field(default_factory=list)

    @property
    def key(self) -> LineKey:
        """What changes and other lines refer to this line by."""
        kind = "section" if self.line.kind == "heading" else self.line.kind
        return kind, (self.line.parent, self.line.index)

    @property
    def head(self) -> str:
        """What opens the line: its number, or the mark of a paragraph, such as ・."""
        return self.line.opening if self.line.kind == "paragraph" else self.line.label

    @property
    def content(self) -> str:
        """The line as printed, without its head and the gap that follows it."""
        return self.line.text.removeprefix(self.head + self.line.gap)

    def texts(self) -> Iterator[str]:
        """Yields this line, and all lines under it, as printed."""
        yield self.line.text
        for child in self.children:
            yield from child.texts()


def edition_tree(document: Document) -> tuple[EditionLine, ...]:
    """Returns the front lines of an edition, and its chapters with all lines under them."""
    roots: list[EditionLine] = []
    ancestors: list[EditionLine] = []
    for line in document.lines():
        while ancestors and ancestors[-1].line.id != line.parent:
            ancestors.pop()
        node = EditionLine(line)
        (ancestors[-1].children if ancestors else roots).append(node)
        if line.kind in ("heading", "measure"):
            ancestors.append(node)
    return tuple(roots)


def lines_by_key(trees: Iterable[EditionLine]) -> Iterator[tuple[LineKey, EditionLine]]:
    """Yields all lines of an edition in order of print, by their keys."""
    for line in trees:
        yield line.key, line
        yield from lines_by_key(line.children)
