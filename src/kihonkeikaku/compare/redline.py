"""Two texts → the words struck out and put in, as an official would mark them."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal

from kihonkeikaku.compare.change import Json
from kihonkeikaku.compare.segment import words
from kihonkeikaku.numbering import Inline, Link, Note, Words

Op = Literal["=", "-", "+"]

Redline = tuple[tuple[Op, str], ...]
"""``=`` kept, ``-`` struck out, ``+`` put in.

``=`` and ``-`` join to the old text as printed, ``=`` and ``+`` to the new one.
"""

_PARTICLE: Final = re.compile(r"[ぁ-ゖ]{1,2}|.", re.DOTALL)
"""What is too little to be left standing between two replacements."""


@dataclass(frozen=True, slots=True)
class _Token:
    """``key`` is what is compared, ``text`` what is printed: the two differ for references."""

    key: Hashable
    text: str


@dataclass(frozen=True, slots=True)
class _Hunk:
    """A stretch of both texts."""

    changed: bool
    old: str
    new: str

    def __add__(self, other: "_Hunk") -> "_Hunk":
        return _Hunk(self.changed or other.changed, self.old + other.old, self.new + other.new)

    @property
    def replaces(self) -> bool:
        return self.changed and bool(self.old) and bool(self.new)


def redline(old: tuple[Inline, ...], new: tuple[Inline, ...]) -> Redline:
    """Returns what turns one text into the other.

    A reference or a footnote's mark is one word. A reference that is kept but prints another
    number is struck out and put in, since that is what the page shows.
    """
    return tuple(_ops(_without_confetti(_joined(_hunks(_tokens(old), _tokens(new))))))


def title_redline(old: str, new: str) -> Redline:
    """Returns the redline of two plain texts."""
    return redline((Words(old),), (Words(new),))


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
    return tuple(inline.body for inline in inlines if isinstance(inline, Note))


def _tokens(inlines: tuple[Inline, ...]) -> list[_Token]:
    tokens: list[_Token] = []
    text = ""
    for inline in inlines:
        if isinstance(inline, Words):
            text += inline.text
        else:
            tokens.extend(_Token(word, word) for word in words(text))
            tokens.append(_Token(_key(inline), inline.text))
            text = ""
    return [*tokens, *(_Token(word, word) for word in words(text))]


def _key(inline: Link | Note) -> Hashable:
    return ("ref", inline.target) if isinstance(inline, Link) else ("footnote", inline.body)


def _hunks(old: list[_Token], new: list[_Token]) -> Iterator[_Hunk]:
    matcher = SequenceMatcher(
        None, [token.key for token in old], [token.key for token in new], autojunk=False
    )
    for op, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if op == "equal":
            for a, b in zip(old[old_from:old_to], new[new_from:new_to], strict=True):
                yield _Hunk(a.text != b.text, a.text, b.text)
        else:
            yield _Hunk(
                True,
                "".join(token.text for token in old[old_from:old_to]),
                "".join(token.text for token in new[new_from:new_to]),
            )


def _joined(hunks: Iterator[_Hunk]) -> list[_Hunk]:
    joined: list[_Hunk] = []
    for hunk in hunks:
        if joined and joined[-1].changed == hunk.changed:
            joined[-1] += hunk
        else:
            joined.append(hunk)
    return joined


def _without_confetti(hunks: list[_Hunk]) -> list[_Hunk]:
    """Joins two replacements that only a particle parts: they read better as one."""
    joined: list[_Hunk] = []
    for hunk in hunks:
        if len(joined) > 1 and hunk.replaces and _parted(joined[-2], joined[-1]):
            particle, before = joined.pop(), joined.pop()
            joined.append(before + particle + hunk)
        else:
            joined.append(hunk)
    return joined


def _parted(before: _Hunk, between: _Hunk) -> bool:
    return before.replaces and _PARTICLE.fullmatch(between.old) is not None


def _ops(hunks: list[_Hunk]) -> Iterator[tuple[Op, str]]:
    for hunk in hunks:
        if not hunk.changed:
            yield "=", hunk.old
            continue
        if hunk.old:
            yield "-", hunk.old
        if hunk.new:
            yield "+", hunk.new
