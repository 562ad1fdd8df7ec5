"""Two texts → a redline: one text with words struck out and inserted, as an official marks it."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Final, Literal

from kihonkeikaku.diff.change import Detail, DetailValue
from kihonkeikaku.diff.plan_records import is_plain, runs_json
from kihonkeikaku.model.document import NumberedMeasure
from kihonkeikaku.model.inlines import FootnoteRun, Inline, NumberedClause, ReferenceRun, TextRun
from kihonkeikaku.model.values import Runs
from kihonkeikaku.text.segmentation import KANJI, words
from kihonkeikaku.text.word_alignment import changed_blocks


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of both texts, in words; equal in both unless ``changed``."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    changed: bool

    def __add__(self, other: "Hunk") -> "Hunk":
        """Returns this stretch and the next as one."""
        return Hunk(self.old + other.old, self.new + other.new, self.changed or other.changed)

    @property
    def replaces(self) -> bool:
        """Whether words replace others."""
        return self.changed and bool(self.old) and bool(self.new)

    @property
    def one_sided(self) -> tuple[str, ...]:
        """The words that were only inserted or only struck out; empty for a replacement."""
        return () if self.replaces or not self.changed else self.old or self.new


Op = Literal["=", "-", "+"]
Redline = tuple[tuple[Op, str], ...]
"""``=`` kept, ``-`` struck out, ``+`` inserted.

``=`` and ``-`` join to the old text as printed, ``=`` and ``+`` to the new one.
"""


def redline_measure(old: NumberedMeasure, new: NumberedMeasure) -> Redline:
    """Returns the redline of a measure's text in two editions, 【】 included.

    Its number and its paragraphs are not part of it. A ministry is struck out or inserted as a
    whole, with its ◎.
    """
    return redline_inlines(tuple(_inlines(old)), tuple(_inlines(new)))


def _inlines(measure: NumberedMeasure) -> Iterator[Inline]:
    for clause in measure.clauses:
        yield from clause.inlines
        yield from _assignment_inlines(clause)


def _assignment_inlines(clause: NumberedClause) -> Iterator[Inline]:
    """Yields the 【】; a ministry's name is one word, as a reference is."""
    for index, assigned in enumerate(clause.assignments):
        yield TextRun("、" if index else "【")
        yield ReferenceRun(assigned.text, f"ministry {assigned.text}")
    if clause.assignments:
        yield TextRun("】")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word; ``key`` is compared, ``text`` is printed: the two differ for references."""

    key: Hashable
    text: str


def redline_inlines(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> Redline:
    """Returns the redline of two texts.

    A reference or a footnote's mark is one word. A reference that is kept but prints another
    number is struck out and inserted, as the page shows.
    """
    return tuple(_ops(arrange_hunks(_hunks(_tokens(old), _tokens(new)))))


def redline_text(old: str, new: str) -> Redline:
    """Returns the redline of two plain texts."""
    return redline_inlines((TextRun(old),), (TextRun(new),))


def redline_measure_footnotes(old: NumberedMeasure, new: NumberedMeasure) -> tuple[Redline, ...]:
    """Returns the redlines of the footnotes of a measure's text in two editions."""
    return redline_footnotes(tuple(_inlines(old)), tuple(_inlines(new)))


