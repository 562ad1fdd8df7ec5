"""Matches the paragraphs of two editions.

Most paragraphs have no id. They are paired in steps, the surest first; between equal texts and
similar ones, those are found that were divided or joined. What no step pairs counts as removed and
added, rather than guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.paragraph_divisions import Division, find_divisions
from kihonkeikaku.diff.plan_records import Bodies, ParagraphRecord, raw_text
from kihonkeikaku.model.values import Runs
from kihonkeikaku.text.similarity import pair_similar

_SlotPair = tuple[Slot, Slot]
_Unpaired = dict[Slot, ParagraphRecord]
"""Paragraphs that are not paired yet, by their slots, in order of print."""

_PairingStep = Callable[[_Unpaired, _Unpaired], Iterator[_SlotPair]]
"""Yields pairs of paragraphs that are not paired yet."""

_SAME_PARENT_SIMILARITY: Final = 0.35
"""Least similarity under the same parent; unrelated neighbours in the plan reach 0.26."""

_OTHER_PARENT_SIMILARITY: Final = 0.65
"""Least similarity under different parents; unrelated texts of the plan reach 0.62."""


@dataclass(frozen=True, slots=True)
class ParagraphAlignment:
    """What became of the old edition's paragraphs.

    ``pairs`` maps old to new slots of those that both editions have; ``divisions`` are those that
    were divided or joined without a word changed.
    """

    pairs: dict[Slot, Slot]
    divisions: tuple[Division, ...] = ()


def align_paragraphs(old: Bodies, new: Bodies) -> ParagraphAlignment:
    """Matches the paragraphs of two editions. Two with different ids are never the same."""
    before, after = _by_slot(old), _by_slot(new)
    named = dict(_by_id(before, after))
    pairs = {a: b for a, b in named.items() if before[a].text == after[b].text}
    # A paragraph with an id and another text may have been divided: if not, its id pairs it.
    waiting = {a: b for a, b in named.items() if a not in pairs}
    before, held_old = _part(before, named)
    after, held_new = _part(after, named.values())
    _take_pairs(before, after, pairs, _EQUAL)
    before |= {slot: held_old[slot] for slot in waiting}
    after |= {slot: held_new[slot] for slot in waiting.values()}
    shared_ids = {held_old[slot].id for slot in waiting}
    divisions = tuple(find_divisions(before, after, shared_ids))
    before, _ = _part(before, [slot for division in divisions for slot in division.old])
    after, _ = _part(after, [slot for division in divisions for slot in division.new])
    _take_pairs(before, after, pairs, (_by_id, _equal_anywhere, *_SIMILAR))
    return ParagraphAlignment(pairs, divisions)


def _part(paragraphs: _Unpaired, slots: Collection[Slot]) -> tuple[_Unpaired, _Unpaired]:
    """Returns the paragraphs without those in these slots, and those."""
    inside = set(slots)
    return (
        {slot: paragraph for slot, paragraph in paragraphs.items() if slot not in inside},
        {slot: paragraph for slot, paragraph in paragraphs.items() if slot in inside},
    )


def _take_pairs(
    old: _Unpaired, new: _Unpaired, pairs: dict[Slot, Slot], steps: Iterable[_PairingStep]
) -> None:
    """Moves from the unpaired to the ``pairs`` what each step pairs."""
    for step in steps:
        for a, b in list(step(old, new)):
            pairs[a] = b
            del old[a], new[b]


def _by_slot(bodies: Bodies) -> _Unpaired:
    return {
        (parent, index): paragraph
        for parent, body in bodies.items()
        for index, paragraph in enumerate(body)
    }


def _by_id(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    slots = {paragraph.id: slot for slot, paragraph in new.items() if paragraph.id}
    for slot, paragraph in old.items():
        if paragraph.id in slots:
            yield slot, slots[paragraph.id]


def _equal_from_start(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs equal paragraphs from the start of a body: of repeated texts, the last one is new."""
    for before, after in _same_parents(old, new):
        yield from takewhile(lambda pair: _equal(old, new, pair), zip(before, after, strict=False))


