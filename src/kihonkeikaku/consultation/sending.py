"""A plan → the sheet for a ministry as a Word file, and the record of what was sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.consultation.units import line_unit, lines_for_ministry
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.sheet import SheetRecord, SheetUnit, sheet_id
from kihonkeikaku.office.word_styles import CENTERED, GUIDE
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxDocument,
    DocxParagraph,
    DocxRun,
    write_docx,
)
from kihonkeikaku.rendering.word.line_paragraphs import line_paragraph

SHEET_PROPERTY: Final = "kihonkeikaku-sheet"
"""The custom property of a file that names its sheet."""
_PLAN_PROPERTY: Final = "kihonkeikaku-plan-sha256"
_EDITION_PROPERTY: Final = "kihonkeikaku-edition"

_GUIDE: Final = (
    "【この紙の使い方】（この囲みは計画の文ではありません）",
    "・変更履歴を記録したまま、文を直接直してください（開いたときから記録しています）。",
    "・理由、質問、直さないが言いたいことは、その箇所にコメントを付けてください。",
    "・【】は担当府省庁、◎は主な府省庁です。足すときも同じ書き方にしてください。",
    "・番号（第1節、①など）と「・」は自動で付け直すので、直す必要はありません。",
    "・Word の形式（.docx）のまま返送してください。",
)
_END: Final = "（以上）"
"""Ends each sheet: a paragraph that nobody edits, so that the last unit is never the last one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is ready to be sent: the file's bytes, and the record of what is in it."""

    content: bytes
    record: SheetRecord


def make_sheet(document: Document, plan: str, ministry: str = "") -> Sheet:
    """Returns the sheet of a plan; the same plan gives the same bytes.

    Args:
        document: the plan.
        plan: the plan's hash.
        ministry: for whom, by the printed name; empty for all of the plan.

    Raises:
        CommandError: the plan has no such ministry.
    """
    lines: Iterable[DocumentLine] = (line for line in document.lines() if line.kind != "footnote")
    if ministry:
        lines = lines_for_ministry(document, ministry)
    blocks: list[DocxBlock] = []
    units: list[SheetUnit] = []
    for block, unit in _blocks(tuple(lines)):
        blocks.append(block)
        units.append(unit)
    edition = document.head.edition.id
    record = SheetRecord(
        sheet_id(plan, "docx", ministry), "docx", edition, plan, ministry, tuple(units)
    )
    publication = document.head.publication
    for_whom = f"（{ministry}）" if ministry else ""
    file = DocxDocument(
        f"{document.book_title}{for_whom}",
        publication.publisher if publication else "",
        tuple(blocks),
        footer=f"{document.book_title}{for_whom}",
        properties={
            SHEET_PROPERTY: record.sheet,
            _EDITION_PROPERTY: edition,
            _PLAN_PROPERTY: plan,
        },
        tracks=True,
    )
    return Sheet(write_docx(file), record)


def _blocks(lines: tuple[DocumentLine, ...]) -> Iterator[tuple[DocxParagraph, SheetUnit]]:
    """Yields the paragraphs of a sheet and the units that they are."""
    number = 0
    for text in _GUIDE:
        number += 1
        yield _guide(text, GUIDE, _bookmark(number), number)
    for line in lines:
        number += 1
        bookmark = _bookmark(number)
        yield line_paragraph(line, bookmark), line_unit(line, bookmark)
    number += 1
    yield _guide(_END, CENTERED, _bookmark(number), number)


def _guide(text: str, style: str, bookmark: str, index: int) -> tuple[DocxParagraph, SheetUnit]:
    paragraph = DocxParagraph((DocxRun(text),), style, bookmark)
    return paragraph, SheetUnit(bookmark, "guide", None, None, index, "", text)


def _bookmark(number: int) -> str:
    """Returns the name of a unit's bookmark: Word takes 40 characters, ids here have up to 80."""
    return f"U{number:05}"
