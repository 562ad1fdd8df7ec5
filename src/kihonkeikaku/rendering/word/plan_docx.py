"""The whole edition as a Word file, read back: it says what the document says."""

from collections.abc import Iterator

from kihonkeikaku.model.document import Document
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import DATE
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxDocument,
    DocxParagraph,
    DocxRun,
    write_docx,
)
from kihonkeikaku.rendering.word.docx_text import (
    document_lines,
    document_notes,
    require_same_text,
    view_lines,
    view_notes,
)
from kihonkeikaku.rendering.word.line_paragraphs import line_paragraph


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
    expected = document_lines(document)
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
    yield from (line_paragraph(line) for line in lines if line.kind != "front")
