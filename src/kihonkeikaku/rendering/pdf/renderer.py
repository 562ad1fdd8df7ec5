"""A book into PDFs, in this process: what is missing is told, what was made is read back."""

import io
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from typing import Final

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.job import Book
from kihonkeikaku.rendering.pdf.options import Impression

_LIBRARIES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

Typeset = Callable[[str, Mapping[str, str | None], Sequence[Impression]], list[bytes]]


def set_book(book: Book, impressions: Sequence[Impression]) -> list[bytes]:
    """Returns a book as PDFs, one an impression.

    Args:
        book: what to set.
        impressions: what to make of the pages; all of one variant.

    Raises:
        MachineError: a library is missing, the pages could not be set, or they say something
            else than they should.
    """
    pdfs = load_typesetter()(book.markup, book.parts, impressions)
    if book.body or book.tables:
        # Late, since pages without either need no reader.
        from kihonkeikaku.rendering.pdf.read_tables import refuse_unfaithful_tables  # noqa: PLC0415 # loads PDFium, which only a PDF needs
        from kihonkeikaku.rendering.pdf.read_text import refuse_unfaithful_pdf  # noqa: PLC0415 # loads PDFium, which only a PDF needs

        for pdf in pdfs:
            if book.body:
                refuse_unfaithful_pdf(pdf, book.body)
            refuse_unfaithful_tables(pdf, book.tables)
    return pdfs


def load_typesetter() -> Typeset:
    """Returns ``typesetting.typeset``, imported late: that takes time, and not all need Pango.

    Raises:
        MachineError: Pango is missing; the message says what to install.
    """
    os.environ["FC_LANG"] = "en"  # else fontconfig calls our fonts by their names in Japanese
    try:
        # Quietly, since WeasyPrint prints a banner if Pango is missing.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            from kihonkeikaku.rendering.pdf.layout import typeset  # noqa: PLC0415 # loads Pango, which only the worker needs
    except OSError as error:
        raise MachineError(
            "PDF を作るためのライブラリがありません。"
            f"apt-get install {_LIBRARIES} で入れてください。"
        ) from error
    return typeset
