"""Footnotes: taken from the feet of pages, from the ends of chapters, or as the format has them."""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import groupby
from typing import Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.labels import find_label, find_sign
from kihonkeikaku.importing.source_lines import NoteMark, SourceLine

Notes = dict[str, list[SourceLine]]
"""The lines of each footnote, by its label."""

_WRITTEN_NOTE: Final = re.compile(r"[（(]注([0-9]{1,3})[）)][\s　]*")
_WRITTEN_MARK: Final = re.compile(r"[（(]注([0-9]{1,3})[）)]")
_NUMBER: Final = re.compile(r"([0-9]{1,3})[\s　]+")
_SMALL: Final = 0.93
"""Up to what share of the body's size the lines of a note are set."""


def take_footnotes(lines: list[SourceLine], account: Account) -> tuple[list[SourceLine], Notes]:
    """Takes the footnotes from the feet of the pages, or from the end of a chapter.

    Returns:
        the other lines, and the lines of each note by its label.
    """
    notes: Notes = defaultdict(list)
    kept: list[SourceLine] = []
    for line in lines:
        if line.note:
            notes[line.note].append(line)
    lines = [line for line in lines if not line.note]
    for _, group in groupby(lines, key=lambda line: line.page):
        page = _with_marks_at_heads(list(group))
        start = _notes_start(page)
        page = _numbered_anew(page, start, notes)
        kept += page[:start]
        label = ""
        for line in page[start:]:
            if line.marks and line.marks[0].offset == 0:
                label = line.marks[0].label
                if label in notes:
                    account.doubt(line, f"注{plain_label(label)}が二つあります")
            notes[label].append(line)
    return _take_written_notes(kept, notes), notes


def _numbered_anew(page: list[SourceLine], start: int, notes: Notes) -> list[SourceLine]:
    """Tells the notes of a page from those of others, where each page begins again at 1."""
    heads = [line.marks[0] for line in page[start:] if line.marks]
    again = {mark.label for mark in heads if mark.offset == 0 and mark.label in notes}
    if not again:
        return page
    number = page[0].page
    return [
        replace(
            line,
            marks=tuple(
                replace(mark, label=f"{mark.label}@{number}") if mark.label in again else mark
                for mark in line.marks
            ),
        )
        for line in page
    ]


def plain_label(label: str) -> str:
    """Returns the number of a note as printed, without what tells it from those of other pages."""
    return label.partition("@")[0]


def _with_marks_at_heads(page: list[SourceLine]) -> list[SourceLine]:
    """Makes marks of the numbers that small lines begin with, if the page has such marks."""
    labels = {mark.label for line in page for mark in line.marks}
    return [_with_mark_at_head(line, labels) for line in page]


def _with_mark_at_head(line: SourceLine, labels: set[str]) -> SourceLine:
    match = _NUMBER.match(line.text)
    if line.size >= _SMALL or line.marks or not match or match[1] not in labels:
        return line
    return replace(line, text=line.text[match.end() :], marks=(NoteMark(0, match[1]),))


def _notes_start(page: list[SourceLine]) -> int:
    """Returns where the notes of a page begin: small lines at its foot, the first with a mark."""
    start = len(page)
    while start and page[start - 1].size < _SMALL:
        start -= 1
    for at in range(start, len(page)):
        marks = page[at].marks
        if marks and marks[0].offset == 0 and not find_label(page[at].text):
            return at
    return len(page)


def _take_written_notes(lines: list[SourceLine], notes: Notes) -> list[SourceLine]:
    """Takes the notes that begin with 「（注1）」, and makes marks of the same in the text."""
    kept: list[SourceLine] = []
    label, above = "", None
    for line in lines:
        match = _WRITTEN_NOTE.match(line.text)
        if match:
            label = match[1]
            notes[label].append(replace(line, text=line.text[match.end() :]))
        elif label and above and _continues_note(above, line):
            notes[label].append(line)
        else:
            label = ""
            kept.append(line)
        above = line
    written = {label for label, found in notes.items() if found}
    return [_with_written_marks(line, written) for line in kept]


def _continues_note(above: SourceLine, line: SourceLine) -> bool:
    is_block = above.is_whole or find_label(line.text) or find_sign(line.text)
    same_face = abs(line.size - above.size) < 0.05 and line.heavy == above.heavy
    return not is_block and line.page == above.page and line.gap <= 1.0 and same_face


def _with_written_marks(line: SourceLine, labels: set[str]) -> SourceLine:
    text, marks = line.text, list(line.marks)
    while match := next((m for m in _WRITTEN_MARK.finditer(text) if m[1] in labels), None):
        text = text[: match.start()] + text[match.end() :]
        marks.append(NoteMark(match.start(), match[1]))
    return replace(line, text=text, marks=tuple(marks)) if text != line.text else line
