"""Two readings of one text → the words in which officials say what changes in it, as sentences.

Each quotation must be found exactly once, whether one reads all of them against the old text or
carries them out one after the other; and brackets in it must be closed, so that it is clear where
it ends.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

from kihonkeikaku.amendment.addresses import enumeration, is_balanced

INDENT: Final = "　"
"""Before a sentence; twice before a line that is put in, thrice before what belongs to it."""


@dataclass(frozen=True, slots=True)
class AmendmentClause:
    """「③を②とし」: one thing that is done, said so that others may follow.

    ``among`` is the stem as said among clauses about one place, ``alone`` as said in a sentence of
    its own. ``ending`` holds what goes on and what closes: し, する. ``added`` are the lines that
    are put in: of each, the line itself first, then those that belong to it.
    """

    among: str
    alone: str
    ending: tuple[str, str]
    added: tuple[tuple[str, ...], ...] = ()


def write_sentences(place: str, clauses: Iterable[AmendmentClause]) -> Iterator[str]:
    """Yields the lines of an amendment that say what is done in one place.

    A clause that puts lines in closes its sentence. ``place`` is empty for the whole edition.
    """
    pending: list[AmendmentClause] = []
    for clause in clauses:
        pending.append(clause)
        if clause.added:
            yield from _sentence(place, pending)
            pending = []
    if pending:
        yield from _sentence(place, pending)


def _sentence(place: str, clauses: list[AmendmentClause]) -> Iterator[str]:
    *others, last = clauses
    if others:
        said = [*(c.among + c.ending[0] for c in others), last.among + last.ending[1]]
        yield INDENT + (f"{place}中" if place else "") + "、".join(said) + "。"
    else:
        yield INDENT + last.alone + last.ending[1] + "。"
    for line, *belonging in last.added:
        yield INDENT * 2 + line
        yield from (INDENT * 3 + under for under in belonging)


_PARTICLE: Final = re.compile(r"[ぁ-ゖ]{1,2}|.", re.DOTALL)
"""What is too little to be left standing between two replacements."""

_KANA: Final = re.compile(r"[ぁ-ゖー、。・）】」]")
"""What a quotation had better not begin with."""

_LOOSE_END: Final = re.compile(r"[ぁ-ゖー、（「【]")
"""What it had better not end with."""

_OPENING: Final = "（「【『〔"

_NEARBY: Final = 10
"""How many words may stand between two places for a word to be seen to change its place."""

_MOST_QUOTED: Final = 0.75
"""So much of a text quoted, and it is clearer to give all of it anew."""

_MOST_WORDS_ADDED: Final = (5, 8)
"""By how many words a quotation is lengthened to look well; then it need only be unambiguous."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """One 「A」を「B」に改める, 「A」の下に「B」を加える or 「A」を削る."""

    action: Literal["replace", "insert", "delete"]
    quoted: str
    added: str

    def apply(self, text: str) -> str:
        """Returns the text with this done where the quotation first stands."""
        match self.action:
            case "insert":
                return text.replace(self.quoted, self.quoted + self.added, 1)
            case "delete":
                return text.replace(self.quoted, "", 1)
            case _:
                return text.replace(self.quoted, self.added, 1)


@dataclass(frozen=True, slots=True)
class _WordEdit:
    """Words ``start`` to ``end`` of the old text become ``put``."""

    start: int
    end: int
    put: tuple[str, ...]


def find_word_changes(
    old: Sequence[str], new: Sequence[str], elsewhere: Sequence[str] = ()
) -> tuple[WordChange, ...] | None:
    """Returns what turns one text, given in words, into another, in the order of the text.

    Args:
        old: the words of the old text.
        new: those of the new one.
        elsewhere: texts in which no quotation may be found either.

    Returns:
        None where the text is better given anew: nothing smaller can say it, or nearly all of
        it would be quoted.
    """
    text, wanted = "".join(old), "".join(new)
    edits = _edits(old, new)
    while edits:
        said = _QuotationFinder(tuple(old), elsewhere).find(edits)
        if isinstance(said, int):  # two edits that stand too close to be told apart
            edits = _joined_at(edits, said, old)
            continue
        if (
            said is None
            or any(_is_bare(change) for change in said)
            or sum(len(p.quoted) for p in said) > _MOST_QUOTED * len(text) > 15
        ):
            return None
        assert _apply_all(said, text) == wanted, "what is said is what is wanted"
        return said
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


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_WordEdit]:
    """Returns the fewest words to change, as one would choose them by eye."""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    edits = [
        _with_its_comma(_WordEdit(a, b, tuple(new[c:d])), old)
        for op, a, b, c, d in opcodes
        if op != "equal"
    ]
    return _join_swapped_words(_join_across_particles(edits, old), old)


def _with_its_comma(edit: _WordEdit, old: Sequence[str]) -> _WordEdit:
    """Returns the edit with a comma before what comes or goes rather than after it."""
    moving = edit.put if edit.start == edit.end else old[edit.start : edit.end]
    one_sided = edit.start == edit.end or not edit.put
    if not (one_sided and edit.start and old[edit.start - 1] == "、" == moving[-1]):
        return edit
    put = ("、", *edit.put[:-1]) if edit.put else ()
    return _WordEdit(edit.start - 1, edit.end - 1, put)


def _join_across_particles(edits: list[_WordEdit], old: Sequence[str]) -> list[_WordEdit]:
    """Joins replacements that only a particle parts: they read better as one."""
    joined: list[_WordEdit] = []
    for edit in edits:
        if joined and _replaces(joined[-1]) and _replaces(edit):
            between = "".join(old[joined[-1].end : edit.start])
            if _PARTICLE.fullmatch(between):
                joined[-1] = _joined(joined[-1], edit, old)
                continue
        joined.append(edit)
    return joined


def _join_swapped_words(edits: list[_WordEdit], old: Sequence[str]) -> list[_WordEdit]:
    """Joins what takes a word away with what puts it back nearby: names that change places."""
    for at in range(len(edits) - 1):
        one, other = edits[at], edits[at + 1]
        gone = {*old[one.start : one.end], *old[other.start : other.end]}
        shuttles = {word for word in gone & {*one.put, *other.put} if len(word) > 1}
        between = old[one.end : other.start]
        if shuttles and len(between) <= _NEARBY and not {*between} & {*shuttles, *"。【】"}:
            rest = [*edits[:at], _joined(one, other, old), *edits[at + 2 :]]
            return _join_swapped_words(rest, old)
    return edits


def _replaces(edit: _WordEdit) -> bool:
    return edit.start < edit.end and bool(edit.put)


def _joined(one: _WordEdit, other: _WordEdit, old: Sequence[str]) -> _WordEdit:
    put = (*one.put, *old[one.end : other.start], *other.put)
    return _trimmed(_WordEdit(one.start, other.end, put), old)


def _trimmed(edit: _WordEdit, old: Sequence[str]) -> _WordEdit:
    """Returns the edit without what stays at its beginning and its end."""
    start, end, put = edit.start, edit.end, edit.put
    while start < end and put and old[start] == put[0]:
        start, put = start + 1, put[1:]
    while start < end and put and old[end - 1] == put[-1]:
        end, put = end - 1, put[:-1]
    return _WordEdit(start, end, put)


def _joined_at(edits: list[_WordEdit], at: int, old: Sequence[str]) -> list[_WordEdit]:
    return [*edits[:at], _joined(edits[at], edits[at + 1], old), *edits[at + 2 :]]


class _QuotationFinder:
    """Finds quotations in one text."""

    def __init__(self, old: tuple[str, ...], elsewhere: Sequence[str]) -> None:
        self._old, self._elsewhere = old, elsewhere
        self._text = "".join(old)

    def find(self, edits: list[_WordEdit]) -> tuple[WordChange, ...] | int | None:
        """Returns the changes; or which edit must be joined with the next one; or None."""
        said: list[WordChange] = []
        low, text = 0, self._text
        for at, edit in enumerate(edits):
            high = edits[at + 1].start if at + 1 < len(edits) else len(self._old)
            found = next(self._candidates(edit, low, high, text), None)
            if found is None:
                if len(edits) == 1:
                    return None
                return at if at + 1 < len(edits) else at - 1
            change, low = found
            said.append(change)
            text = change.apply(text)
        return tuple(said)

    def _candidates(
        self, edit: _WordEdit, low: int, high: int, text: str
    ) -> Iterator[tuple[WordChange, int]]:
        """Yields ways to say an edit, the best first, with the word where the quotation ends.

        ``text`` is the text after all edits before this one; only words from ``low`` to ``high``
        may be quoted.
        """
        if edit.start == edit.end:
            yield from self._insertions(edit, low, text)
        elif not edit.put:
            quoted = self._between(edit.start, edit.end)
            if is_balanced(quoted) and self._is_found_once(quoted, text):
                yield WordChange("delete", quoted, ""), edit.end
        yield from self._replacements(edit, low, high, text)

    def _insertions(self, edit: _WordEdit, low: int, text: str) -> Iterator[tuple[WordChange, int]]:
        put = "".join(edit.put)
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
        put = "".join(edit.put)
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
                said = self._between(start, edit.start) + put + self._between(edit.end, end)
                if not said or not is_balanced(quoted, **brackets):
                    continue
                if is_balanced(said, **brackets) and self._is_found_once(quoted, text):
                    yield WordChange("replace", quoted, said), end

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
        """Returns whether a quotation was lengthened to a particle, or beyond its text."""
        if start < edit.start and _KANA.match(self._old[start]):
            return True
        longer = self._old[edit.end : end]
        return bool(longer) and bool("【" in longer or _LOOSE_END.match(longer[-1]))

    def _between(self, start: int, end: int) -> str:
        return "".join(self._old[start:end])

    def _is_found_once(self, quoted: str, text: str) -> bool:
        """Returns whether a quotation can mean one place only, now and in the old text."""
        return (
            occurrences(quoted, self._text) == 1
            and occurrences(quoted, text) == 1
            and not any(quoted in other for other in self._elsewhere)
        )


def occurrences(quoted: str, text: str) -> int:
    """Returns how often a quotation is found in a text, overlapping ones too."""
    count, at = 0, text.find(quoted)
    while at >= 0:
        count, at = count + 1, text.find(quoted, at + 1)
    return count
