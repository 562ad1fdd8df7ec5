"""Characters of a PDF's page → its rows: what stands on one baseline, in order of reading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Final

SMALL: Final = 0.75
"""Characters smaller than this share of the largest on their line are marks of notes."""

_READING: Final = 0.6
"""A row of characters no larger than this share of the body's is the reading of one below it."""

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺー]+")

_COLUMN_GAP: Final = 2.0
"""Least gap between two items that stand beside each other, in ems."""

_ITEM: Final = re.compile(r"第?[0-9０-９]{1,2}[条.．)）]|[（(][0-9０-９]{1,2}[)）]|[①-⑳]|・")
"""What items begin with that stand beside others."""

_FEW: Final = 8
"""How many lines a page, and characters a line must have to tell whether it has columns."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character, the edges of its box, the height of its baseline, in points."""

    text: str
    left: float
    right: float
    height: float
    size: float
    face: str


@dataclass(slots=True)
class Row:
    """The characters of one baseline, from left to right; ``height`` above the page's foot.

    ``shift`` is added to where it ends: a row of a narrow column is full where the column is.
    ``readings`` are those of its characters: (first character, reading). ``is_reading`` is whether
    it is one itself, ``is_beside`` whether another row stood to its left.
    """

    page: int
    height: float
    characters: list[Character]
    shift: float = 0.0
    readings: list[tuple[Character, Character, str]] = field(default_factory=list)
    is_reading: bool = False
    is_beside: bool = False

    @property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        return Counter(c.size for c in self.characters).most_common(1)[0][0]

    @property
    def ink(self) -> list[Character]:
        """Its characters without the spaces at its ends."""
        start, end = 0, len(self.characters)
        while self.characters[start].text.isspace():
            start += 1
        while self.characters[end - 1].text.isspace():
            end -= 1
        return self.characters[start:end]


def page_rows(page: int, characters: Sequence[Character]) -> list[Row]:
    """Returns the rows of a page from the top down, with marks of notes in their rows."""
    heights: dict[float, list[Character]] = {}
    for character in characters:
        heights.setdefault(round(character.height, 1), []).append(character)
    rows: list[Row] = []
    for height in sorted(heights, reverse=True):
        some = heights[height]
        last = rows[-1] if rows else None
        if last and _share_line(last, height, some):
            last.characters += some
            if max(c.size for c in some) >= last.size:
                last.height = height
        else:
            rows.append(Row(page, height, list(some)))
    for row in rows:
        row.characters = _in_order(row)
    return [row for row in rows if any(not c.text.isspace() for c in row.characters)]


def _share_line(row: Row, height: float, characters: list[Character]) -> bool:
    """Whether characters a little below those of a row stand on one line with them.

    Small ones that are above belong to it, as the marks of notes do; small ones below are the
    readings of the next line.
    """
    size = max(c.size for c in characters)
    reach = 0.6 if row.size < SMALL * size else 0.25
    return row.height - height < reach * max(row.size, size)


def _in_order(row: Row) -> list[Character]:
    """Returns the characters of a line from left to right; the mark of a note stays in one piece.

    Small characters that follow each other stand where the first of them does: a bracket behind a
    mark may begin before the mark ends.
    """
    ordered = sorted(row.characters, key=lambda c: (c.left, c.right))
    heads: dict[int, float] = {}
    before: Character | None = None
    for character in ordered:
        if character.size < SMALL * row.size:
            follows = before and character.left - before.right < character.size / 2
            heads[id(character)] = heads[id(before)] if follows else character.left
            before = character
    return sorted(ordered, key=lambda c: (heads.get(id(c), c.left), c.left))


def attach_readings(rows: Sequence[Row], em: float) -> None:
    """Gives the rows of small kana above others to those as readings of their characters."""
    for row, below in pairwise(rows):
        text = "".join(c.text for c in row.ink)
        near = row.page == below.page and row.height - below.height < 1.5 * em
        if not near or row.size > _READING * em or not _KANA.fullmatch(text):
            continue
        left, right = row.ink[0].left - em / 4, row.ink[-1].right + em / 4
        under = [c for c in below.ink if left < (c.left + c.right) / 2 < right]
        if under:
            row.is_reading = True
            below.readings.append((under[0], under[-1], text))


def split_columns(rows: Sequence[Row], em: float) -> Iterator[Row]:
    """Yields the rows, where items stand side by side first those on the left."""
    for _, page in groupby(rows, key=lambda row: row.page):
        yield from _split_page(list(page), em)


def _split_page(rows: list[Row], em: float) -> Iterator[Row]:
    edge = max(row.ink[-1].right for row in rows)
    at = 0
    while at < len(rows):
        end, column = _beside_until(rows, at, em)
        if end - at < 3:
            yield rows[at]
            at += 1
            continue
        for is_beside in (False, True):
            parts = [part for row in rows[at:end] if (part := _part(row, column, is_beside))]
            reach = max(part.ink[-1].right for part in parts)
            for part in parts:
                part.shift = edge - reach
                yield part
        at = end


def _beside_until(rows: list[Row], start: int, em: float) -> tuple[int, float]:
    """Returns where the rows with items side by side end, and where the right ones begin."""
    column = _item_beside(rows[start], em)
    if column is None:
        return start, 0.0
    end = start + 1
    while end < len(rows):
        beside = _item_beside(rows[end], em)
        is_same = beside is not None and abs(beside - column) < em
        if not is_same and any(c.left < column < c.right for c in rows[end].ink):
            break
        if not is_same and not _leaves_gap(rows[end], column, em):
            break
        end += 1
    return end, column - em / 4


def _item_beside(row: Row, em: float) -> float | None:
    """Returns where an item begins that stands to the right of another one."""
    ink = row.ink
    for at, (before, behind) in enumerate(pairwise(ink), start=1):
        if behind.left - before.right > _COLUMN_GAP * em / 2:
            texts = ["".join(c.text for c in part) for part in (ink[:at], ink[at:])]
            if all(_ITEM.match(text) for text in texts):
                return behind.left
    return None


def _leaves_gap(row: Row, column: float, em: float) -> bool:
    """Whether a row goes on what stands side by side: it keeps the space before the column free."""
    ink = row.ink
    left = [c for c in ink if c.right <= column]
    right = [c for c in ink if c.left >= column]
    return bool(right) and bool(left) and right[0].left - left[-1].right > em / 2


def _part(row: Row, column: float, is_beside: bool) -> Row | None:
    characters = [c for c in row.characters if (c.left >= column) is is_beside]
    if not any(not c.text.isspace() for c in characters):
        return None
    return replace(row, characters=characters, is_beside=is_beside, readings=list(row.readings))


def double_pages(rows: Sequence[Row]) -> list[int]:
    """Returns the pages in two columns: hardly a line crosses their middle."""
    left = min(row.ink[0].left for row in rows)
    right = max(row.ink[-1].right for row in rows)
    middle = (left + right) / 2
    found = []
    for page, group in groupby(rows, key=lambda row: row.page):
        lines = [row.ink for row in group if len(row.characters) > _FEW]
        crossing = sum(any(c.left < middle < c.right + c.size / 2 for c in line) for line in lines)
        behind = sum(c.left > middle for line in lines for c in line)
        total = sum(map(len, lines))
        if len(lines) > _FEW and crossing < len(lines) / 8 and 0.3 < behind / total < 0.7:
            found.append(page)
    return found
