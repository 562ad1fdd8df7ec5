"""Two texts that correspond → what each side prints, with what differs underlined."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby

from kihonkeikaku.diff.redline import Redline, redline, title_redline
from kihonkeikaku.model.document import Inline, NumberedAssignment
from kihonkeikaku.rendering.comparison.edition_lines import Segment, Thing
from kihonkeikaku.rendering.comparison.options import Style
from kihonkeikaku.rendering.comparison.table import Mark, Piece

Pieces = tuple[Piece, ...]
Pair = tuple[Pieces, Pieces]
"""Old and new pieces of what corresponds."""


class Marker:
    """Marks lines in one of the styles."""

    def __init__(self, style: Style) -> None:
        self._ordinance = style is Style.ORDINANCE
        self.moved: Mark = "double" if self._ordinance else "line"
        """What is drawn under the label of a line that moved, or under all of it without one."""

    def whole(self, thing: Thing) -> Pieces:
        """Returns a line of which the other edition has nothing."""
        if self._ordinance and thing.label:
            return merged([Piece(thing.label, "double"), Piece(thing.gap + thing.body)])
        return merged([Piece(thing.text, "double" if self._ordinance else "line")])

    def pair(self, old: Thing, new: Thing, *, moved: bool) -> Pair:
        """Returns a line that both editions have; ``moved`` if it stands elsewhere now."""
        bodies = body_pair(old, new)
        if moved and not old.numbered and not new.numbered and old.body == new.body:
            bodies = (Piece(old.body, self.moved),), (Piece(new.body, self.moved),)
        if self._ordinance and not _kept(bodies) and old.label and new.label:
            bodies = (Piece(old.body),), (Piece(new.body),)  # replaced whole: the label says so
            label: Mark = "double"
        else:
            label = self._label(moved, old.label != new.label)
        olds, news = (
            merged([Piece(thing.label, label), Piece(thing.gap), *body])
            for thing, body in zip((old, new), bodies, strict=True)
        )
        return olds, news

    def label(self, thing: Thing, *, moved: bool = False, changed: bool = False) -> Piece:
        """Returns a line's label alone."""
        return Piece(thing.label, self._label(moved, changed))

    def _label(self, moved: bool, changed: bool) -> Mark:
        if moved:
            return self.moved
        return "line" if changed else ""


def body_pair(old: Thing, new: Thing) -> Pair:
    """Returns the lines without their labels.

    Clause by clause, or as a whole where the measure is divided otherwise now.
    """
    if len(old.segments) != len(new.segments):
        return text_pair(old.body, new.body)
    pairs = [_segment_pair(a, b) for a, b in zip(old.segments, new.segments, strict=True)]
    return joined([*pairs, text_pair(old.closing, new.closing)])


def text_pair(old: str, new: str) -> Pair:
    """Returns two plain texts."""
    return _sides(title_redline(old, new)) if old or new else ((), ())


def joined(pairs: Iterable[Pair]) -> Pair:
    """Returns the parts of a line as one."""
    olds, news = zip(*pairs, strict=True)
    return merged(piece for part in olds for piece in part), merged(
        piece for part in news for piece in part
    )


def merged(pieces: Iterable[Piece]) -> Pieces:
    """Joins neighbours that are marked alike, so that one change is one mark."""
    runs = groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.mark)
    return tuple(Piece("".join(piece.text for piece in run), mark) for mark, run in runs)


def _kept(pair: Pair) -> bool:
    """Returns whether any words stayed."""
    return any(not piece.mark and piece.text.strip() for piece in pair[0])


def _segment_pair(old: Segment, new: Segment) -> Pair:
    if _is_bracket(old) or _is_bracket(new):
        return _bracket_pair(_names(old), _names(new))
    if not old and not new:
        return (), ()
    return _sides(redline(_inlines(old), _inlines(new)))


def _is_bracket(segment: Segment) -> bool:
    return any(isinstance(one, NumberedAssignment) for one in segment)


def _names(segment: Segment) -> list[str]:
    return [one.text for one in segment if isinstance(one, NumberedAssignment)]


def _inlines(segment: Segment) -> tuple[Inline, ...]:
    return tuple(one for one in segment if not isinstance(one, NumberedAssignment))


def _sides(marks: Redline) -> Pair:
    old = tuple(Piece(text, "line" if op == "-" else "") for op, text in marks if op != "+")
    new = tuple(Piece(text, "line" if op == "+" else "") for op, text in marks if op != "-")
    return old, new


def _bracket_pair(old: list[str], new: list[str]) -> Pair:
    """The 【】 of both sides; a ministry is marked as a whole, with its ◎."""
    kept_old, kept_new = set[int](), set[int]()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for match in matcher.get_matching_blocks():
        kept_old.update(range(match.a, match.a + match.size))
        kept_new.update(range(match.b, match.b + match.size))
    return _bracket(old, kept_old, alone=not new), _bracket(new, kept_new, alone=not old)


def _bracket(names: list[str], kept: set[int], *, alone: bool) -> Pieces:
    if not names:
        return ()
    frame: Mark = "line" if alone else ""
    pieces = [Piece("【", frame)]
    for index, name in enumerate(names):
        pieces.append(Piece(name, "" if index in kept else "line"))
        # A comma between two that changed is underlined with them: one change is one line.
        last = index == len(names) - 1
        both = not last and index not in kept and index + 1 not in kept
        pieces.append(Piece("】" if last else "、", "line" if both else frame))
    return merged(pieces)
