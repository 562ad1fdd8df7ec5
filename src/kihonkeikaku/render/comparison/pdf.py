"""The comparison of two editions as a PDF."""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.render.comparison.sheet import Sheet
from kihonkeikaku.render.environment import fill
from kihonkeikaku.render.print.book import Book, SetBook
from kihonkeikaku.render.print.glyphs import refuse_unprintable
from kihonkeikaku.render.print.impression import PLAIN
from kihonkeikaku.render.print.set_book import set_book

_PARTS: Final = {"page--summary": None}


def comparison_pdf(sheet: Sheet, set_book: SetBook = set_book) -> bytes:
    """Returns the comparison as a PDF; the same comparison gives the same bytes.

    Args:
        sheet: what to print.
        set_book: sets the pages; in this process, unless told otherwise.

    Raises:
        Trouble: one of the editions has a character that the fonts lack.
        MachineTrouble: a library is missing, or the pages could not be set.
    """
    refuse_unprintable(_texts(sheet))
    markup = fill(
        "print/comparison.html.j2",
        publication=sheet.compared.new.head.publication,
        document=sheet.compared.new,
        tool_version=__version__,
        **sheet.values(),
    )
    [pdf] = set_book(Book(markup, _PARTS), [PLAIN])
    return pdf


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.compared.old.book_title, sheet.compared.new.book_title)
    for row in (*sheet.table.rows, *sheet.table.aside):
        yield from (line.text for cell in (row.new, row.old) for line in cell.lines)
    for group in sheet.summary.groups:
        for entry in group.entries:
            yield from filter(None, (entry.text, entry.particulars, entry.reason, *entry.marks))
