"""Two editions as one Word file with tracked changes: accepted it is the new one, rejected the old.

Who and when are the plan's: its publisher, and the date of the new edition, never the clock.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.redline import Op, redline_inlines, redline_text
from kihonkeikaku.model.document import Document, DocumentLine
from kihonkeikaku.model.inlines import FootnoteRun, Inline, NumberedClause, ReferenceRun, TextRun
from kihonkeikaku.office.word_file import NOTE_MARK, WordView
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import CENTERED
from kihonkeikaku.office.word_writer import (
    DocxChange,
    DocxChangeKind,
    DocxDocument,
    DocxNote,
    DocxParagraph,
    DocxRun,
    write_docx,
)
from kihonkeikaku.rendering.comparison.pairing import (
    EditionLine,
    LinePair,
    edition_tree,
    merge_editions,
)
from kihonkeikaku.rendering.word.docx_text import (
    document_lines,
    document_notes,
    require_same_text,
    view_lines,
    view_notes,
)
from kihonkeikaku.rendering.word.line_paragraphs import (
    NOTE_CLOSING,
    NOTE_OPENING,
    NOTE_TEXT,
    line_notes,
    line_style,
)
from kihonkeikaku.rendering.word.plan_docx import publisher

_END: Final = "（以上）"
"""Ends the file: where everything is rejected or accepted, no empty paragraph is left over."""

_NOTE: Final = ReferenceRun(NOTE_TEXT, "note")
"""Stands for a footnote while two texts are compared: as one word, whatever the note says."""


def redline_docx(result: ComparisonResult) -> bytes:
    """Returns two editions as one .docx file; the same editions give the same bytes.

    Raises:
        MachineError: rejected it is not the old edition, or accepted not the new one.
    """
    new = result.new
    content = write_docx(
        DocxDocument(
            f"{new.book_title}（見え消し）",
            publisher(new),
            (
                *_Redliner(publisher(new), change_date(new)).paragraphs(result),
                DocxParagraph((DocxRun(_END),), CENTERED),
            ),
            footer=f"{new.book_title}（見え消し）",
            compressed=False,
        )
    )
    require_both_editions(content, result.old, new)
    return content


def require_both_editions(content: bytes, old: Document, new: Document) -> None:
    """Checks that a file is the old edition with its changes rejected, and the new one accepted.

    Raises:
        MachineError: it is not; the message names the first difference.
    """
    file = read_word_file(content, "Word")
    editions: dict[WordView, Document] = {"rejected": old, "accepted": new}
    for view, document in editions.items():
        lines = view_lines(file, view)
        require_same_text([*document_lines(document), _END], lines, "見え消し")
        require_same_text(document_notes(document), view_notes(file, view), "見え消しの脚注")


def change_date(document: Document) -> str:
    """Returns when an edition's changes were made: its date; empty where it has none."""
    edition = document.head.edition
    day = edition.decided_on or edition.dated
    return f"{day.isoformat()}T00:00:00Z" if day else ""


