"""An edition as a tree of things that print one line each: what a comparison table sets in rows.

Read in order, the tree's lines are those of the title, and ``Document.blocks()``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku.diff.change import Spot
from kihonkeikaku.model.document import (
    REPRINT_MARK,
    Document,
    FootnoteRun,
    Inline,
    NumberedAssignment,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
    TextRun,
    inline_text,
)

Sort = Literal["front", "heading", "paragraph", "caption", "item", "note"]
"""``front`` is what stands before the chapters: the title, the subtitle, the edition's own name;
``caption`` the line over the items, 【具体的な取組例】; ``note`` a footnote's text."""

Key = tuple[str, Spot]
"""What a thing is in one edition: the type of its changes (or its sort), and its spot."""

_FRONT: Final = ("title", "subtitle", "edition-label")

Segment = tuple[Inline, ...] | tuple[NumberedAssignment, ...]
"""A stretch of a line: a text, or what stands in one 【】."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of an edition and what stands under it.

    ``label`` is the number or mark that opens the line, ``gap`` what parts it from the rest,
    ``segments`` what it says, ``closing`` the mark that ends it. ``id`` and ``anchor`` are None
    where there is none; ``kind`` is a heading's kind or a paragraph's marker; ``level`` is how deep
    a heading stands, 0 for what is none. ``citation`` is how people cite it.
    """

    key: Key
    sort: Sort
    kind: str
    id: str | None
    anchor: str | None
    level: int
    label: str
    gap: str
    segments: tuple[Segment, ...]
    closing: str
    citation: str
    children: tuple["Thing", ...] = ()

    @property
    def body(self) -> str:
        """The line as printed, without its label."""
        return "".join(map(segment_text, self.segments)) + self.closing

    @property
    def numbered(self) -> bool:
        """Whether the label tells this line from its neighbours, as no bullet does."""
        return bool(self.label) and self.sort != "paragraph"

    @property
    def text(self) -> str:
        """The line as printed."""
        return self.label + self.gap + self.body

    def lines(self) -> Iterator[str]:
        """Yields this line, and all lines under it."""
        yield self.text
        for child in self.children:
            yield from child.lines()


def segment_text(segment: Segment) -> str:
    """Returns a segment as printed."""
    assigned = [one for one in segment if isinstance(one, NumberedAssignment)]
    if assigned:
        return f"【{'、'.join(one.text for one in assigned)}】"
    return inline_text(tuple(one for one in segment if not isinstance(one, NumberedAssignment)))


def things(document: Document) -> tuple[Thing, ...]:
    """Returns an edition: its title, and its chapters with all that stands in them."""
    chapters = (_heading(chapter, None, at) for at, chapter in enumerate(document.chapters))
    return (*_front(document), *chapters)


def front_lines(document: Document) -> Iterator[str]:
    """Yields what an edition prints before its chapters: title, subtitle, the edition's name."""
    yield from ("".join(parts) for parts in _front_parts(document) if any(parts))


def by_key(trees: Iterable[Thing]) -> Iterator[tuple[Key, Thing]]:
    """Yields all things of an edition in order of print, by their keys."""
    for thing in trees:
        yield thing.key, thing
        yield from by_key(thing.children)


def _front_parts(document: Document) -> tuple[tuple[str, ...], ...]:
    head = document.head
    return (head.title, document.suffix), (head.subtitle or "",), (head.edition.label or "",)


def _front(document: Document) -> Iterator[Thing]:
    for index, (kind, parts) in enumerate(zip(_FRONT, _front_parts(document), strict=True)):
        if any(parts):
            yield Thing(
                key=("front", (None, index)),
                sort="front",
                kind=kind,
                id=None,
                anchor=None,
                level=0,
                label="",
                gap="",
                segments=tuple((TextRun(part),) if part else () for part in parts),
                closing="",
                citation=kind,
            )


def _heading(heading: NumberedHeading, parent: str | None, index: int) -> Thing:
    topic = heading.kind == "topic"
    return Thing(
        key=("section", (parent, index)),
        sort="heading",
        kind=heading.kind,
        id=heading.id,
        anchor=heading.id,
        level=heading.level,
        label=heading.label,
        gap="　" if heading.label else "",
        segments=((TextRun(f"（{heading.title}）" if topic else heading.title),),),
        closing="",
        citation=heading.citation,
        children=(
            *_body(heading.body, heading.id, heading.citation),
            *_caption(heading),
            *(_item(item, heading, at) for at, item in enumerate(heading.measures)),
            *(_heading(section, heading.id, at) for at, section in enumerate(heading.sections)),
            *(_note(note, heading, at) for at, note in enumerate(heading.notes)),
        ),
    )


def _body(body: tuple[NumberedParagraph, ...], parent: str, above: str) -> Iterator[Thing]:
    for index, paragraph in enumerate(body):
        yield Thing(
            key=("paragraph", (parent, index)),
            sort="paragraph",
            kind=paragraph.marker,
            id=paragraph.id,
            anchor=paragraph.id,
            level=0,
            label=paragraph.opening,
            gap="",
            segments=(paragraph.inlines,),
            closing=paragraph.closing,
            citation=f"{above}の第{index + 1}項目",
        )


def _caption(heading: NumberedHeading) -> Iterator[Thing]:
    if heading.measures_label:
        text = f"【{heading.measures_label}】"
        yield Thing(
            key=("caption", (heading.id, 0)),
            sort="caption",
            kind="caption",
            id=None,
            anchor=None,
            level=0,
            label="",
            gap="",
            segments=((TextRun(text),),),
            closing="",
            citation=f"{heading.citation}の{text}",
        )


def _item(item: NumberedMeasure, heading: NumberedHeading, index: int) -> Thing:
    return Thing(
        key=("measure", (heading.id, index)),
        sort="item",
        kind="reprint" if item.reprint else "measure",
        id=item.measure,
        anchor=item.anchor,
        level=0,
        label=item.label,
        gap="",
        segments=tuple(_segments(item)),
        closing="",
        citation=heading.citation + item.label,
        children=tuple(_body(item.body, item.measure, heading.citation + item.label)),
    )


def _segments(item: NumberedMeasure) -> Iterator[Segment]:
    """Yields two segments a clause, so that clauses of two editions pair up."""
    for clause in item.clauses:
        mark = (TextRun(REPRINT_MARK),) if clause.reprinted else ()
        yield (*clause.inlines, *mark)
        yield clause.assignments


def _note(note: FootnoteRun, chapter: NumberedHeading, index: int) -> Thing:
    return Thing(
        key=("note", (chapter.id, index)),
        sort="note",
        kind="note",
        id=None,
        anchor=note.anchor,
        level=0,
        label=note.text,
        gap="　",
        segments=((TextRun(note.body),),),
        closing="",
        citation=chapter.citation + note.text,
    )
