"""An edition as it is printed: a tree of lines, which an amendment addresses and changes.

The tree is made from a ``Document`` alone and knows no identifiers of what it prints; ``key`` is
for who drafts an amendment, never for who reads one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal

from kihonkeikaku.model.document import (
    REPRINT_MARK,
    Document,
    Inline,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
    TextRun,
)
from kihonkeikaku.text.segmentation import words

Kind = Literal[
    "book",
    "chapter",
    "preface",
    "appendix",
    "section",
    "group",
    "policy",
    "topic",
    "item",
    "paragraph",
    "note",
]

COVER: Final = ("題名", "副題", "版の呼び名", "日付")
"""What the cover prints, in this order, and what it is called in an amendment."""

Key = tuple[str | int, ...]


@dataclass(eq=False, slots=True)
class Node:
    """One printed line with its number, and what stands under it.

    ``label`` is the number, 「第1節」 or 「①」, empty where none is printed; ``text`` is the rest
    of the line; ``spell`` returns its words. ``inside`` are lines that were put in together with
    this one.
    """

    kind: Kind
    label: str
    text: str
    parent: "Node | None" = None
    key: Key = ()
    spell: Callable[[], tuple[str, ...]] = tuple
    measures_label: str | None = None
    paragraphs: list["Node"] = field(default_factory=list)
    items: list["Node"] = field(default_factory=list)
    sections: list["Node"] = field(default_factory=list)
    notes: list["Node"] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The line as printed."""
        gap = "　" if self.label and self.kind != "item" else ""
        return self.label + gap + self.text

    @property
    def siblings(self) -> list["Node"]:
        """The list in which this stands."""
        assert self.parent is not None, "the book stands in no list"
        return self.parent.list_of(self.kind)

    def list_of(self, kind: Kind) -> list["Node"]:
        """Returns the list under this in which things of a kind stand."""
        match kind:
            case "paragraph":
                return self.paragraphs
            case "item":
                return self.items
            case "note":
                return self.notes
            case _:
                return self.sections

    def under(self) -> Iterator[str]:
        """Yields the lines that stand under this one, in order of print."""
        yield from (paragraph.line for paragraph in self.paragraphs)
        if self.measures_label:
            yield f"【{self.measures_label}】"
        for child in (*self.items, *self.sections):
            yield child.line
            yield from child.under()
        yield from self.inside
        yield from (note.line for note in self.notes)

    def with_all_under(self) -> Iterator["Node"]:
        """Yields this and everything under it that can be addressed."""
        yield self
        for child in (*self.paragraphs, *self.items, *self.sections, *self.notes):
            yield from child.with_all_under()


@dataclass(slots=True)
class Print:
    """An edition as printed: its cover, by the names in ``COVER``, and its body.

    ``title`` is the title in words.
    """

    cover: dict[str, str]
    title: tuple[str, ...]
    book: Node

    def lines(self) -> list[str]:
        """Returns all lines: those of the cover, then ``Document.blocks()``."""
        cover = (self.cover[name] for name in COVER if name in self.cover)
        return [*cover, *self.book.under()]


def printed(document: Document) -> Print:
    """Returns an edition as printed."""
    cover = {
        "題名": document.book_title,
        "副題": document.head.subtitle,
        "版の呼び名": document.head.edition.label,
        "日付": document.date_line,
    }
    book = Node("book", "", "", key=("book",))
    for chapter in document.chapters:
        node = _heading(chapter, book)
        node.notes = [
            Node(
                "note", note.text, note.body, node, ("note", note.anchor), partial(words, note.body)
            )
            for note in chapter.notes
        ]
    title = tuple(filter(None, (*words(document.head.title), document.suffix)))
    return Print({name: text for name, text in cover.items() if text}, title, book)


def _heading(heading: NumberedHeading, parent: Node) -> Node:
    kind: Kind = heading.kind  # type: ignore[assignment] # the kinds of headings are all kinds
    title = heading.printed_title
    node = Node(kind, heading.label, title, parent, ("heading", heading.id))
    node.spell = partial(words, title)
    node.measures_label = heading.measures_label
    parent.sections.append(node)
    _add_paragraphs(heading.body, node, heading.id)
    for index, item in enumerate(heading.measures):
        _add_item(item, node, (heading.id, index))
    for section in heading.sections:
        _heading(section, node)
    return node


def _add_item(item: NumberedMeasure, parent: Node, spot: tuple[str, int]) -> None:
    text = "".join(clause.text for clause in item.clauses)
    spell = partial(_item_words, item)
    node = Node("item", item.label, text, parent, ("item", *spot), spell)
    parent.items.append(node)
    _add_paragraphs(item.body, node, item.measure)


def _add_paragraphs(body: tuple[NumberedParagraph, ...], parent: Node, owner: str) -> None:
    for index, paragraph in enumerate(body):
        key, spell = ("paragraph", owner, index), partial(_paragraph_words, paragraph)
        parent.paragraphs.append(Node("paragraph", "", paragraph.text, parent, key, spell))


def _paragraph_words(paragraph: NumberedParagraph) -> tuple[str, ...]:
    inner = _inline_tokens(paragraph.inlines)
    return (*words(paragraph.opening), *inner, *words(paragraph.closing))


def _item_words(item: NumberedMeasure) -> tuple[str, ...]:
    return tuple(_item_tokens(item))


def _item_tokens(item: NumberedMeasure) -> Iterator[str]:
    """Yields an item's words; inside 【】, where names stand in a row, each name is a word."""
    for clause in item.clauses:
        yield from _inline_tokens(clause.inlines)
        if clause.reprinted:
            yield REPRINT_MARK
        if clause.assignments:
            yield "【"
            for at, assigned in enumerate(clause.assignments):
                yield from ("、",) if at else ()
                yield assigned.text
            yield "】"


def _inline_tokens(inlines: tuple[Inline, ...]) -> Iterator[str]:
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
