"""The whole edition as a Word file, read back: it says what the document says."""

from collections.abc import Iterator

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document
from kihonkeikaku.office.word_file import NOTE_MARK, WordFile, view_paragraphs
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import DATE
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxDocument,
    DocxParagraph,
    DocxRun,
    write_docx,
)
from kihonkeikaku.rendering.fidelity import first_difference, squeezed
from kihonkeikaku.rendering.word.line_paragraphs import line_paragraph


def edition_docx(document: Document) -> bytes:
    """Returns the edition as a .docx file.

    Raises:
        MachineError: what can be read in it is not what the document says.
    """
    publication = document.head.publication
    blocks = tuple(_blocks(document))
    content = write_docx(
        DocxDocument(document.book_title, publication.publisher if publication else "", blocks)
    )
    require_faithful_docx(content, document, dated=document.date_line or "")
    return content


def require_faithful_docx(content: bytes, document: Document, dated: str = "") -> None:
    """Checks that the text of a .docx file is the document's, footnotes and their numbers too.

    Args:
        content: the file.
        document: what it is to say.
        dated: the line of its date, which the file has besides.

    Raises:
        MachineError: it says something else; the message names the first difference.
    """
    lines = tuple(document.lines())
    file = read_word_file(content, "Word")
    body = [line.text for line in lines if line.kind != "footnote"]
    fronts = sum(line.kind == "front" for line in lines)
    expected = [*body[:fronts], dated, *body[fronts:]]
    _require_equal(expected, _body_text(file))
    _require_equal((note.text for note in lines if note.kind == "footnote"), _notes_text(file))


def _blocks(document: Document) -> Iterator[DocxBlock]:
    lines = [line for line in document.lines() if line.kind != "footnote"]
    fronts = [line for line in lines if line.kind == "front"]
    yield from map(line_paragraph, fronts)
    if document.date_line:
        yield DocxParagraph((DocxRun(document.date_line),), DATE)
    yield from (line_paragraph(line) for line in lines if line.kind != "front")


def _body_text(file: WordFile) -> Iterator[str]:
    """Yields the paragraphs with the numbers that Word gives the footnotes."""
    number = 0
    for paragraph in view_paragraphs(file.paragraphs, "accepted"):
        for _, span in paragraph.spans:
            number += span.text == NOTE_MARK
            yield str(number) if span.text == NOTE_MARK else span.text


def _notes_text(file: WordFile) -> Iterator[str]:
    """Yields the footnotes, as the document prints them, in the order of the text."""
    ids = [span.note for paragraph in file.paragraphs for span in paragraph.spans if span.note]
    for number, id in enumerate(ids, start=1):
        for paragraph in file.footnotes.get(id, ()):
            yield f"（注{number}）{paragraph.text('accepted').removeprefix(NOTE_MARK)}"


def _require_equal(expected: Iterator[str] | list[str], found: Iterator[str]) -> None:
    difference = first_difference(squeezed(expected), squeezed(found))
    if difference:
        raise MachineError(f"Word の本文が計画と違うため、中止しました（{difference}）。")
