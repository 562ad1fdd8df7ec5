"""The plan's own paragraphs with edits planted in them, and which paragraph is which by right."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.paragraph_alignment import Bodies
from kihonkeikaku.diff.records import ParagraphRecord
from kihonkeikaku.text.segmentation import words


@dataclass
class Sheet:
    """A paragraph in the making; ``origin`` is where it stood, None for what is new."""

    text: str
    origin: Slot | None
    edited: bool = False


Bundle = dict[str, list[Sheet]]

LEAST_TO_SPLIT: Final = 24
"""Shorter paragraphs have no two halves that a person would tell apart."""


def planted(bodies: Bodies, luck: Random, kind: str) -> tuple[Bodies, dict[Slot, Slot], set[Slot]]:
    """Plants edits of one kind, or of all, in a quarter of the paragraphs.

    Returns:
        The bodies after that, where each paragraph stands in them by right, and which of the old
        slots an edit touched.
    """
    bundle = {
        id: [Sheet(str(p.text[0]), (id, at)) for at, p in enumerate(body)]
        for id, body in bodies.items()
    }
    vocabulary = [word for body in bundle.values() for s in body for word in words(s.text)]
    count = max(1, sum(map(len, bundle.values())) // 4)
    for _ in range(count):
        edit = EDITS[kind] if kind in EDITS else luck.choice(list(EDITS.values()))
        edit(bundle, luck, vocabulary)
    new = {
        id: tuple(ParagraphRecord(None, "bullet", (sheet.text,)) for sheet in sheets)
        for id, sheets in bundle.items()
    }
    truth: dict[Slot, Slot] = {}
    touched: set[Slot] = set()
    for id, sheets in bundle.items():
        for at, sheet in enumerate(sheets):
            if sheet.origin:
                truth[sheet.origin] = (id, at)
                touched |= {sheet.origin} if sheet.edited else set()
    return new, truth, touched


def _fresh(bundle: Bundle, luck: Random, least: int = 0) -> tuple[list[Sheet], int] | None:
    """Returns a paragraph that no edit has touched, as its body and index."""
    found = [
        (body, at)
        for body in bundle.values()
        for at, sheet in enumerate(body)
        if not sheet.edited and len(sheet.text) >= least
    ]
    return luck.choice(found) if found else None


def _replace(bundle: Bundle, luck: Random, vocabulary: list[str]) -> None:
    """Replaces 5 to 60 % of a text, in one to three places, by other words of the plan."""
    place = _fresh(bundle, luck)
    if place:
        sheet = place[0][place[1]]
        sheet.text, sheet.edited = reworded(sheet.text, luck.uniform(0.05, 0.6), luck, vocabulary)


def reworded(text: str, share: float, luck: Random, vocabulary: list[str]) -> tuple[str, bool]:
    """Returns a text of which about this share was replaced, and that it was edited."""
    stretches = luck.randint(1, 3)
    for _ in range(stretches):
        length = max(1, round(len(text) * share / stretches))
        start = luck.randrange(max(1, len(text) - length))
        other = ""
        while len(other) < length:
            other += luck.choice(vocabulary)
        text = text[:start] + other[:length] + text[start + length :]
    return text, True


def _split(bundle: Bundle, luck: Random, vocabulary: list[str]) -> None:
    """Parts one paragraph into two: the longer part is the old one, the other is new."""
    place = _fresh(bundle, luck, LEAST_TO_SPLIT)
    if place:
        body, at = place
        sheet = body[at]
        middle = round(len(sheet.text) * luck.choice((0.3, 0.4, 0.6, 0.7)))
        parts = sheet.text[:middle], sheet.text[middle:]
        longer = 0 if len(parts[0]) > len(parts[1]) else 1
        body[at : at + 1] = [
            Sheet(part, sheet.origin if i == longer else None, edited=True)
            for i, part in enumerate(parts)
        ]


def _join(bundle: Bundle, luck: Random, vocabulary: list[str]) -> None:
    """Makes one paragraph of two neighbours: it is the longer one, the other is gone."""
    place = _fresh(bundle, luck)
    if place and place[1] + 1 < len(place[0]):
        body, at = place
        one, other = body[at : at + 2]
        if other.edited or abs(len(one.text) - len(other.text)) < 8:
            return  # which of two equals goes on is nobody's to say
        longer = one if len(one.text) > len(other.text) else other
        body[at : at + 2] = [Sheet(one.text + other.text, longer.origin, edited=True)]


def _swap(bundle: Bundle, luck: Random, vocabulary: list[str]) -> None:
    """Lets two paragraphs of one body change places, one of them somewhat reworded."""
    place = _fresh(bundle, luck)
    if place and len(place[0]) > 1:
        body, at = place
        to = luck.choice([i for i in range(len(body)) if i != at])
        body[at].text, body[at].edited = reworded(
            body[at].text, luck.uniform(0.05, 0.3), luck, vocabulary
        )
        body[at], body[to] = body[to], body[at]


def _move(bundle: Bundle, luck: Random, vocabulary: list[str]) -> None:
    """Moves a paragraph to another body, perhaps somewhat reworded."""
    place = _fresh(bundle, luck)
    if place:
        body, at = place
        sheet = body.pop(at)
        sheet.text, sheet.edited = reworded(
            sheet.text, luck.choice((0.02, 0.1, 0.15)), luck, vocabulary
        )
        other = luck.choice([b for b in bundle.values() if b is not body])
        other.insert(luck.randint(0, len(other)), sheet)


Edit = Callable[[Bundle, Random, list[str]], None]

EDITS: Final[dict[str, Edit]] = {
    "replace": _replace,
    "split": _split,
    "join": _join,
    "swap": _swap,
    "move": _move,
}
