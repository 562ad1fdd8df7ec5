"""A measure as two editions print it → one line, with what differs struck out and put in."""

from collections.abc import Iterator

from kihonkeikaku.compare.redline import Redline, redline
from kihonkeikaku.numbering import Inline, Item, Link, NumberedClause, Words


def item_redline(old: Item, new: Item) -> Redline:
    """Returns what turns one edition's text of a measure into the other's, 【】 included.

    Neither its number nor the paragraphs that follow it are among it. A ministry is struck out
    or put in as a whole, with its ◎.
    """
    return redline(tuple(_inlines(old)), tuple(_inlines(new)))


def _inlines(item: Item) -> Iterator[Inline]:
    for clause in item.clauses:
        yield from clause.inlines
        yield from _bracket(clause)


def _bracket(clause: NumberedClause) -> Iterator[Inline]:
    """The 【】 in words; a ministry's name is one word, as that of a reference is."""
    for index, assigned in enumerate(clause.assigned):
        yield Words("、" if index else "【")
        yield Link(assigned.text, f"ministry {assigned.text}")
    if clause.assigned:
        yield Words("】")
