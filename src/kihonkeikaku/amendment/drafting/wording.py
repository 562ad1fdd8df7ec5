"""Two versions of a text → the changes of words between them, as an amendment quotes them.

Each quotation must be found exactly once in the old text, and once in the text that the changes
before it give; and brackets in it must be closed, so that it is clear where it ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from kihonkeikaku.amendment.addresses import enumeration, is_balanced
from kihonkeikaku.amendment.drafting.bounded_matching import (
    TooMuchWorkError,
    WorkLimit,
    count_common_ends,
    differences,
)

_PARTICLE: Final = re.compile(r"[ぁ-ゖ]{1,2}|.", re.DOTALL)
"""Text between two replacements that is too short to be kept: they are joined."""

_KANA: Final = re.compile(r"[ぁ-ゖー、。・）】」]")
"""Characters with which a quotation should not begin."""

_LOOSE_END: Final = re.compile(r"[ぁ-ゖー、（「【]")
"""Characters with which a quotation should not end."""

_OPENING: Final = "（「【『〔"

_NEARBY: Final = 10
"""At most so many words stand between two edits that are joined since they swap words."""

_MOST_QUOTED: Final = 0.75
"""Where more than this share of a text would be quoted, all of it is replaced."""

_MOST_WORDS_ADDED: Final = (5, 8)
"""By how many words a quotation may be lengthened to look well, and to be found once at all."""

_CHARACTERS_PER_STEP: Final = 500
"""So many characters are searched for a quotation while one word is looked at."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """One 「A」を「B」に改める, 「A」の下に「B」を加える or 「A」を削る."""

    action: Literal["replace", "insert", "delete"]
    quoted: str
    added: str

    def apply(self, text: str) -> str:
        """Returns the text with this change made where the quotation is first found."""
        match self.action:
            case "insert":
                return text.replace(self.quoted, self.quoted + self.added, 1)
            case "delete":
                return text.replace(self.quoted, "", 1)
            case _:
                return text.replace(self.quoted, self.added, 1)


@dataclass(frozen=True, slots=True)
class _WordEdit:
    """Words ``start`` to ``end`` of the old text become ``words``."""

    start: int
    end: int
    words: tuple[str, ...]


def find_word_changes(
    old: Sequence[str], new: Sequence[str], elsewhere: Sequence[str] = ()
) -> tuple[WordChange, ...] | None:
    """Returns the changes that turn one text, given in words, into another, in its order.

    Args:
        old: the words of the old text.
        new: those of the new one.
        elsewhere: texts in which no quotation may be found either.

    Returns:
        None where the text is better replaced as a whole: no quotation is unambiguous, or nearly
        all of it would be quoted, or finding the quotations takes more work than they are worth.
    """
    try:
        return _find_word_changes(old, new, elsewhere)
    except TooMuchWorkError:
        return None


def _find_word_changes(
    old: Sequence[str], new: Sequence[str], elsewhere: Sequence[str]
) -> tuple[WordChange, ...] | None:
    limit = WorkLimit(len(old) + len(new))
    text, wanted = "".join(old), "".join(new)
    edits = _find_edits(old, new)
    while edits:
        limit.spend(len(edits))
        found = _QuotationFinder(tuple(old), elsewhere, limit).find(edits)
        if isinstance(found, int):  # two edits that stand too close to be quoted apart
            edits = _join_at(edits, found, old)
            continue
        if (
            found is None
            or any(_is_bare(change) for change in found)
            or sum(len(change.quoted) for change in found) > _MOST_QUOTED * len(text) > 15
        ):
            return None
        assert _apply_all(found, text) == wanted, "the changes give the new text"
        return found
    return ()


def write_word_changes(changes: Sequence[WordChange]) -> tuple[str, tuple[str, str]]:
    """Returns the changes as one clause: its stem, and the endings that go on and that close."""
    parts: list[str] = []
    ending = ("", "")
    for action, of_action in groupby(changes, key=lambda change: change.action):
        group = list(of_action)
        if parts:
            parts[-1] += ending[0]
        stem, ending = _WRITERS[action](group)
        parts.append(stem)
    return "、".join(parts), ending


def _write_replacements(group: list[WordChange]) -> tuple[str, tuple[str, str]]:
    return "、".join(f"「{p.quoted}」を「{p.added}」に" for p in group) + "改め", ("", "る")


def _write_insertions(group: list[WordChange]) -> tuple[str, tuple[str, str]]:
    return "、".join(f"「{p.quoted}」の下に「{p.added}」を" for p in group) + "加え", ("", "る")


def _write_deletions(group: list[WordChange]) -> tuple[str, tuple[str, str]]:
    return enumeration([f"「{p.quoted}」" for p in group]) + "を削", ("り", "る")


_WRITERS: Final = {
    "replace": _write_replacements,
    "insert": _write_insertions,
    "delete": _write_deletions,
}


def _is_bare(change: WordChange) -> bool:
    """Returns whether nothing but brackets and stops is quoted."""
    return not re.search(r"\w", change.quoted)


def _apply_all(changes: Sequence[WordChange], text: str) -> str:
    for change in changes:
        text = change.apply(text)
    return text


def _find_edits(old: Sequence[str], new: Sequence[str]) -> list[_WordEdit]:
    """Returns the fewest words to change, as one would choose them by eye."""
    edits = [
        _move_comma(_WordEdit(a, b, tuple(new[c:d])), old) for a, b, c, d in differences(old, new)
    ]
    return _join_swapped_words(_join_across_particles(edits, old), old)


def _move_comma(edit: _WordEdit, old: Sequence[str]) -> _WordEdit:
    """Returns the edit with a comma before the inserted or deleted words, not after them."""
    changed = edit.words if edit.start == edit.end else old[edit.start : edit.end]
    one_sided = edit.start == edit.end or not edit.words
    if not (one_sided and edit.start and old[edit.start - 1] == "、" == changed[-1]):
        return edit
    put = ("、", *edit.words[:-1]) if edit.words else ()
    return _WordEdit(edit.start - 1, edit.end - 1, put)


def _join_across_particles(edits: list[_WordEdit], old: Sequence[str]) -> list[_WordEdit]:
    """Joins replacements that only a particle parts: they read better as one."""
    joined: list[_WordEdit] = []
    for edit in edits:
        if joined and _is_replacement(joined[-1]) and _is_replacement(edit):
            between = "".join(old[joined[-1].end : edit.start])
            if _PARTICLE.fullmatch(between):
                joined[-1] = _join(joined[-1], edit, old)
                continue
        joined.append(edit)
    return joined


def _join_swapped_words(edits: list[_WordEdit], old: Sequence[str]) -> list[_WordEdit]:
    """Joins an edit that deletes a word with one nearby that inserts it: names that swap places."""
    joined: list[_WordEdit] = []
    for edit in edits:
        joined.append(edit)
        while len(joined) > 1 and _swap_words(joined[-2], joined[-1], old):
            other, one = joined.pop(), joined.pop()
            joined.append(_join(one, other, old))
    return joined


def _swap_words(one: _WordEdit, other: _WordEdit, old: Sequence[str]) -> bool:
    between = old[one.end : other.start]
    if len(between) > _NEARBY:
        return False
    gone = {*old[one.start : one.end], *old[other.start : other.end]}
    swapped = {word for word in gone & {*one.words, *other.words} if len(word) > 1}
    return bool(swapped) and not {*between} & {*swapped, *"。【】"}


def _is_replacement(edit: _WordEdit) -> bool:
    return edit.start < edit.end and bool(edit.words)


def _join(one: _WordEdit, other: _WordEdit, old: Sequence[str]) -> _WordEdit:
    put = (*one.words, *old[one.end : other.start], *other.words)
    return _trim(_WordEdit(one.start, other.end, put), old)


def _trim(edit: _WordEdit, old: Sequence[str]) -> _WordEdit:
    """Returns the edit without what stays at its beginning and its end."""
    before, after = count_common_ends(old[edit.start : edit.end], edit.words)
    put = edit.words[before : len(edit.words) - after]
    return _WordEdit(edit.start + before, edit.end - after, put)


def _join_at(edits: list[_WordEdit], at: int, old: Sequence[str]) -> list[_WordEdit]:
    return [*edits[:at], _join(edits[at], edits[at + 1], old), *edits[at + 2 :]]


class _QuotationFinder:
    """Finds quotations in one text."""

    def __init__(self, old: tuple[str, ...], elsewhere: Sequence[str], limit: WorkLimit) -> None:
        self._old, self._elsewhere, self._limit = old, elsewhere, limit
        self._text = "".join(old)

    def find(self, edits: list[_WordEdit]) -> tuple[WordChange, ...] | int | None:
        """Returns the changes; or which edit must be joined with the next one; or None."""
        changes: list[WordChange] = []
        low, text = 0, self._text
        for at, edit in enumerate(edits):
            high = edits[at + 1].start if at + 1 < len(edits) else len(self._old)
            found = next(self._candidates(edit, low, high, text), None)
            if found is None:
                if len(edits) == 1:
                    return None
                return at if at + 1 < len(edits) else at - 1
            change, low = found
            changes.append(change)
            text = change.apply(text)
        return tuple(changes)

    def _candidates(
        self, edit: _WordEdit, low: int, high: int, text: str
    ) -> Iterator[tuple[WordChange, int]]:
        """Yields ways to quote an edit, the best first, with the word where the quotation ends.

        ``text`` is the text after all edits before this one; only words from ``low`` to ``high``
        may be quoted.
        """
        if edit.start == edit.end:
            yield from self._insertions(edit, low, text)
        elif not edit.words:
            quoted = self._between(edit.start, edit.end)
            if is_balanced(quoted) and self._is_found_once(quoted, text):
                yield WordChange("delete", quoted, ""), edit.end
        yield from self._replacements(edit, low, high, text)

    def _insertions(self, edit: _WordEdit, low: int, text: str) -> Iterator[tuple[WordChange, int]]:
        put = "".join(edit.words)
        if not is_balanced(put):
            return
        furthest = max(low, edit.start - _MOST_WORDS_ADDED[0])
        starts = range(edit.start - 1, furthest - 1, -1)
        for start in [*(s for s in starts if not _KANA.match(self._old[s])), *starts]:
            quoted = self._between(start, edit.start)
            if is_balanced(quoted) and self._is_found_once(quoted, text):
                yield WordChange("insert", quoted, put), edit.end

    def _replacements(
        self, edit: _WordEdit, low: int, high: int, text: str
    ) -> Iterator[tuple[WordChange, int]]:
        put = "".join(edit.words)
        most = edit.start - low + high - edit.end
        for fair, more_words in (
            (True, _MOST_WORDS_ADDED[0]),
            (False, _MOST_WORDS_ADDED[1]),
            (False, most),
        ):
            brackets = {} if more_words < most else {"brackets": "「」"}
            for start, end in self._stretches(edit, low, high, min(most, more_words)):
                quoted = self._between(start, end)
                if not quoted or (fair and self._looks_torn(edit, start, end)):
                    continue
                self._limit.spend(len(edit.words))
                replacement = self._between(start, edit.start) + put + self._between(edit.end, end)
                if not replacement or not is_balanced(quoted, **brackets):
                    continue
                if is_balanced(replacement, **brackets) and self._is_found_once(quoted, text):
                    yield WordChange("replace", quoted, replacement), end

    def _stretches(
        self, edit: _WordEdit, low: int, high: int, more_words: int
    ) -> Iterator[tuple[int, int]]:
        """Yields ever longer stretches of words around an edit."""
        for more in range(more_words + 1):
            for before in range(more, -1, -1):
                start, end = edit.start - before, edit.end + more - before
                if low <= start and end <= high:
                    yield start, end

    def _looks_torn(self, edit: _WordEdit, start: int, end: int) -> bool:
        """Returns whether a lengthened quotation begins or ends with a particle, or in a 【】."""
        if start < edit.start and _KANA.match(self._old[start]):
            return True
        longer = self._old[edit.end : end]
        return bool(longer) and bool("【" in longer or _LOOSE_END.match(longer[-1]))

    def _between(self, start: int, end: int) -> str:
        """Returns words of the old text; each time they are looked at is work."""
        self._limit.spend(end - start + 1)
        return "".join(self._old[start:end])

    def _is_found_once(self, quoted: str, text: str) -> bool:
        """Returns whether a quotation can mean one place only, now and in the old text."""
        self._limit.spend(len(text) // _CHARACTERS_PER_STEP)
        return (
            stands_once(quoted, self._text)
            and stands_once(quoted, text)
            and not any(quoted in other for other in self._elsewhere)
        )


def stands_once(quoted: str, text: str) -> bool:
    """Returns whether a quotation is found once in a text, overlapping ones too."""
    at = text.find(quoted)
    return at >= 0 and text.find(quoted, at + 1) < 0
