"""What a PDF is rendered from: pages as HTML, the text they must show, and the kind of PDF.

A job is sent to the worker as JSON.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from kihonkeikaku.errors import CommandError

DEFAULT_VARIANT: Final = "pdf/ua-1"

VARIANTS: Final = (
    DEFAULT_VARIANT,
    "pdf/ua-2",
    "pdf/a-2a",
    "pdf/a-2b",
    "pdf/a-2u",
    "pdf/a-3a",
    "pdf/a-3b",
    "pdf/a-3u",
)
"""The kinds of PDF to choose from.

WeasyPrint offers more for archiving. Left out are PDF/A-1, which has no transparency, PDF/A-4f,
which requires an attachment, and PDF/A-4e, which is for engineering; its 「4u」 is not in the
standard.
"""

_PREFIX: Final = "pdf/"


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """The kind of a PDF, one of ``VARIANTS``, and whether it is a draft.

    A draft has line numbers, and its first page shows the document number.
    """

    variant: str = DEFAULT_VARIANT
    draft: bool = False


DEFAULT_OPTIONS: Final = PdfOptions()


@dataclass(frozen=True, slots=True)
class ExpectedBody:
    """The text that the body of a PDF must show, block by block, and where the body is.

    It begins on the page of the element with the id ``first_id``, and ends before the page of the
    first of the elements ``end_ids`` that exists.
    """

    blocks: tuple[str, ...]
    first_id: str
    end_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedColumn:
    """One column of a printed table: its title, its share of the width, and its cells' text."""

    title: str
    share: float
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """The text that a table of a PDF must show, column by column, and where the table is.

    It begins at the element with the id ``first_id``, and ends above the first of the elements
    ``end_ids`` that exists. It fills a page between its margins, given in millimetres as in CSS.
    The titles are repeated on each page.
    """

    first_id: str
    end_ids: tuple[str, ...]
    columns: tuple[ExpectedColumn, ...]
    margins: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PdfJob:
    """The pages of a PDF, and the text that is read back from it and compared.

    ``markup`` is an HTML page; it may use packaged style sheets and fonts, and ``figures``, only:
    pictures in Base64 by their paths within the plan. ``parts`` are the
    ids of the elements that open a part of the document, in order. The value labels each page of
    the part; None numbers its pages from 1.
    """

    markup: str
    parts: Mapping[str, str | None]
    body: ExpectedBody | None = None
    tables: tuple[ExpectedTable, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)


RenderPdfs = Callable[[PdfJob, Sequence[PdfOptions]], list[bytes]]
"""Renders a job as PDFs, one for each of the options, which are all of one variant.

Where one of them is a draft, the table of what stands in its lines follows the PDFs.
"""


def parse_variant(name: str) -> str:
    """Returns the kind of PDF that ``--pdf-variant`` names: 「pdf/a-3u」, or 「a-3u」 for short.

    Raises:
        CommandError: there is no such kind; the message lists those that there are.
    """
    variant = _PREFIX + name.strip().lower().removeprefix(_PREFIX)
    if variant not in VARIANTS:
        raise CommandError(f"--pdf-variant には {'、'.join(VARIANTS)} のどれかを書いてください。")
    return variant


def encode_job(job: PdfJob, options: Sequence[PdfOptions]) -> bytes:
    """Returns the message that asks for a job's PDFs."""
    values = {**asdict(job), "options": [asdict(each) for each in options]}
    return json.dumps(values, ensure_ascii=False).encode()


def decode_job(message: bytes) -> tuple[PdfJob, list[PdfOptions]]:
    """Returns what ``encode_job`` was given."""
    values = json.loads(message)
    body = values["body"]
    if body:
        body = ExpectedBody(tuple(body["blocks"]), body["first_id"], tuple(body["end_ids"]))
    options = [PdfOptions(**each) for each in values["options"]]
    tables = tuple(_decode_table(table) for table in values["tables"])
    return PdfJob(values["markup"], values["parts"], body, tables, values["figures"]), options


def _decode_table(table: dict[str, Any]) -> ExpectedTable:
    columns = tuple(
        ExpectedColumn(column["title"], column["share"], tuple(column["cells"]))
        for column in table["columns"]
    )
    return ExpectedTable(
        table["first_id"], tuple(table["end_ids"]), columns, tuple(table["margins"])
    )
