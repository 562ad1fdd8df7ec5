"""Changes of a text, arranged as an official marks them: where they begin, and what is one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.text.segmentation import KANJI


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
        """Whether words stand in the place of others."""
        return self.changed and bool(self.old) and bool(self.new)

    @property
    def one_sided(self) -> tuple[str, ...]:
        """The words that only came or only went; none where some did both."""
        return () if self.replaces or not self.changed else self.old or self.new


def arranged(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Returns the stretches, kept and changed in turn, with each change where it reads best."""
    return _without_islands(_joined(_slid(_joined(hunks))))


def _joined(hunks: Iterable[Hunk]) -> list[Hunk]:
    joined: list[Hunk] = []
    for hunk in hunks:
        if not hunk.old and not hunk.new:
            continue
        if joined and joined[-1].changed == hunk.changed:
            joined[-1] += hunk
        else:
            joined.append(hunk)
    return joined


# Where a change begins


def _slid(hunks: list[Hunk]) -> list[Hunk]:
    """Moves what only came or went to where it reads best, as far as the text stays the same.

    「医療、教育」→「医療、介護、教育」 may have gained 「介護、」 or 「、介護」: it is 「、介護」.
    """
    slid = [_NOTHING, *hunks, _NOTHING]  # at the edges too, what comes or goes has neighbours
    for at, hunk in enumerate(slid[1:-1], start=1):
        if hunk.one_sided:
            places = _places(slid[at - 1].new, hunk.one_sided, slid[at + 1].new)
            before, words, after = max(places, key=lambda place: _reads_well(*place))
            slid[at] = Hunk(words, (), changed=True) if hunk.old else Hunk((), words, changed=True)
            slid[at - 1] = Hunk(before, before, changed=False)
            slid[at + 1] = Hunk(after, after, changed=False)
    return slid


_NOTHING: Final = Hunk((), (), changed=False)

_FARTHEST: Final = 20
"""So many words a change is moved at the most."""

_Place = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _places(
    before: tuple[str, ...], words: tuple[str, ...], after: tuple[str, ...]
) -> Iterator[_Place]:
    """Yields all ways to say the same change: what is kept, what changes, what is kept."""
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


def _reads_well(before: tuple[str, ...], words: tuple[str, ...], after: tuple[str, ...]) -> int:
    """Returns how well a change reads if it begins and ends here: more is better."""
    score = 0
    if not _balanced("".join(words)):
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


def _balanced(text: str) -> bool:
    open_: list[str] = []
    for character in text:
        if character in _PAIRS:
            open_.append(_PAIRS[character])
        elif character in _PAIRS.values() and (not open_ or open_.pop() != character):
            return False
    return not open_


# What is one change


def _without_islands(hunks: list[Hunk]) -> list[Hunk]:
    """Joins changes that only a few kept words part, where they read better as one."""
    joined: list[Hunk] = []
    for hunk in hunks:
        if len(joined) > 1 and hunk.changed and _is_one(joined[-2], joined[-1], hunk):
            island, before = joined.pop(), joined.pop()
            joined.append(before + island + hunk)
        else:
            joined.append(hunk)
    return joined


_ISLAND: Final = re.compile(r"[ぁ-ゖ]{1,2}|[、・年月]")
"""What is too little to be left standing between two replacements."""


def _is_one(before: Hunk, island: Hunk, after: Hunk) -> bool:
    if before.replaces and after.replaces:
        return _ISLAND.fullmatch("".join(island.old)) is not None
    if not before.one_sided or not after.one_sided or bool(before.old) == bool(after.old):
        return False
    return _swapped(before, island, after) or _new_name(before, island, after)


def _swapped(before: Hunk, island: Hunk, after: Hunk) -> bool:
    """Returns whether two items of a list changed places: 医療・教育 → 教育・医療."""
    moved = _item(before.one_sided)
    return bool(moved) and moved == _item(after.one_sided) and len(island.old) <= 4


def _item(words: tuple[str, ...]) -> str:
    return "".join(words).strip("、・及び並又は")


def _new_name(before: Hunk, island: Hunk, after: Hunk) -> bool:
    """Returns whether a short word was kept by chance: AIエージェント → フィジカルAI."""
    text = "".join((*before.one_sided, *island.old, *after.one_sided))
    return (
        len("".join(island.old)) <= 3
        and re.fullmatch(rf"[{KANJI}ァ-ヺーA-Za-z0-9]+", text) is not None
    )
