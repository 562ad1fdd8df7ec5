"""What is to be printed: all that the typesetter needs to know, in words that a pipe can carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kihonkeikaku.rendering.pdf.options import Impression


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of a book must say, and where it stands.

    ``begins`` is the id of the element that it begins with; ``ends`` are ids of elements of which
    the first that there is begins the page after it.
    """

    blocks: tuple[str, ...]
    begins: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a printed table: its title, its share of the width, and what it must say."""

    title: str
    share: float
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """What a table must say, column by column, and where it stands.

    It fills a page between its margins, given in millimetres as in CSS. ``begins`` is its id;
    ``ends`` are ids of elements of which the first that there is stands below it. The titles are
    repeated on each page.
    """

    begins: str
    ends: tuple[str, ...]
    columns: tuple[Column, ...]
    margins: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Book:
    """Pages to be set.

    ``markup`` is an HTML page; it may ask for packaged style sheets and fonts only. ``parts`` are
    the ids of the elements that open a part of the book, in order: the value labels each page of
    the part; None counts its pages from 1. Only the ``body`` and the ``tables`` are read back and
    compared.
    """

    markup: str
    parts: Mapping[str, str | None]
    body: Body | None = None
    tables: tuple[PrintedTable, ...] = ()


SetBook = Callable[[Book, Sequence[Impression]], list[bytes]]
"""Sets a book and returns it as PDFs, one an impression, which are all of one variant."""
