"""A document's lines as they were read, whatever its format: what all later steps work on."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A small raised number: the mark of a footnote, in front of the character at ``offset``."""

    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line, or one paragraph of a document that has no lines.

    Attributes:
        number: its place in the source, from 1 on.
        page: the page by its place in the file, from 1 on; None where there are no pages.
        text: as read, without marks of notes and without space at either end.
        left: where it begins, in ems of the body's characters; None where that says nothing.
        right: where it ends, in ems.
        gap: the height between the line above on the page and this one, in lines of the body;
            1 where one follows the other without a space.
        size: of its characters, as a share of the body's.
        heavy: whether its face is not that of the body: ゴシック in a text set in 明朝.
        marks: the marks of footnotes in it.
        level: of a heading by the document's own styles, from 1 on; None for others.
        is_whole: whether it is a paragraph, which no other line continues.
        ruby: readings that stood above its characters, as (offset, base, reading).
        cell: the table that it stands in, and its row and column there, from 0 on.
        is_reading: whether it is nothing but the ruby of the line below it.
        is_beside: whether it stood to the right of another line.
        note: the label of the footnote that it is of, where the format itself keeps them apart.
        has_small: whether it holds small characters that are neither marks of notes nor ruby.
    """

    number: int
    page: int | None
    text: str
    left: float | None = None
    right: float | None = None
    gap: float = 1.0
    size: float = 1.0
    heavy: bool = False
    marks: tuple[NoteMark, ...] = ()
    level: int | None = None
    is_whole: bool = False
    ruby: tuple[tuple[int, str, str], ...] = ()
    cell: tuple[int, int, int] | None = None
    is_reading: bool = False
    is_beside: bool = False
    has_small: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document.

    Attributes:
        label: the file as the user named it.
        lines: in the order in which one reads.
        page_problems: what could not be read of a page: the page, and the reason.
    """

    label: str
    lines: tuple[SourceLine, ...]
    page_problems: tuple[tuple[int, str], ...] = ()


def width_in_ems(text: str) -> float:
    """Returns how wide a text is where Japanese characters are twice as wide as Latin ones."""
    return sum(1.0 if east_asian_width(c) in "WFA" else 0.5 for c in text)


def typical(values: Iterable[float], default: float) -> float:
    """Returns the median of some values, or the default of none."""
    found = list(values)
    return median(found) if found else default
