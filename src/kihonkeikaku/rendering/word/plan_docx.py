"""The whole edition as a Word file, read back: it says what the document says."""

from collections.abc import Iterator

from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import CELL, CELL_HEADING, DATE, UPRIGHT
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxCell,
    DocxDocument,
    DocxParagraph,
    DocxRow,
    DocxRun,
    DocxTable,
    write_docx,
)
from kihonkeikaku.rendering.word.docx_text import (
    document_notes,
    document_paragraphs,
    require_same_text,
    view_lines,
    view_notes,
)
from kihonkeikaku.rendering.word.line_paragraphs import (
    clause_runs,
    is_table_row,
    line_cells,
    line_paragraph,
)


def plan_docx(document: Document) -> bytes:
    """Returns the edition as a .docx file; the same edition gives the same bytes.

    Raises:
        MachineError: what can be read in it is not what the document says.
    """
    content = write_docx(
        DocxDocument(
            document.book_title,
            publisher(document),
            tuple(_blocks(document)),
            footer=document.book_title,
            compressed=False,
        )
    )
    require_faithful_docx(content, document)
    return content


def require_faithful_docx(content: bytes, document: Document) -> None:
    """Checks that the text of a .docx file is the document's, footnotes and their numbers too.

    Raises:
        MachineError: it says something else; the message names the first difference.
    """
    file = read_word_file(content, "Word")
    expected = document_paragraphs(document)
    if document.date_line:
        fronts = sum(line.kind == "front" for line in document.lines())
        expected.insert(fronts, document.date_line)
    require_same_text(expected, view_lines(file, "accepted"), "本文")
    require_same_text(document_notes(document), view_notes(file, "accepted"), "脚注")


def publisher(document: Document) -> str:
    """Returns who publishes an edition, for the properties of its files; else its title."""
    publication = document.head.publication
    return publication.publisher if publication else document.head.title


def _blocks(document: Document) -> Iterator[DocxBlock]:
    lines = [line for line in document.lines() if line.kind != "footnote"]
    fronts = [line for line in lines if line.kind == "front"]
    yield from map(line_paragraph, fronts)
    if document.date_line:
        yield DocxParagraph((DocxRun(document.date_line),), DATE)
    rows: list[DocxRow] = []
    for line in lines:
        if rows and (line.variant == "columns" or not is_table_row(line)):
            yield _table(rows)
            rows = []
        if is_table_row(line):
            rows.append(_row(line))
        elif line.kind != "front":
            yield line_paragraph(line)
    if rows:
        yield _table(rows)


def _row(line: DocumentLine) -> DocxRow:
    is_head = line.variant == "columns"
    style = CELL_HEADING if is_head else CELL
    paragraphs = (DocxParagraph(tuple(clause_runs(cell)), style) for cell in line_cells(line))
    return DocxRow(tuple(DocxCell((p,), shaded=is_head) for p in paragraphs), header=is_head)


def _table(rows: list[DocxRow]) -> DocxTable:
    columns = max(len(row.cells) for row in rows)
    return DocxTable((UPRIGHT.text_width // columns,) * columns, tuple(rows))
