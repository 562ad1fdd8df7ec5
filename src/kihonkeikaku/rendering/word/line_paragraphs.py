"""Printed lines → paragraphs of a Word file, in the styles of government documents.

A footnote stands in the text as in Word: Word counts its number, between 「（注」 and 「）」, and
its text is at the foot of the page. The lines of footnotes at a chapter's end are not repeated.
"""

from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.document import DocumentLine
from kihonkeikaku.model.inlines import (
    CellBreakRun,
    EmphasisRun,
    FootnoteRun,
    Inline,
    NumberedClause,
)
from kihonkeikaku.office.word_file import NOTE_MARK
from kihonkeikaku.office.word_styles import (
    BULLET,
    DATE,
    ITEM,
    MEASURE,
    MEASURES_LABEL,
    NOTE,
    SUBTITLE,
    TITLE,
    heading_style,
)
from kihonkeikaku.office.word_writer import DocxNote, DocxParagraph, DocxRun

NOTE_OPENING, NOTE_CLOSING = "（注", "）"
NOTE_TEXT: Final = f"{NOTE_OPENING}{NOTE_MARK}{NOTE_CLOSING}"
"""What a reader sees in a Word file where a footnote is, whatever its number."""

_FRONT_STYLES: Final = {"title": TITLE, "subtitle": SUBTITLE, "edition-label": DATE}
_PARAGRAPH_STYLES: Final = {
    "bullet": BULLET,
    "note": NOTE,
    "legend": MEASURES_LABEL,
    "item": ITEM,
}
_LINE_STYLES: Final = {"measure": MEASURE, "measures-label": MEASURES_LABEL}


def line_style(line: DocumentLine) -> str:
    """Returns the style of a line's paragraph; empty for plain text."""
    match line.kind:
        case "heading":
            return heading_style(line.level)
        case "front":
            return _FRONT_STYLES.get(line.variant, "")
        case "paragraph":
            return _PARAGRAPH_STYLES.get(line.variant, "")
    return _LINE_STYLES.get(line.kind, "")


def line_paragraph(line: DocumentLine, bookmark: str = "") -> DocxParagraph:
    """Returns a line as a paragraph, with a bookmark over its text where one is named."""
    return DocxParagraph(tuple(merge_runs(line_runs(line))), line_style(line), bookmark)


def line_runs(line: DocumentLine) -> Iterator[DocxRun]:
    """Yields a line's text, and its footnotes where they are referred to."""
    yield DocxRun(line.label + line.gap + line.opening)
    for clause in line.clauses:
        yield from clause_runs(clause)
    yield DocxRun(line.closing)


def line_text(line: DocumentLine) -> str:
    """Returns a line's text as a reader of the Word file sees it: notes without their numbers."""
    return line.label + line.gap + line_body(line)


def line_body(line: DocumentLine) -> str:
    """Returns a line's text, without its label, as a reader of the Word file sees it."""
    return line.opening + "".join(map(clause_text, line.clauses)) + line.closing


def clause_text(clause: NumberedClause) -> str:
    """Returns a clause as a reader of the Word file sees it."""
    parts = [NOTE_TEXT if isinstance(i, FootnoteRun) else i.text for i in clause.inlines]
    return "".join(parts) + clause.text.removeprefix("".join(i.text for i in clause.inlines))


def line_notes(line: DocumentLine) -> tuple[str, ...]:
    """Returns the texts of a line's footnotes, in order."""
    inlines = (inline for clause in line.clauses for inline in clause.inlines)
    return tuple(inline.body for inline in inlines if isinstance(inline, FootnoteRun))


def merge_runs(runs: Iterator[DocxRun]) -> Iterator[DocxRun]:
    """Joins neighbours that are plain text."""
    text = ""
    for run in runs:
        if run == DocxRun(run.text):
            text += run.text
            continue
        if text:
            yield DocxRun(text)
        text = ""
        yield run
    if text:
        yield DocxRun(text)


def is_table_row(line: DocumentLine) -> bool:
    """Whether a line is the head or a row of a table."""
    return line.kind == "paragraph" and line.variant in ("columns", "row")


def line_cells(line: DocumentLine) -> tuple[NumberedClause, ...]:
    """Returns the cells of a table's row."""
    cells: list[tuple[Inline, ...]] = [()]
    for inline in (inline for clause in line.clauses for inline in clause.inlines):
        if isinstance(inline, CellBreakRun):
            cells.append(())
        else:
            cells[-1] += (inline,)
    return tuple(NumberedClause(cell, reprinted=False, assignments=()) for cell in cells)


def clause_runs(clause: NumberedClause) -> Iterator[DocxRun]:
    """Yields the text of a clause, and its footnotes where they are referred to."""
    for inline in clause.inlines:
        if isinstance(inline, FootnoteRun):
            note = DocxNote((DocxRun(inline.body),))
            yield DocxRun(NOTE_OPENING, superscript=True, note=note)
            yield DocxRun(NOTE_CLOSING, superscript=True)
        else:
            yield DocxRun(inline.text, bold=isinstance(inline, EmphasisRun))
    yield DocxRun(clause.text.removeprefix("".join(inline.text for inline in clause.inlines)))
