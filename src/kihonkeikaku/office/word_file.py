"""What a Word file says, as it was read: paragraphs with tracked changes, and their two views.

A view follows the marks, not the content (ECMA-376 part 1, 17.13.5): text that is marked as
deleted is not in the accepted view, whatever element holds it; a paragraph whose mark was inserted
or deleted runs into the next one in the view that lacks the mark.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

NOTE_MARK: Final = "\ufffc"
"""Stands in a text for the number of a footnote, which Word counts anew each time."""

WordView = Literal["rejected", "accepted"]
"""A document with all of its tracked changes rejected, or accepted."""
VIEWS: Final[tuple[WordView, WordView]] = ("rejected", "accepted")


@dataclass(frozen=True, slots=True)
class WordPresence:
    """In which views a stretch of text, or a paragraph's mark, is present; who changed it."""

    rejected: bool = True
    accepted: bool = True
    moved: bool = False
    author: str = ""
    date: str = ""

    def present(self, view: WordView) -> bool:
        """Whether it is there in a view."""
        return self.rejected if view == "rejected" else self.accepted

    @property
    def is_changed(self) -> bool:
        """Whether the change is tracked."""
        return not (self.rejected and self.accepted)


UNCHANGED: Final = WordPresence()


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A stretch of text that is present in the same views.

    ``reading`` is its ruby, ``note`` the id of the footnote whose number it is.
    """

    text: str
    presence: WordPresence = UNCHANGED
    reading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordCellPlace:
    """Where in a table: the table, its row and its column, counted from 0, and columns covered."""

    table: int
    row: int
    column: int
    span: int = 1
    continues: bool = False
    """Whether the cell above goes on here, as one cell over several rows."""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph as it stands in the file.

    ``mark`` tells in which views it ends here. ``style`` is the name of its style, ``numbering``
    the list that numbers it and the level there. ``bookmarks`` are the names of those that begin
    in it or go through it. ``container`` is the same number for paragraphs that can be joined.
    """

    spans: tuple[WordSpan, ...]
    mark: WordPresence = UNCHANGED
    style: str = ""
    numbering: tuple[str, int] | None = None
    bookmarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    cell: WordCellPlace | None = None
    in_box: bool = False
    container: int = 0

    def text(self, view: WordView) -> str:
        """Returns its text in a view."""
        return "".join(span.text for span in self.spans if span.presence.present(view))


@dataclass(frozen=True, slots=True)
class WordComment:
    """A comment: who wrote it, when, and what."""

    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class WordFile:
    """All that is read of a Word file.

    ``paragraphs`` has those of tables and text boxes where they stand; ``footnotes`` those of
    footnotes and endnotes by the ids that spans name. ``properties`` are the custom ones.
    ``ignored`` says, for the user, what in the file was not read.
    """

    paragraphs: tuple[WordParagraph, ...]
    footnotes: Mapping[str, tuple[WordParagraph, ...]] = field(default_factory=dict)
    comments: Mapping[str, WordComment] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def changes(self) -> Iterator[WordPresence]:
        """Yields each tracked change of text or of a paragraph's mark."""
        for paragraph in (*self.paragraphs, *(p for ps in self.footnotes.values() for p in ps)):
            yield from (s.presence for s in paragraph.spans if s.presence.is_changed)
            if paragraph.mark.is_changed:
                yield paragraph.mark


@dataclass(frozen=True, slots=True)
class ViewedParagraph:
    """A paragraph of one view: its spans, each with the index of the paragraph that holds it.

    ``sources`` are the indexes of all paragraphs of the file that it is made of.
    """

    spans: tuple[tuple[int, WordSpan], ...]
    sources: tuple[int, ...]

    @property
    def text(self) -> str:
        """Its text in the view."""
        return "".join(span.text for _, span in self.spans)


def view_paragraphs(
    paragraphs: Sequence[WordParagraph], view: WordView
) -> tuple[ViewedParagraph, ...]:
    """Returns the paragraphs that a view shows, of paragraphs of a file in their order."""
    viewed = []
    spans: list[tuple[int, WordSpan]] = []
    sources: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        spans += [(index, span) for span in paragraph.spans if span.presence.present(view)]
        sources.append(index)
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        joins = following is not None and following.container == paragraph.container
        if paragraph.mark.present(view) or not joins:
            viewed.append(ViewedParagraph(tuple(spans), tuple(sources)))
            spans, sources = [], []
    return tuple(viewed)


def view_text(paragraphs: Iterable[WordParagraph], view: WordView) -> str:
    """Returns the text of a view, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in view_paragraphs(tuple(paragraphs), view))
