"""Finds paragraphs that were divided or joined without a word changed.

The texts are compared whole: some paragraphs of the old edition, one after the other, say the same
as some of the new edition, and only the breaks between them differ.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.plan_records import ParagraphRecord
from kihonkeikaku.model.values import PARAGRAPH_MARKERS

_MOST_ALIKE: Final = 16
"""With at most so many texts that begin like it is a text compared, since all may begin alike."""


@dataclass(frozen=True, slots=True)
class Division:
    """Paragraphs of one body that say together what others said together in the old edition."""

    old: tuple[Slot, ...]
    new: tuple[Slot, ...]


def find_divisions(
    old: Mapping[Slot, ParagraphRecord],
    new: Mapping[Slot, ParagraphRecord],
    shared_ids: Collection[str | None],
) -> Iterator[Division]:
    """Yields the divisions among paragraphs, the longest texts first; each paragraph is in one.

    Args:
        old: the paragraphs of the old edition that are not paired yet, by their slots.
        new: those of the new edition.
        shared_ids: ids that both editions have: each stays within its division.
    """
    taken: set[tuple[str, Slot]] = set()
    found = [
        (division, sum(len(_encode(old[slot])) for slot in division.old))
        for before, after in _same_parents(old, new)
        for division in _within(before, after)
    ]
    for division, _ in sorted(found, key=lambda pair: _preference(*pair)):
        slots = {("old", slot) for slot in division.old} | {("new", slot) for slot in division.new}
        ids = (
            {paragraphs[slot].id for slot in side} & set(shared_ids)
            for paragraphs, side in ((old, division.old), (new, division.new))
        )
        if taken.isdisjoint(slots) and next(ids) == next(ids):
            taken |= slots
            yield division


def _preference(division: Division, length: int) -> tuple[int, ...]:
    """Long texts first, then those near their old place; the same with both editions exchanged."""
    old, new = division.old[0][1], division.new[0][1]
    return -length, abs(old - new), old + new, old


_Texts = Sequence[tuple[Slot, str]]
"""The paragraphs of one body that are not paired yet, in order of print."""


def _same_parents(
    old: Mapping[Slot, ParagraphRecord], new: Mapping[Slot, ParagraphRecord]
) -> Iterator[tuple[_Texts, _Texts]]:
    before, after = _by_parent(old), _by_parent(new)
    for parent, texts in before.items():
        if parent in after and len(texts) + len(after[parent]) > 2:
            yield texts, after[parent]


def _by_parent(
    paragraphs: Mapping[Slot, ParagraphRecord],
) -> dict[str | None, list[tuple[Slot, str]]]:
    found: dict[str | None, list[tuple[Slot, str]]] = {}
    for slot, paragraph in sorted(paragraphs.items(), key=lambda pair: pair[0][1]):
        if _is_prose(paragraph):
            found.setdefault(slot[0], []).append((slot, _encode(paragraph)))
    return found


def _is_prose(paragraph: ParagraphRecord) -> bool:
    """Returns whether a line is of words alone: no item with ministries, no row of a table."""
    return paragraph.marker in PARAGRAPH_MARKERS and not any(paragraph.fields.values())


def _encode(paragraph: ParagraphRecord) -> str:
    """Returns a text in which a reference or the like stands between characters of no text."""
    return "".join(run if isinstance(run, str) else f"\0{run!r}\0" for run in paragraph.text)


def _within(old: _Texts, new: _Texts) -> Iterator[Division]:
    """Yields all divisions of one body, which may overlap."""
    starts = {(i, j) for j, i in _beginnings(new, old)} | set(_beginnings(old, new))
    for i, j in sorted(starts):
        division = _follow(old[i:], new[j:])
        if division:
            yield division


def _beginnings(texts: _Texts, others: _Texts) -> Iterator[tuple[int, int]]:
    """Yields the indexes of each text, and of others that begin with it and are longer."""
    order = sorted(range(len(others)), key=lambda at: others[at][1])
    ordered = [others[at][1] for at in order]
    for at, (_, text) in enumerate(texts):
        start = bisect_left(ordered, text)
        for place in range(start, min(start + _MOST_ALIKE, len(ordered))):
            if not text or not ordered[place].startswith(text):
                break
            if len(ordered[place]) > len(text):
                yield at, order[place]


def _follow(old: _Texts, new: _Texts) -> Division | None:
    """Returns the fewest of the first paragraphs that say the same, without gaps between them."""
    sides = (old, new)
    counts = [1, 1]
    shorter = 0 if len(old[0][1]) < len(new[0][1]) else 1
    rest = sides[1 - shorter][0][1].removeprefix(sides[shorter][0][1])
    while rest:
        following = next(islice(sides[shorter], counts[shorter], None), None)
        if following is None or following[0][1] != sides[shorter][0][0][1] + counts[shorter]:
            return None
        counts[shorter] += 1
        text = following[1]
        if rest.startswith(text):
            rest = rest.removeprefix(text)
        elif text.startswith(rest):
            rest, shorter = text.removeprefix(rest), 1 - shorter
        else:
            return None
    olds, news = (
        tuple(slot for slot, _ in side[:count]) for side, count in zip(sides, counts, strict=True)
    )
    return Division(olds, news)