def _equal_to_end(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    for before, after in _same_parents(old, new):
        pairs = zip(reversed(before), reversed(after), strict=False)
        yield from takewhile(lambda pair: _equal(old, new, pair), pairs)


def _equal_under_same_parent(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs equal texts in order; paragraphs without an id first."""
    for before, after in _same_parents(old, new):
        there = _by_text(new, after)
        for text, slots in _by_text(old, before).items():
            yield from _in_order(old, new, slots, there.get(text, []))


def _in_order(
    old: _Unpaired, new: _Unpaired, before: list[Slot], after: list[Slot]
) -> Iterator[_SlotPair]:
    without_id_before = [slot for slot in before if old[slot].id is None]
    without_id_after = [slot for slot in after if new[slot].id is None]
    yield from zip(without_id_before, without_id_after, strict=False)
    with_id_after = (slot for slot in after if new[slot].id)
    yield from zip(without_id_before[len(without_id_after) :], with_id_after, strict=False)
    with_id_before = (slot for slot in before if old[slot].id)
    yield from zip(with_id_before, without_id_after[len(without_id_before) :], strict=False)


def _equal_anywhere(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs equal texts that each edition has once."""
    there = _unique(new)
    for text, slot in _unique(old).items():
        if text in there and _may_be_same(old[slot], new[there[text]]):
            yield slot, there[text]


def _similar_under_same_parent(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    for before, after in _same_parents(old, new):
        yield from _similar(old, new, before, after, _SAME_PARENT_SIMILARITY)


def _similar_anywhere(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs similar texts, except those that an edition has several times."""
    before, after = [*_unique(old).values()], [*_unique(new).values()]
    yield from _similar(old, new, before, after, _OTHER_PARENT_SIMILARITY)


def _similar(
    old: _Unpaired, new: _Unpaired, before: Sequence[Slot], after: Sequence[Slot], least: float
) -> Iterator[_SlotPair]:
    for i, j in pair_similar(
        [raw_text(old[slot].text) for slot in before],
        [raw_text(new[slot].text) for slot in after],
        least,
        lambda i, j: _may_be_same(old[before[i]], new[after[j]]),
    ):
        yield before[i], after[j]


def _same_parents(old: _Unpaired, new: _Unpaired) -> Iterator[tuple[list[Slot], list[Slot]]]:
    """Yields the slots under each parent with unpaired paragraphs in both editions."""
    before, after = _by_parent(old), _by_parent(new)
    for parent, slots in before.items():
        if parent in after:
            yield slots, after[parent]


def _by_text(paragraphs: _Unpaired, slots: Iterable[Slot]) -> dict[Runs, list[Slot]]:
    found: dict[Runs, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[paragraphs[slot].text].append(slot)
    return found


def _by_parent(paragraphs: Iterable[Slot]) -> dict[str | None, list[Slot]]:
    found: dict[str | None, list[Slot]] = defaultdict(list)
    for slot in paragraphs:
        found[slot[0]].append(slot)
    return found


def _unique(paragraphs: _Unpaired) -> dict[Runs, Slot]:
    """Returns the slots of texts that occur once among the unpaired paragraphs."""
    counts = Counter(paragraph.text for paragraph in paragraphs.values())
    return {p.text: slot for slot, p in paragraphs.items() if counts[p.text] == 1}


def _equal(old: _Unpaired, new: _Unpaired, pair: _SlotPair) -> bool:
    before, after = old[pair[0]], new[pair[1]]
    return before.text == after.text and _may_be_same(before, after)


def _may_be_same(old: ParagraphRecord, new: ParagraphRecord) -> bool:
    return old.id is None or new.id is None


_EQUAL: Final = (_equal_from_start, _equal_to_end, _equal_under_same_parent)
_SIMILAR: Final = (_similar_under_same_parent, _similar_anywhere)
