"""What is to be printed: all that the typesetter needs to know, in words that a pipe can carry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kihonkeikaku.render.print.impression import Impression


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
class Book:
    """Pages to be set.

    ``markup`` is an HTML page; it may ask for packaged style sheets and fonts only. ``parts`` are
    the ids of the elements that open a part of the book, in order: the value labels each page of
    the part; None counts its pages from 1. Without a ``body``, nothing is compared.
    """

    markup: str
    parts: Mapping[str, str | None]
    body: Body | None = None


SetBook = Callable[[Book, Sequence[Impression]], list[bytes]]
"""Sets a book and returns it as PDFs, one an impression, which are all of one variant."""
