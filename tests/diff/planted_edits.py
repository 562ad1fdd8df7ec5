"""The plan's paragraphs with planted edits, and the true pairs of paragraphs."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.plan_records import Bodies, ParagraphRecord
from kihonkeikaku.text.segmentation import words


@dataclass
class EditedParagraph:
    """A paragraph to edit; ``origin`` is its old slot, None for a new one."""

    text: str
    origin: Slot | None
    edited: bool = False


Bundle = dict[str, list[EditedParagraph]]

LEAST_TO_SPLIT: Final = 24
"""Shorter paragraphs are not split."""


def planted(
    bodies: Bodies, random: Random, kind: str
) -> tuple[Bodies, dict[Slot, Slot], set[Slot]]:
    """Plants edits of one kind, or of all, in a quarter of the paragraphs.

    Returns:
        The bodies after that, where each paragraph stands in them by right, and which of the old
        slots an edit touched.
    """
    bundle = {
        id: [EditedParagraph(str(p.text[0]), (id, at)) for at, p in enumerate(body)]
        for id, body in bodies.items()
    }
    vocabulary = [word for body in bundle.values() for s in body for word in words(s.text)]
    count = max(1, sum(map(len, bundle.values())) // 4)
    for _ in range(count):
        edit = EDITS[kind] if kind in EDITS else random.choice(list(EDITS.values()))
        edit(bundle, random, vocabulary)
    new = {
        id: tuple(ParagraphRecord(None, "bullet", (paragraph.text,)) for paragraph in paragraphs)
        for id, paragraphs in bundle.items()
    }
    truth: dict[Slot, Slot] = {}
    touched: set[Slot] = set()
    for id, paragraphs in bundle.items():
        for at, paragraph in enumerate(paragraphs):
            if paragraph.origin:
                truth[paragraph.origin] = (id, at)
                touched |= {paragraph.origin} if paragraph.edited else set()
    return new, truth, touched


def _fresh(
    bundle: Bundle, random: Random, least: int = 0
) -> tuple[list[EditedParagraph], int] | None:
    """Returns a paragraph that no edit has touched, as its body and index."""
    found = [
        (body, at)
        for body in bundle.values()
        for at, paragraph in enumerate(body)
        if not paragraph.edited and len(paragraph.text) >= least
    ]
    return random.choice(found) if found else None


def _replace(bundle: Bundle, random: Random, vocabulary: list[str]) -> None:
    """Replaces 5 to 60 % of a text, in one to three places, by other words of the plan."""
    place = _fresh(bundle, random)
    if place:
        paragraph = place[0][place[1]]
        paragraph.text, paragraph.edited = reworded(
            paragraph.text, random.uniform(0.05, 0.6), random, vocabulary
        )


def reworded(text: str, share: float, random: Random, vocabulary: list[str]) -> tuple[str, bool]:
    """Returns a text with about this share replaced, and that it was edited."""
    stretches = random.randint(1, 3)
    for _ in range(stretches):
        length = max(1, round(len(text) * share / stretches))
        start = random.randrange(max(1, len(text) - length))
        other = ""
        while len(other) < length:
            other += random.choice(vocabulary)
        text = text[:start] + other[:length] + text[start + length :]
    return text, True


def _split(bundle: Bundle, random: Random, vocabulary: list[str]) -> None:
    """Splits a paragraph: the longer part is the old one, the other is new."""
    place = _fresh(bundle, random, LEAST_TO_SPLIT)
    if place:
        body, at = place
        paragraph = body[at]
        middle = round(len(paragraph.text) * random.choice((0.3, 0.4, 0.6, 0.7)))
        parts = paragraph.text[:middle], paragraph.text[middle:]
        longer = 0 if len(parts[0]) > len(parts[1]) else 1
        body[at : at + 1] = [
            EditedParagraph(part, paragraph.origin if i == longer else None, edited=True)
            for i, part in enumerate(parts)
        ]


def _join(bundle: Bundle, random: Random, vocabulary: list[str]) -> None:
    """Joins two neighbours: the result is the longer one, the other is removed."""
    place = _fresh(bundle, random)
    if place and place[1] + 1 < len(place[0]):
        body, at = place
        one, other = body[at : at + 2]
        if other.edited or abs(len(one.text) - len(other.text)) < 8:
            return  # which of two equals goes on is nobody's to say
        longer = one if len(one.text) > len(other.text) else other
        body[at : at + 2] = [EditedParagraph(one.text + other.text, longer.origin, edited=True)]


def _swap(bundle: Bundle, random: Random, vocabulary: list[str]) -> None:
    """Swaps two paragraphs of one body, one of them somewhat reworded."""
    place = _fresh(bundle, random)
    if place and len(place[0]) > 1:
        body, at = place
        to = random.choice([i for i in range(len(body)) if i != at])
        body[at].text, body[at].edited = reworded(
            body[at].text, random.uniform(0.05, 0.3), random, vocabulary
        )
        body[at], body[to] = body[to], body[at]


def _move(bundle: Bundle, random: Random, vocabulary: list[str]) -> None:
    """Moves a paragraph to another body, perhaps somewhat reworded."""
    place = _fresh(bundle, random)
    if place:
        body, at = place
        paragraph = body.pop(at)
        paragraph.text, paragraph.edited = reworded(
            paragraph.text, random.choice((0.02, 0.1, 0.15)), random, vocabulary
        )
        other = random.choice([b for b in bundle.values() if b is not body])
        other.insert(random.randint(0, len(other)), paragraph)


Edit = Callable[[Bundle, Random, list[str]], None]

EDITS: Final[dict[str, Edit]] = {
    "replace": _replace,
    "split": _split,
    "join": _join,
    "swap": _swap,
    "move": _move,
}
