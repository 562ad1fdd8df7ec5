"""Which paragraph of the old edition is which of the new one.

Most paragraphs have no id. They are paired in steps, the surest first, and what no step finds
convincing stays unpaired: removed here and added there, rather than guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.records import ParagraphRecord, raw_text
from kihonkeikaku.model.values import Runs
from kihonkeikaku.text.similarity import pair_similar

Bodies = Mapping[str, tuple[ParagraphRecord, ...]]
_SlotPair = tuple[Slot, Slot]
_Unpaired = dict[Slot, ParagraphRecord]
"""Paragraphs that are not paired yet, by their slots, in order of print."""

_ALIKE_AT_HOME: Final = 0.35
"""Least likeness under the same parent; unrelated neighbours in the plan reach 0.26."""

_ALIKE_ELSEWHERE: Final = 0.65
"""Least likeness under different parents; the plan says alike things in two places up to 0.62."""


def align_paragraphs(old: Bodies, new: Bodies) -> dict[Slot, Slot]:
    """Returns where each paragraph of the old edition stands in the new one, by slots.

    Two paragraphs with different ids are never the same.
    """
    before, after = _by_slot(old), _by_slot(new)
    pairs: dict[Slot, Slot] = {}
    for step in _STEPS:
        for a, b in list(step(before, after)):
            pairs[a] = b
            del before[a], after[b]
    return pairs


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
    """Pairs what is equal from the start of a body: of repeated texts, what was added is new."""
    for before, after in _homes(old, new):
        yield from takewhile(lambda pair: _equal(old, new, pair), zip(before, after, strict=False))


def _equal_to_end(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    for before, after in _homes(old, new):
        pairs = zip(reversed(before), reversed(after), strict=False)
        yield from takewhile(lambda pair: _equal(old, new, pair), pairs)


def _equal_at_home(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs equal texts in order; those without an id with one another first."""
    for before, after in _homes(old, new):
        there = _by_text(new, after)
        for text, slots in _by_text(old, before).items():
            yield from _in_order(old, new, slots, there.get(text, []))


def _in_order(
    old: _Unpaired, new: _Unpaired, before: list[Slot], after: list[Slot]
) -> Iterator[_SlotPair]:
    bare_before = [slot for slot in before if old[slot].id is None]
    bare_after = [slot for slot in after if new[slot].id is None]
    yield from zip(bare_before, bare_after, strict=False)
    named_after = (slot for slot in after if new[slot].id)
    yield from zip(bare_before[len(bare_after) :], named_after, strict=False)
    named_before = (slot for slot in before if old[slot].id)
    yield from zip(named_before, bare_after[len(bare_before) :], strict=False)


def _equal_elsewhere(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs equal texts that stand once in each edition."""
    there = _unique(new)
    for text, slot in _unique(old).items():
        if text in there and _may_be_same(old[slot], new[there[text]]):
            yield slot, there[text]


def _alike_at_home(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    for before, after in _homes(old, new):
        yield from _alike(old, new, before, after, _ALIKE_AT_HOME)


def _alike_elsewhere(old: _Unpaired, new: _Unpaired) -> Iterator[_SlotPair]:
    """Pairs texts that are alike, leaving out those that stand several times: which is which?"""
    before, after = [*_unique(old).values()], [*_unique(new).values()]
    yield from _alike(old, new, before, after, _ALIKE_ELSEWHERE)


def _alike(
    old: _Unpaired, new: _Unpaired, before: Sequence[Slot], after: Sequence[Slot], least: float
) -> Iterator[_SlotPair]:
    for i, j in pair_similar(
        [raw_text(old[slot].text) for slot in before],
        [raw_text(new[slot].text) for slot in after],
        least,
        lambda i, j: _may_be_same(old[before[i]], new[after[j]]),
    ):
        yield before[i], after[j]


def _homes(old: _Unpaired, new: _Unpaired) -> Iterator[tuple[list[Slot], list[Slot]]]:
    """Yields the slots under each parent that has paragraphs left on both sides."""
    before, after = _by_parent(old), _by_parent(new)
    for parent, slots in before.items():
        if parent in after:
            yield slots, after[parent]


def _by_text(standing: _Unpaired, slots: Iterable[Slot]) -> dict[Runs, list[Slot]]:
    found: dict[Runs, list[Slot]] = defaultdict(list)
    for slot in slots:
        found[standing[slot].text].append(slot)
    return found


def _by_parent(standing: Iterable[Slot]) -> dict[str | None, list[Slot]]:
    found: dict[str | None, list[Slot]] = defaultdict(list)
    for slot in standing:
        found[slot[0]].append(slot)
    return found


def _unique(standing: _Unpaired) -> dict[Runs, Slot]:
    """Returns the slots of texts that stand only once among those left."""
    counts = Counter(paragraph.text for paragraph in standing.values())
    return {p.text: slot for slot, p in standing.items() if counts[p.text] == 1}


def _equal(old: _Unpaired, new: _Unpaired, pair: _SlotPair) -> bool:
    before, after = old[pair[0]], new[pair[1]]
    return before.text == after.text and _may_be_same(before, after)


def _may_be_same(old: ParagraphRecord, new: ParagraphRecord) -> bool:
    return old.id is None or new.id is None


_STEPS: Final = (
    _by_id,
    _equal_from_start,
    _equal_to_end,
    _equal_at_home,
    _equal_elsewhere,
    _alike_at_home,
    _alike_elsewhere,
)
