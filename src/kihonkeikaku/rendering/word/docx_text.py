"""What a reader of a Word file sees in one of its views, with footnotes counted as Word counts."""

from collections.abc import Sequence

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document
from kihonkeikaku.office.word_file import NOTE_MARK, WordFile, WordView, view_paragraphs
from kihonkeikaku.rendering.fidelity import first_difference
from kihonkeikaku.rendering.word.line_paragraphs import is_table_row, line_cells

_SPACES = " \t\u3000"


def view_lines(file: WordFile, view: WordView) -> list[str]:
    """Returns the paragraphs of a view, empty ones left out, with the numbers of the notes."""
    lines, number = [], 0
    for paragraph in view_paragraphs(file.paragraphs, view):
        texts = []
        for _, span in paragraph.spans:
            number += span.text == NOTE_MARK
            texts.append(str(number) if span.text == NOTE_MARK else span.text)
        lines.append("".join(texts))
    return [line for line in lines if line]


def view_notes(file: WordFile, view: WordView) -> list[str]:
    """Returns the footnotes that a view refers to, in order, as the document prints them."""
    spans = [span for p in view_paragraphs(file.paragraphs, view) for _, span in p.spans]
    notes = []
    for number, id in enumerate((span.note for span in spans if span.note), start=1):
        text = "".join(p.text for p in view_paragraphs(file.footnotes.get(id, ()), view))
        notes.append(f"（注{number}）　{text.lstrip(NOTE_MARK + _SPACES)}")
    return notes


def document_lines(document: Document) -> list[str]:
    """Returns the lines that a Word file of a document has to show, a table's row as one."""
    return [line.text for line in document.lines() if line.kind != "footnote" and line.text]


def document_paragraphs(document: Document) -> list[str]:
    """Returns the paragraphs that a Word file of a document has to show, a table's cell as one."""
    paragraphs: list[str] = []
    for line in document.lines():
        if is_table_row(line):
            paragraphs += [cell.text for cell in line_cells(line)]
        elif line.kind != "footnote":
            paragraphs.append(line.text)
    return [paragraph for paragraph in paragraphs if paragraph]


def document_notes(document: Document) -> list[str]:
    """Returns the footnotes that a Word file of a document has to show."""
    return [line.text for line in document.lines() if line.kind == "footnote"]


def require_same_text(expected: Sequence[str], found: Sequence[str], what: str) -> None:
    """Checks that a Word file shows what it has to, paragraph by paragraph.

    Args:
        expected: what it has to show.
        found: what was read in it.
        what: what the file is, for the message.

    Raises:
        MachineError: it shows something else; the message names the first difference.
    """
    if list(expected) != list(found):
        difference = first_difference("\n".join(expected), "\n".join(found))
        raise MachineError(f"Word の{what}が計画と違うため、中止しました（{difference}）。")
