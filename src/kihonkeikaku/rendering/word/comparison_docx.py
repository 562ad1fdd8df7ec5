"""The 新旧対照表 as a Word file: the rows of the PDF, read back cell by cell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kihonkeikaku.office.word_file import WordFile
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import CELL, CELL_HEADING, CENTERED, DATE, PageSetup
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxCell,
    DocxDocument,
    DocxParagraph,
    DocxRow,
    DocxRun,
    DocxTable,
    DocxUnderline,
    write_docx,
)
from kihonkeikaku.rendering.comparison.report import ComparisonReport, Remark
from kihonkeikaku.rendering.comparison.table import EditionSide, TableCell, TableRow, Underline
from kihonkeikaku.rendering.comparison.table_options import NewSide
from kihonkeikaku.rendering.word.docx_text import require_same_text
from kihonkeikaku.rendering.word.plan_docx import publisher

_PAGE: Final = PageSetup(landscape=True, margin=907)  # 16 mm, as in the PDF
_REMARK_SHARE: Final = 0.16
"""How much of the width 備考 has, as in the PDF."""
_UNDERLINES: Final[dict[Underline, DocxUnderline]] = {"": "", "line": "single", "double": "double"}

_ColumnTexts = list[list[str]]
"""The lines of each column of a table."""


def comparison_docx(report: ComparisonReport) -> bytes:
    """Returns the comparison as a .docx file; the same comparison gives the same bytes.

    Raises:
        MachineError: the table in it says something else than it should.
    """
    new = report.result.new
    title = f"{new.head.title}　新旧対照表"
    content = write_docx(
        DocxDocument(
            title, publisher(new), tuple(_blocks(report, title)), _PAGE, title, compressed=False
        )
    )
    file = read_word_file(content, "Word")
    found = _read_columns(file)
    for at, expected in enumerate(_expected_columns(report)):
        for column, texts in enumerate(expected):
            cells = found.get((at, column), [])
            require_same_text([text for text in texts if text], cells, "新旧対照表")
    return content


def _blocks(report: ComparisonReport, title: str) -> Iterator[DocxBlock]:
    options = report.table.options
    yield _plain(title, CENTERED)
    if report.result.view:
        yield _plain(report.result.view.statement)
    yield _plain(options.underline_key, DATE)
    rows, metadata = report.table.rows, report.table.metadata_rows
    remarks = report.remarks()
    if not rows and not metadata:
        yield _plain("違いはありません。")
    if rows:
        yield _table(report, rows, remarks[: len(rows)])
    if metadata:
        yield _plain("本文のほかの変更", CENTERED)
        yield _table(report, metadata, remarks[len(rows) :])
    for proof in report.proofs:
        yield _plain(proof.statement, CELL)


def _table(
    report: ComparisonReport, rows: Sequence[TableRow], remarks: Sequence[Remark]
) -> DocxTable:
    share = _REMARK_SHARE if remarks else 0
    side = int(_PAGE.text_width * (1 - share) / 2)
    widths = (side, side, *((_PAGE.text_width - 2 * side,) if remarks else ()))
    labels = {"new": report.table.options.new_label, "old": report.table.options.old_label}
    heads = [labels[name] for name in _sides(report)] + (["備考"] if remarks else [])
    head = DocxRow(
        tuple(DocxCell((_plain(name, CELL_HEADING),), shaded=True) for name in heads), header=True
    )
    body = (
        DocxRow(
            (
                *(_cell(row.new if side == "new" else row.old) for side in _sides(report)),
                *((_remark(remarks[at]),) if remarks else ()),
            )
        )
        for at, row in enumerate(rows)
    )
    return DocxTable(widths, (head, *body))


def _sides(report: ComparisonReport) -> tuple[EditionSide, EditionSide]:
    new_first = report.table.options.side is NewSide.LEFT
    return ("new", "old") if new_first else ("old", "new")


def _cell(cell: TableCell) -> DocxCell:
    paragraphs = [
        DocxParagraph(
            tuple(DocxRun(p.text, underline=_UNDERLINES[p.underline]) for p in line.pieces), CELL
        )
        for line in cell.lines
    ]
    return DocxCell(tuple(paragraphs) or (DocxParagraph((), CELL),))


def _remark(remark: Remark) -> DocxCell:
    paragraphs = [
        DocxParagraph((DocxRun(name, bold=True), DocxRun(f"　{text}" if text else "")), CELL)
        for name, text in remark
    ]
    return DocxCell(tuple(paragraphs) or (DocxParagraph((), CELL),))


def _plain(text: str, style: str = "") -> DocxParagraph:
    return DocxParagraph((DocxRun(text),), style)


def _expected_columns(report: ComparisonReport) -> Iterator[_ColumnTexts]:
    """Yields what each table has to say, column by column, with the head of each."""
    options, remarks = report.table.options, report.remarks()
    at = 0
    for rows in filter(None, (report.table.rows, report.table.metadata_rows)):
        new = [options.new_label, *_texts(row.new for row in rows)]
        old = [options.old_label, *_texts(row.old for row in rows)]
        columns = [new, old] if _sides(report)[0] == "new" else [old, new]
        if remarks:
            pairs = (pair for remark in remarks[at : at + len(rows)] for pair in remark)
            columns.append(["備考", *(f"{name}　{text}" if text else name for name, text in pairs)])
        at += len(rows)
        yield columns


def _texts(cells: Iterable[TableCell]) -> Iterator[str]:
    yield from (line.text for cell in cells for line in cell.lines)


def _read_columns(file: WordFile) -> dict[tuple[int, int], list[str]]:
    """Returns the lines of each column of each table, by the table's and the column's number."""
    found: dict[tuple[int, int], list[str]] = {}
    for paragraph in file.paragraphs:
        if paragraph.cell and paragraph.text("accepted"):
            place = paragraph.cell.table, paragraph.cell.column
            found.setdefault(place, []).append(paragraph.text("accepted"))
    return found