def redline_footnotes(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> tuple[Redline, ...]:
    """Returns the redlines of the footnotes' own texts, which are printed at the chapter's end.

    Footnotes that both texts have are left out; the others are paired in order.
    """
    before, after = _notes(old), _notes(new)
    removed = list((Counter(before) - Counter(after)).elements())
    added = list((Counter(after) - Counter(before)).elements())
    return tuple(redline_text(a, b) for a, b in zip_longest(removed, added, fillvalue=""))


def redline_json(marks: Redline) -> DetailValue:
    """Returns a redline as JSON: a list of pairs."""
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


def _key(inline: Inline) -> Hashable:
    match inline:
        case ReferenceRun():
            return "ref", inline.target
        case FootnoteRun():
            return "footnote", inline.body
        case _:
            return inline


def _hunks(old: list[_Token], new: list[_Token]) -> Iterator[Hunk]:
    """Yields the stretches of both texts, kept and changed alternately."""
    lengths = [len(token.text) for token in old], [len(token.text) for token in new]
    blocks = changed_blocks([t.key for t in old], [t.key for t in new], lengths)
    at = 0
    for old_from, old_to, new_from, new_to in blocks:
        yield from _kept(old[at:old_from], new[new_from - (old_from - at) : new_from])
        gone, come = _texts(old[old_from:old_to]), _texts(new[new_from:new_to])
        # A footnote with other words prints the same mark: its words have a redline of their own.
        yield Hunk(gone, come, changed=gone != come)
        at = old_to
    rest = old[at:]
    yield from _kept(rest, new[len(new) - len(rest) :])


def _kept(old: list[_Token], new: list[_Token]) -> Iterator[Hunk]:
    """Yields words that both texts have; a reference that prints another number is changed."""
    for printed_equal, pairs in groupby(
        zip(old, new, strict=True), key=lambda pair: pair[0].text == pair[1].text
    ):
        befores, afters = zip(*pairs, strict=True)
        yield Hunk(_texts(befores), _texts(afters), changed=not printed_equal)


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


def wording_detail(old: Inlines, new: Inlines) -> Detail:
    """Returns the detail of a rewording: ``redline``, and ``footnotes`` if their texts differ."""
    detail: dict[str, DetailValue] = {"redline": redline_json(redline_inlines(old, new))}
    footnotes = redline_footnotes(old, new)
    if footnotes:
        detail["footnotes"] = tuple(redline_json(marks) for marks in footnotes)
    return detail


def rewording_detail(old: Inlines, new: Inlines, text: Runs) -> Detail:
    """Returns ``wording_detail``, and the new ``text`` as ``runs`` unless it is a plain string."""
    runs = {} if is_plain(text) else {"runs": runs_json(text)}
    return {**wording_detail(old, new), **runs}


def arrange_hunks(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Returns the stretches, kept and changed alternately, each change where it reads best."""
    return _join_across_islands(_join(_slide(_join(hunks))))


def _join(hunks: Iterable[Hunk]) -> list[Hunk]:
    joined: list[Hunk] = []
    for hunk in hunks:
        if not hunk.old and not hunk.new:
            continue
        if joined and joined[-1].changed == hunk.changed:
            joined[-1] += hunk
        else:
            joined.append(hunk)
    return joined


def _slide(hunks: list[Hunk]) -> list[Hunk]:
    """Slides insertions and deletions to where they read best, with the same texts.

    「医療、教育」→「医療、介護、教育」 may have gained 「介護、」 or 「、介護」: it is 「、介護」.
    """
    slid = [_EMPTY, *hunks, _EMPTY]  # so that changes at the edges have neighbours
    for at, hunk in enumerate(slid[1:-1], start=1):
        if hunk.one_sided:
            places = _slides(slid[at - 1].new, hunk.one_sided, slid[at + 1].new)
            before, words, after = max(places, key=lambda place: _score_position(*place))
            slid[at] = Hunk(words, (), changed=True) if hunk.old else Hunk((), words, changed=True)
            slid[at - 1] = Hunk(before, before, changed=False)
            slid[at + 1] = Hunk(after, after, changed=False)
    return slid


_EMPTY: Final = Hunk((), (), changed=False)
_FARTHEST: Final = 20
"""The most words by which a change is moved."""


_Slide = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _slides(
    before: tuple[str, ...], words: tuple[str, ...], after: tuple[str, ...]
) -> Iterator[_Slide]:
    """Yields all positions of the same change: words kept, changed, kept."""
    yield before, words, after
    left = before, words, after
    for _ in range(_FARTHEST):
        if not left[0] or left[0][-1] != left[1][-1]:
            break
        left = left[0][:-1], (left[0][-1], *left[1][:-1]), (left[1][-1], *left[2])
        yield left
    right = before, words, after
    for _ in range(_FARTHEST):
        if not right[2] or right[2][0] != right[1][0]:
            break
        right = (*right[0], right[1][0]), (*right[1][1:], right[2][0]), right[2][1:]
        yield right


_SEPARATOR: Final = re.compile(r"[、・]|及び|並びに|又は|若しくは|と|や")
_NOUN: Final = re.compile(rf"[{KANJI}ァ-ヺーA-Za-z0-9」』）】等]$")
_PARTICLE: Final = re.compile(r"[のをにがはへとでや]|での|への|との|からの")
_PAIRS: Final = {"「": "」", "『": "』", "（": "）", "【": "】", "〈": "〉"}


def _score_position(before: tuple[str, ...], words: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Returns how well a change reads in this position: more is better."""
    score = 0
    if not _has_balanced_brackets("".join(words)):
        score -= 20
    if words[-1] == "。":
        score += 8
    if _SEPARATOR.fullmatch(words[0]) and before and _NOUN.search(before[-1]):
        score += 6
    if words[-1] in "、・" and not (before and _NOUN.search(before[-1])):
        score += 4
    if _PARTICLE.fullmatch(words[-1]):
        score += 2
    if _PARTICLE.fullmatch(words[0]) and len(words) > 1:
        score -= 1
    return score


def _has_balanced_brackets(text: str) -> bool:
    open_: list[str] = []
    for character in text:
        if character in _PAIRS:
            open_.append(_PAIRS[character])
        elif character in _PAIRS.values() and (not open_ or open_.pop() != character):
            return False
    return not open_


def _join_across_islands(hunks: list[Hunk]) -> list[Hunk]:
    """Joins changes with only a few kept words between them, where they read better as one."""
    joined: list[Hunk] = []
    for hunk in hunks:
        if len(joined) > 1 and hunk.changed and _reads_as_one(joined[-2], joined[-1], hunk):
            island, before = joined.pop(), joined.pop()
            joined.append(before + island + hunk)
        else:
            joined.append(hunk)
    return joined


_ISLAND: Final = re.compile(r"[ぁ-ゖ]{1,2}|[、・]")
"""Too little text to be kept between two replacements."""


def _reads_as_one(before: Hunk, island: Hunk, after: Hunk) -> bool:
    if before.replaces and after.replaces:
        return _ISLAND.fullmatch("".join(island.old)) is not None
    if not before.one_sided or not after.one_sided or bool(before.old) == bool(after.old):
        return False
    return _is_swap(before, island, after) or _is_new_name(before, island, after)


def _is_swap(before: Hunk, island: Hunk, after: Hunk) -> bool:
    """Returns whether two items of a list changed places: 医療・教育 → 教育・医療."""
    moved = _list_item(before.one_sided)
    return bool(moved) and moved == _list_item(after.one_sided) and len(island.old) <= 4


def _list_item(words: tuple[str, ...]) -> str:
    return "".join(words).strip("、・及び並又は")


def _is_new_name(before: Hunk, island: Hunk, after: Hunk) -> bool:
    """Returns whether a short word of a name was kept by chance: AIエージェント → フィジカルAI."""
    text = "".join((*before.one_sided, *island.old, *after.one_sided))
    return (
        len("".join(island.old)) <= 3
        and re.fullmatch(rf"[{KANJI}ァ-ヺーA-Za-z0-9]+", text) is not None
    )