class _Redliner:
    """Makes the paragraphs of a redline."""

    def __init__(self, author: str, date: str) -> None:
        self._author, self._date = author, date
        self._moves: dict[int, str] = {}  # the name of a move, by either of its ends

    def paragraphs(self, result: ComparisonResult) -> Iterator[DocxParagraph]:
        """Yields all lines of both editions, in the order of the new one."""
        trees = edition_tree(result.old), edition_tree(result.new)
        pairs = merge_editions(*trees, result.comparison.changes)
        for number, (old, new) in enumerate(_moved(pairs), start=1):
            if old.line.body == new.line.body and not line_notes(old.line):
                self._moves[id(old)] = self._moves[id(new)] = f"move{number}"
        for pair in pairs:
            yield from self._pair(pair)

    def _pair(self, pair: LinePair) -> Iterator[DocxParagraph]:
        if pair.new is None or pair.pointer:
            assert pair.old is not None, "a pair has a line"
            yield from self._tree(pair.old, "del")
        elif pair.old is None or pair.moved:
            yield from self._tree(pair.new, "ins")
        elif pair.is_division:
            yield from self._divided((pair.old, *pair.more_old), (pair.new, *pair.more_new))
        else:
            if pair.new.line.kind != "footnote":
                yield self._changed(pair.old.line, pair.new.line)
            for child in pair.children:
                yield from self._pair(child)

    def _tree(self, line: EditionLine, kind: DocxChangeKind) -> Iterator[DocxParagraph]:
        """Yields a line that only one edition has there, and all that stands under it."""
        if line.line.kind != "footnote":
            yield self._whole(line, kind)
        for child in line.children:
            yield from self._tree(child, kind)

    def _whole(self, line: EditionLine, kind: DocxChangeKind) -> DocxParagraph:
        move = self._moves.get(id(line), "")
        moving: DocxChangeKind = "moveFrom" if kind == "del" else "moveTo"
        op: Op = "-" if kind == "del" else "+"
        inlines, notes = _inlines(line.line), line_notes(line.line)
        label = line.line.label + line.line.gap
        if not move:
            runs = tuple(self._runs([(op, label), *_marked(op, inlines)], notes, notes))
            return DocxParagraph(runs, line_style(line.line), mark=self._change(kind))
        # The number is another one there: it is no part of what is moved.
        runs = (
            *((DocxRun(label, change=self._change(kind)),) if label else ()),
            DocxRun(line.line.body, change=self._change(moving)),
        )
        return DocxParagraph(runs, line_style(line.line), mark=self._change(moving), move=move)

    def _changed(self, old: DocumentLine, new: DocumentLine) -> DocxParagraph:
        labels = redline_text(old.label + old.gap, new.label + new.gap)
        if not (old.label or new.label):
            labels = ()
        texts = redline_inlines(_inlines(old), _inlines(new))
        runs = self._runs([*labels, *texts], line_notes(old), line_notes(new))
        return DocxParagraph(tuple(runs), line_style(new))

    def _divided(
        self, olds: tuple[EditionLine, ...], news: tuple[EditionLine, ...]
    ) -> Iterator[DocxParagraph]:
        """Yields a paragraph that was divided, or several that were joined, by their marks."""
        if len(olds) > 1 and len(news) > 1:
            for line in olds:
                yield self._whole(line, "del")
            for line in news:
                yield self._whole(line, "ins")
            return
        split = len(news) > 1
        inlines = [tuple(i for one in side for i in _inlines(one.line)) for side in (olds, news)]
        notes = [tuple(n for one in side for n in line_notes(one.line)) for side in (olds, news)]
        mark = self._change("ins" if split else "del")
        ends = list(accumulate(_length(one.line) for one in (news if split else olds)))
        runs = self._runs(redline_inlines(*inlines), *notes)
        parts = _parts(runs, ends, "del" if split else "ins")
        for at, part in enumerate(parts, start=1):
            last = at == len(ends)
            yield DocxParagraph(part, line_style(news[0].line), mark=None if last else mark)

    def _runs(
        self,
        marks: Iterable[tuple[Op, str]],
        old_notes: tuple[str, ...],
        new_notes: tuple[str, ...],
    ) -> Iterator[DocxRun]:
        """Yields the runs of a redline, its footnotes in their places."""
        before, after = iter(old_notes), iter(new_notes)
        for op, text in marks:
            change = self._change_of(op)
            pieces = text.split(NOTE_TEXT)
            for at, piece in enumerate(pieces):
                if at:
                    sent = next(before) if op != "+" else ""
                    come = next(after) if op != "-" else ""
                    yield from self._note(change, redline_text(sent, come))
                if piece:
                    yield DocxRun(piece, change=change)

    def _note(
        self, change: DocxChange | None, marks: Iterable[tuple[Op, str]]
    ) -> Iterator[DocxRun]:
        runs = tuple(DocxRun(text, change=self._change_of(op)) for op, text in marks)
        yield DocxRun(NOTE_OPENING, superscript=True, change=change, note=DocxNote(runs))
        yield DocxRun(NOTE_CLOSING, superscript=True, change=change)

    def _change_of(self, op: Op) -> DocxChange | None:
        return None if op == "=" else self._change("del" if op == "-" else "ins")

    def _change(self, kind: DocxChangeKind) -> DocxChange:
        return DocxChange(kind, self._author, self._date)


def _moved(
    pairs: Iterable[LinePair], *, inside: bool = False
) -> Iterator[tuple[EditionLine, EditionLine]]:
    """Yields both ends of each line that moved, by itself or with what it stands under."""
    for pair in pairs:
        if pair.pointer:
            continue
        moves = inside or pair.moved
        if moves and pair.old is not None and pair.new is not None:
            yield pair.old, pair.new
        yield from _moved(pair.children, inside=moves)


def _length(line: DocumentLine) -> int:
    return sum(len(inline.text) for inline in _inlines(line))


def _parts(
    runs: Iterable[DocxRun], ends: Sequence[int], other: DocxChangeKind
) -> Iterator[tuple[DocxRun, ...]]:
    """Yields runs cut at places of one of the editions; ``other`` is what only the other has.

    The places count a footnote as what stands for it while texts are compared.
    """
    part: list[DocxRun] = []
    at, remaining = 0, list(ends[:-1])
    for run in runs:
        rest = run
        while remaining and not (run.change and run.change.kind == other):
            size = len(rest.text) + (len(NOTE_MARK) if rest.note else 0)
            if at + size < remaining[0]:
                break
            cut = remaining.pop(0) - at
            part.append(replace(rest, text=rest.text[:cut]))
            yield tuple(part)
            part = []
            at += cut
            rest = DocxRun("") if rest.note else replace(rest, text=rest.text[cut:])
        if not (run.change and run.change.kind == other):
            at += len(rest.text) + (len(NOTE_MARK) if rest.note else 0)
        if rest.text or rest.note:
            part.append(rest)
    yield tuple(part)


def _marked(op: Op, inlines: Iterable[Inline]) -> Iterator[tuple[Op, str]]:
    for inline in inlines:
        yield op, inline.text


def _inlines(line: DocumentLine) -> tuple[Inline, ...]:
    """Returns a line's text without its label as words to compare: a ministry's name is one."""
    inlines: list[Inline] = [TextRun(line.opening)] if line.opening else []
    for clause in line.clauses:
        inlines += [_NOTE if isinstance(i, FootnoteRun) else i for i in clause.inlines]
        inlines += _after_text(clause)
    return (*inlines, TextRun(line.closing)) if line.closing else tuple(inlines)


def _after_text(clause: NumberedClause) -> Iterator[Inline]:
    """Yields what is printed after a clause's text: 【再掲】 and the ministries."""
    rest = clause.text.removeprefix("".join(inline.text for inline in clause.inlines))
    for assignment in clause.assignments:
        before, found, after = rest.partition(assignment.text)
        if found:
            yield from (TextRun(before),) if before else ()
            yield ReferenceRun(assignment.text, f"ministry {assignment.text}")
            rest = after
    if rest:
        yield TextRun(rest)
