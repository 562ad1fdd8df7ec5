"""An edition as it is printed: a tree of lines, which an amendment addresses and changes.

The tree is made of ``Document.lines()`` and knows no identifiers of what it prints: ``key`` is for
drafting an amendment, never for reading one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kihonkeikaku.amendment.label_forms import LabelForms, heading_kind, labels_of
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.inlines import REPRINT_MARK, Inline, NumberedClause, TextRun
from kihonkeikaku.text.segmentation import words

PrintedKind = str
"""``root``, ``measure``, ``paragraph``, ``footnote``, or a heading's kind in the plan's outline."""

COVER: Final = ("題名", "副題", "版の呼び名", "日付")
"""What the cover prints, in this order, and what it is called in an amendment."""

PrintedKey = tuple[str | int | None, ...]
"""Of a heading, its id; of any other line, its parent's id and its index."""


@dataclass(eq=False, slots=True)
class PrintedNode:
    """One printed line with its number, and what stands under it.

    ``label`` is the number, 「第1節」 or 「①」, empty where none is printed; ``text`` is the rest
    of the line, made from ``source``. ``added_below`` are lines that an amendment added together
    with this one. Items, rows of tables and other lines of a body are paragraphs, with their marks
    in the text.
    """

    kind: PrintedKind
    label: str
    text: str
    parent: "PrintedNode | None" = None
    key: PrintedKey = ()
    source: DocumentLine | None = None
    measures_label: str | None = None
    paragraphs: list["PrintedNode"] = field(default_factory=list)
    measures: list["PrintedNode"] = field(default_factory=list)
    sections: list["PrintedNode"] = field(default_factory=list)
    footnotes: list["PrintedNode"] = field(default_factory=list)
    added_below: list[str] = field(default_factory=list)
    own_labels: LabelForms | None = None

    @property
    def labels(self) -> LabelForms:
        """The labels of the edition, which its root holds."""
        node = self
        while node.own_labels is None:
            assert node.parent is not None, "the root has labels"
            node = node.parent
        return node.own_labels

    @property
    def line(self) -> str:
        """The line as printed."""
        gap = "　" if self.label and self.kind != "measure" else ""
        return self.label + gap + self.text

    @property
    def siblings(self) -> list["PrintedNode"]:
        """The list in which this stands."""
        assert self.parent is not None, "the root stands in no list"
        return self.parent.children_of_kind(self.kind)

    def children_of_kind(self, kind: PrintedKind) -> list["PrintedNode"]:
        """Returns the list under this in which lines of a kind stand."""
        match kind:
            case "paragraph":
                return self.paragraphs
            case "measure":
                return self.measures
            case "footnote":
                return self.footnotes
            case _:
                return self.sections

    def words(self) -> tuple[str, ...]:
        """Returns the text, word by word."""
        return tuple(_line_words(self.source)) if self.source else ()

    def lines_below(self) -> Iterator[str]:
        """Yields the lines that stand under this one, in order of print."""
        yield from (paragraph.line for paragraph in self.paragraphs)
        if self.measures_label:
            yield f"【{self.measures_label}】"
        for child in (*self.measures, *self.sections):
            yield child.line
            yield from child.lines_below()
        yield from self.added_below
        yield from (note.line for note in self.footnotes)

    def children(self) -> Iterator["PrintedNode"]:
        """Yields what stands directly under this and can be addressed."""
        yield from (*self.paragraphs, *self.measures, *self.sections, *self.footnotes)

    def walk(self) -> Iterator["PrintedNode"]:
        """Yields this and everything under it that can be addressed."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(slots=True)
class PrintedEdition:
    """An edition as printed: its cover, by the names in ``COVER``, and its chapters under a root.

    ``title`` is the title in words.
    """

    cover: dict[str, str]
    title: tuple[str, ...]
    root: PrintedNode

    def lines(self) -> list[str]:
        """Returns all lines: those of the cover, then ``Document.blocks()``."""
        cover = (self.cover[name] for name in COVER if name in self.cover)
        return [*cover, *self.root.lines_below()]


def printed_edition(document: Document) -> PrintedEdition:
    """Returns an edition as printed."""
    cover = {
        "題名": document.book_title,
        "副題": document.head.subtitle,
        "版の呼び名": document.head.edition.label,
        "日付": document.date_line,
    }
    title = tuple(filter(None, (*words(document.head.title), document.suffix)))
    root = PrintedNode("root", "", "", key=("root",), own_labels=labels_of(document))
    ancestors: list[tuple[str | None, PrintedNode]] = [(None, root)]
    for line in document.lines():
        if line.kind == "front":  # the cover says more
            continue
        while ancestors[-1][0] != line.parent:
            ancestors.pop()
        parent = ancestors[-1][1]
        if line.kind == "measures-label":
            parent.measures_label = line.clauses[0].text
            continue
        node = _make_node(line, parent)
        parent.children_of_kind(node.kind).append(node)
        if line.kind in ("heading", "measure"):
            ancestors.append((line.id, node))
    return PrintedEdition({name: text for name, text in cover.items() if text}, title, root)


def _make_node(line: DocumentLine, parent: PrintedNode) -> PrintedNode:
    if line.kind == "heading":
        kind = heading_kind(line.variant)
        return PrintedNode(kind, line.label, line.body, parent, ("heading", line.id), line)
    key: PrintedKey = (line.kind, line.parent, line.index)
    if line.kind in ("paragraph", "assignments"):
        return PrintedNode("paragraph", "", line.text, parent, key, line)
    return PrintedNode(line.kind, line.label, line.body, parent, key, line)


def _line_words(line: DocumentLine) -> Iterator[str]:
    if line.kind == "paragraph" and line.label:
        yield line.label
    yield from words(line.opening)
    for clause in line.clauses:
        yield from _clause_words(clause)
    yield from words(line.closing)


def _clause_words(clause: NumberedClause) -> Iterator[str]:
    """Yields the words of a clause; inside 【】, where names stand in a row, each name is one."""
    yield from _inline_words(clause.inlines)
    if clause.reprinted:
        yield REPRINT_MARK
    if clause.assigned_later:
        return
    if clause.assignments:
        opening, closing = clause.brackets
        yield from filter(None, (opening,))
        for at, assignment in enumerate(clause.assignments):
            yield from (clause.style.between,) if at and clause.style.between else ()
            yield assignment.text
        yield from filter(None, (closing,))
    yield from words(clause.deadline_text)


def _inline_words(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """Yields the words of a text; a reference or a footnote's mark is one word."""
    text = ""
    for inline in inlines:
        if isinstance(inline, TextRun):
            text += inline.text
        else:
            yield from words(text)
            yield inline.text
            text = ""
    yield from words(text)
