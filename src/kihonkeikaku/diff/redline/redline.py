"""A measure as two editions print it → one line, with what differs struck out and put in."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from kihonkeikaku.diff.change import Detail, Json
from kihonkeikaku.diff.json_content import is_plain, runs_json
from kihonkeikaku.diff.redline.hunks import Hunk, arranged
from kihonkeikaku.model.document import (
    FootnoteRun,
    Inline,
    NumberedClause,
    NumberedMeasure,
    ReferenceRun,
    TextRun,
)
from kihonkeikaku.model.plan import Runs
from kihonkeikaku.text.segmentation import words
from kihonkeikaku.text.word_alignment import changed_blocks

Op = Literal["=", "-", "+"]

Redline = tuple[tuple[Op, str], ...]
"""``=`` kept, ``-`` struck out, ``+`` put in.

``=`` and ``-`` join to the old text as printed, ``=`` and ``+`` to the new one.
"""


def item_redline(old: NumberedMeasure, new: NumberedMeasure) -> Redline:
    """Returns what turns one edition's text of a measure into the other's, 【】 included.

    Neither its number nor the paragraphs that follow it are among it. A ministry is struck out
    or put in as a whole, with its ◎.
    """
    return redline(tuple(_inlines(old)), tuple(_inlines(new)))


def _inlines(item: NumberedMeasure) -> Iterator[Inline]:
    for clause in item.clauses:
        yield from clause.inlines
        yield from _bracket(clause)


def _bracket(clause: NumberedClause) -> Iterator[Inline]:
    """The 【】 in words; a ministry's name is one word, as that of a reference is."""
    for index, assigned in enumerate(clause.assignments):
        yield TextRun("、" if index else "【")
        yield ReferenceRun(assigned.text, f"ministry {assigned.text}")
    if clause.assignments:
        yield TextRun("】")


@dataclass(frozen=True, slots=True)
class _Token:
    """``key`` is what is compared, ``text`` what is printed: the two differ for references."""

    key: Hashable
    text: str


def redline(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> Redline:
    """Returns what turns one text into the other.

    A reference or a footnote's mark is one word. A reference that is kept but prints another
    number is struck out and put in, since that is what the page shows.
    """
    return tuple(_ops(arranged(_hunks(_tokens(old), _tokens(new)))))


def title_redline(old: str, new: str) -> Redline:
    """Returns the redline of two plain texts."""
    return redline((TextRun(old),), (TextRun(new),))


def footnote_redlines(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Redline, ...]:
    """Returns the redlines of the footnotes' own texts, which stand at the chapter's end.

    Footnotes that both texts have are left out; the others are paired in order.
    """
    before, after = _notes(old), _notes(new)
    gone = list((Counter(before) - Counter(after)).elements())
    come = list((Counter(after) - Counter(before)).elements())
    return tuple(title_redline(a, b) for a, b in zip_longest(gone, come, fillvalue=""))


def redline_json(marks: Redline) -> Json:
    """Returns a redline as the contract has it: a list of pairs."""
    return tuple((op, text) for op, text in marks)


def _notes(inlines: tuple[Inline, ...]) -> tuple[str, ...]:
    return tuple(inline.body for inline in inlines if isinstance(inline, FootnoteRun))


def _tokens(inlines: tuple[Inline, ...]) -> list[_Token]:
    tokens: list[_Token] = []
    text = ""
    for inline in inlines:
        if isinstance(inline, TextRun):
            text += inline.text
        else:
            tokens.extend(_Token(word, word) for word in words(text))
            tokens.append(_Token(_key(inline), inline.text))
            text = ""
    return [*tokens, *(_Token(word, word) for word in words(text))]


def _key(inline: ReferenceRun | FootnoteRun) -> Hashable:
    return ("ref", inline.target) if isinstance(inline, ReferenceRun) else ("footnote", inline.body)


def _hunks(old: list[_Token], new: list[_Token]) -> Iterator[Hunk]:
    """Yields the stretches of both texts, kept and changed in turn, in words."""
    lengths = [len(token.text) for token in old], [len(token.text) for token in new]
    blocks = changed_blocks([t.key for t in old], [t.key for t in new], lengths)
    at = 0
    for old_from, old_to, new_from, new_to in blocks:
        yield from _kept(old[at:old_from], new[new_from - (old_from - at) : new_from])
        yield Hunk(_texts(old[old_from:old_to]), _texts(new[new_from:new_to]), changed=True)
        at = old_to
    rest = old[at:]
    yield from _kept(rest, new[len(new) - len(rest) :])


def _kept(old: list[_Token], new: list[_Token]) -> Iterator[Hunk]:
    """Yields what both texts have, but as changed what prints otherwise: moved references."""
    for printed_alike, pairs in groupby(
        zip(old, new, strict=True), key=lambda pair: pair[0].text == pair[1].text
    ):
        befores, afters = zip(*pairs, strict=True)
        yield Hunk(_texts(befores), _texts(afters), changed=not printed_alike)


def _texts(tokens: Sequence[_Token]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _ops(hunks: list[Hunk]) -> Iterator[tuple[Op, str]]:
    for hunk in hunks:
        old, new = "".join(hunk.old), "".join(hunk.new)
        if not hunk.changed:
            yield "=", old
            continue
        if old:
            yield "-", old
        if new:
            yield "+", new


Inlines = tuple[Inline, ...]


def wording(old: Inlines, new: Inlines) -> Detail:
    """Returns ``redline`` of two texts, and ``footnotes`` where their footnotes' texts differ."""
    detail: dict[str, Json] = {"redline": redline_json(redline(old, new))}
    footnotes = footnote_redlines(old, new)
    if footnotes:
        detail["footnotes"] = tuple(redline_json(marks) for marks in footnotes)
    return detail


def rewording(old: Inlines, new: Inlines, text: Runs) -> Detail:
    """Returns ``wording``, and ``runs`` with the new ``text`` where that isn't a plain string."""
    exact = {} if is_plain(text) else {"runs": runs_json(text)}
    return {**wording(old, new), **exact}
