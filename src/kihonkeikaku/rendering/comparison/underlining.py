"""Two lines that correspond → what each side prints, with what differs underlined."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import Final

from kihonkeikaku.diff.redline import Redline, redline_inlines, redline_text
from kihonkeikaku.model.inlines import REPRINT_MARK, Inline, NumberedClause, TextRun
from kihonkeikaku.rendering.comparison.pairing import EditionLine
from kihonkeikaku.rendering.comparison.table import Piece, Underline
from kihonkeikaku.rendering.comparison.table_options import UnderlineStyle

Pieces = tuple[Piece, ...]
PiecePair = tuple[Pieces, Pieces]
"""Old and new pieces of what corresponds."""

_EMPTY: Final = NumberedClause((), reprinted=False, assignments=())


class Underliner:
    """Underlines lines in one of the styles."""

    def __init__(self, style: UnderlineStyle) -> None:
        self._ordinance = style is UnderlineStyle.ORDINANCE
        self.moved: Underline = "double" if self._ordinance else "line"
        """Drawn under the head of a line that moved, or under all of it where it has no number."""

    def underline_whole(self, line: EditionLine) -> Pieces:
        """Returns a line of which the other edition has nothing."""
        if self._ordinance and line.head:
            return merge_pieces([Piece(line.head, "double"), Piece(line.line.gap + line.content)])
        return merge_pieces([Piece(line.line.text, "double" if self._ordinance else "line")])

    def underline_pair(self, old: EditionLine, new: EditionLine, *, moved: bool) -> PiecePair:
        """Returns a line that both editions have; ``moved`` if it stands elsewhere now."""
        contents = _underline_contents(old, new)
        numbered = old.line.label or new.line.label
        if moved and not numbered and old.content == new.content:
            contents = (Piece(old.content, self.moved),), (Piece(new.content, self.moved),)
        if self._ordinance and not _keeps_words(contents) and old.head and new.head:
            # Replaced as a whole: the double line under the head says so.
            contents = (Piece(old.content),), (Piece(new.content),)
            under_head: Underline = "double"
        else:
            under_head = self._under_head(moved, old.head != new.head)
        olds, news = (
            merge_pieces([Piece(line.head, under_head), Piece(line.line.gap), *content])
            for line, content in zip((old, new), contents, strict=True)
        )
        return olds, news

    def underline_head(
        self, line: EditionLine, *, moved: bool = False, changed: bool = False
    ) -> Piece:
        """Returns a line's head alone."""
        return Piece(line.head, self._under_head(moved, changed))

    def _under_head(self, moved: bool, changed: bool) -> Underline:
        if moved:
            return self.moved
        return "line" if changed else ""


def underline_texts(old: str, new: str) -> PiecePair:
    """Returns two plain texts."""
    return _split_sides(redline_text(old, new)) if old or new else ((), ())


def merge_pieces(pieces: Iterable[Piece]) -> Pieces:
    """Joins neighbours that are underlined alike, so that one change is one line."""
    runs = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.underline)
    return tuple(Piece("".join(piece.text for piece in run), underline) for underline, run in runs)


def _underline_contents(old: EditionLine, new: EditionLine) -> PiecePair:
    """Returns the lines without their heads.

    They are compared clause by clause, or as a whole where the measure is divided otherwise now.
    """
    before, after = old.line, new.line
    if len(before.clauses) != len(after.clauses) and before.kind != "front":
        return underline_texts(old.content, new.content)
    clauses = zip_longest(before.clauses, after.clauses, fillvalue=_EMPTY)
    pairs = [
        pair
        for a, b in clauses
        for pair in (_text_pair(a, b), _bracket_pair(a, b), _deadline_pair(a, b))
    ]
    # Of a paragraph without a number the opening is the head.
    openings = ["" if line.is_headed_by_mark else line.line.opening for line in (old, new)]
    pairs.insert(0, underline_texts(openings[0], openings[1]))
    olds, news = zip(*pairs, underline_texts(before.closing, after.closing), strict=True)
    return merge_pieces(p for part in olds for p in part), merge_pieces(
        p for part in news for p in part
    )


def _keeps_words(pair: PiecePair) -> bool:
    return any(not piece.underline and piece.text.strip() for piece in pair[0])


def _text_pair(old: NumberedClause, new: NumberedClause) -> PiecePair:
    return _split_sides(redline_inlines(_inlines(old), _inlines(new)))


def _inlines(clause: NumberedClause) -> tuple[Inline, ...]:
    return (*clause.inlines, TextRun(REPRINT_MARK)) if clause.reprinted else clause.inlines


def _split_sides(marks: Redline) -> PiecePair:
    old = tuple(Piece(text, "line" if op == "-" else "") for op, text in marks if op != "+")
    new = tuple(Piece(text, "line" if op == "+" else "") for op, text in marks if op != "-")
    return old, new


def _bracket_pair(old: NumberedClause, new: NumberedClause) -> PiecePair:
    """Returns the 【】 of both sides; a ministry is underlined as a whole, with its ◎."""
    before, after = _names(old), _names(new)
    kept_old, kept_new = set[int](), set[int]()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for match in matcher.get_matching_blocks():
        kept_old.update(range(match.a, match.a + match.size))
        kept_new.update(range(match.b, match.b + match.size))
    return (
        _bracket(old, before, kept_old, alone=not after),
        _bracket(new, after, kept_new, alone=not before),
    )


def _names(clause: NumberedClause) -> list[str]:
    """Returns the names that a clause prints behind its text."""
    return [] if clause.assigned_later else [one.text for one in clause.assignments]


def _deadline_pair(old: NumberedClause, new: NumberedClause) -> PiecePair:
    before, after = ("" if one.assigned_later else one.deadline_text for one in (old, new))
    return underline_texts(before, after)


def _bracket(clause: NumberedClause, names: list[str], kept: set[int], *, alone: bool) -> Pieces:
    if not names:
        return ()
    opening, closing = clause.brackets
    frame: Underline = "line" if alone else ""
    pieces = [Piece(opening, frame)]
    for index, name in enumerate(names):
        pieces.append(Piece(name, "" if index in kept else "line"))
        # A comma between two that changed is underlined with them: one change is one line.
        last = index == len(names) - 1
        both = not last and index not in kept and index + 1 not in kept
        mark = closing if last else clause.style.between
        pieces.append(Piece(mark, "line" if both else frame))
    return merge_pieces(pieces)
