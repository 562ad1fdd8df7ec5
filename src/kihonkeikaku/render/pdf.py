"""The PDF edition."""

import io
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import Final

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.numbering import Document
from kihonkeikaku.render.edition import edition_values, printed_texts
from kihonkeikaku.render.environment import fill
from kihonkeikaku.render.glyphs import refuse_unprintable

_LIBRARIES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_PARTS: Final = {"page--cover": "表紙", "page--contents": None, "page--colophon": "奥付"}
"""The parts of the book by the id of their first element: the label of their pages, or numbers."""


def plan_pdf(document: Document, source_sha256: str | None) -> bytes:
    """Returns the whole plan as a PDF; the same plan gives the same bytes.

    Args:
        document: the plan.
        source_sha256: hash of what the plan was read from, for the colophon, where it is known.

    Raises:
        Trouble: the plan has a character that the fonts lack.
        MachineTrouble: a library is missing, or the pages could not be set.
    """
    refuse_unprintable(printed_texts(document))
    values = edition_values(document)
    markup = fill("print/plan.html.j2", source_sha256=source_sha256, **values)
    return set_pages(markup, _PARTS)


def set_pages(markup: str, parts: Mapping[str, str | None]) -> bytes:
    """Returns the pages of a printed template as a PDF.

    Args:
        markup: the page, filled in; it may ask for packaged style sheets only.
        parts: see ``typesetting.typeset``.

    Raises:
        MachineTrouble: a library is missing, or the pages could not be set.
    """
    try:
        # Late, since it takes time; quietly, since WeasyPrint prints a banner if Pango is missing.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            from kihonkeikaku.render.typesetting import typeset  # noqa: PLC0415
    except OSError as error:
        raise MachineTrouble(
            "PDF を作るためのライブラリがありません。"
            f"apt-get install {_LIBRARIES} で入れてください。"
        ) from error
    return typeset(markup, parts)
