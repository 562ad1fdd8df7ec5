"""PDF → lines with their places, by PDFium: each character's origin, size and face.

PDFium's own order of reading and its guessed spaces are not used: a line is what stands on one
baseline, and a space is a gap that is wide enough.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

import pypdfium2
from pypdfium2 import raw

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine, typical

MOST_PAGES: Final = 2_000
"""Longest document that is read, in pages; the longest plan at hand has 118."""

MOST_CHARACTERS: Final = 5_000_000
"""Most characters that are read of one document; 118 pages have 163,000."""

_SPACE: Final = 0.35
"""Least gap between two characters that counts as a space, in ems: letters spaced out have less."""

_SMALL: Final = 0.75
"""Characters smaller than this share of the largest on their line are marks of notes, or ruby."""

_FEW: Final = 8
"""How many lines a page, and characters a line must have to tell whether it has columns."""

_GENERATED: Final = 1

_MARK: Final = re.compile(r"\s*[（(]?(?:注|※|\*)?\s*([0-9０-９]{1,3})[）)]?\s*")
"""What small characters within a line say where they are the mark of a note."""


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    height: float
    size: float
    face: str


@dataclass(slots=True)
class _Row:
    """The characters of one baseline, from left to right; ``height`` above the page's foot."""

    page: int
    height: float
    characters: list[_Character]

    @property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        return Counter(c.size for c in self.characters).most_common(1)[0][0]


def read_pdf(label: str, content: bytes) -> Source:
    """Returns the lines of a PDF.

    Raises:
        CommandError: it can't be read: no PDF, a password, no text, two columns.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise CommandError(_why_not(label, str(error))) from error
    with document:
        if len(document) > MOST_PAGES:
            raise CommandError(
                f"{label} は {len(document):,} ページあります。読めるのは {MOST_PAGES:,} ページ"
                "までです。計画の部分だけのファイルにしてください。"
            )
        rows = [row for page in range(len(document)) for row in _page_rows(document, page)]
        pictured = _pictured_pages(document, {row.page for row in rows})
    if not rows:
        raise CommandError(
            f"{label} には文字がありません（紙を画像にした PDF のようです）。文字認識（OCR）を"
            "したファイルか、元の Word のファイルを読み込んでください。"
        )
    double = _double_pages(rows)
    if len(double) > len({row.page for row in rows}) / 3:
        raise CommandError(
            f"{label} は二段組のようです（{double[0]}ページなど）。"
            "読む順が決まらないため、読めません。元の Word のファイルか、一段に組んだものを"
            "読み込んでください。"
        )
    problems = (
        *((page, f"{page}ページは画像だけで、文字がありません") for page in pictured),
        *((page, f"{page}ページは二段組のようです。読む順を確かめてください") for page in double),
    )
    return Source(label, tuple(_lines(rows)), page_problems=problems)


def _why_not(label: str, error: str) -> str:
    if "password" in error.lower():
        return (
            f"{label} にはパスワードが掛かっています。パスワードを外して保存したファイルを"
            "読み込んでください。"
        )
    return f"{label} は壊れているか、PDF ではありません。元のファイルを確かめてください。"


def _pictured_pages(document: pypdfium2.PdfDocument, read: set[int]) -> list[int]:
    """Returns the pages without any text that hold a picture, from 1 on."""
    found = []
    for index in range(len(document)):
        if index + 1 in read:
            continue
        page = document[index]
        if any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)):
            found.append(index + 1)
        page.close()
    return found


def _page_rows(document: pypdfium2.PdfDocument, index: int) -> Iterator[_Row]:
    page = document[index]
    textpage = page.get_textpage()
    characters = list(_characters(textpage))
    textpage.close()
    page.close()
    yield from _rows(index + 1, characters)


def _characters(textpage: pypdfium2.PdfTextPage) -> Iterator[_Character]:
    """Yields the characters of a page with their places; what PDFium made up is left out."""
    face = ctypes.create_string_buffer(128)
    flags, x, y = ctypes.c_int(), ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    count = raw.FPDFText_CountChars(textpage)
    if count > MOST_CHARACTERS:
        raise CommandError("1ページの文字が多すぎます。計画の部分だけのファイルにしてください。")
    for at in range(count):
        code = raw.FPDFText_GetUnicode(textpage, at)
        if raw.FPDFText_IsGenerated(textpage, at) == _GENERATED or code in (0, 10, 13):
            continue
        text = {0x02: "-", 0xFFFE: "-"}.get(code) or chr(code)
        raw.FPDFText_GetCharOrigin(textpage, at, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, at, box)
        raw.FPDFText_GetMatrix(textpage, at, matrix)
        raw.FPDFText_GetFontInfo(textpage, at, face, len(face), flags)
        size = raw.FPDFText_GetFontSize(textpage, at) * abs(matrix.d or matrix.b)
        name = face.value.decode("utf-8", "replace").rpartition("+")[2]
        yield _Character(text, box.left, box.right, y.value, round(size, 1), name)


def _rows(page: int, characters: list[_Character]) -> Iterator[_Row]:
    """Yields the lines of a page from the top down, with marks of notes in their lines."""
    heights: dict[float, list[_Character]] = {}
    for character in characters:
        heights.setdefault(round(character.height, 1), []).append(character)
    rows: list[_Row] = []
    for height in sorted(heights, reverse=True):
        some = heights[height]
        last = rows[-1] if rows else None
        if last and _share_line(last, height, some):
            last.characters += some
            if max(c.size for c in some) >= last.size:
                last.height = height
        else:
            rows.append(_Row(page, height, list(some)))
    for row in rows:
        row.characters.sort(key=lambda c: (c.left, c.right))
        if any(not c.text.isspace() for c in row.characters):
            yield row


def _share_line(row: _Row, height: float, characters: list[_Character]) -> bool:
    """Whether characters a little below a line belong to it: what is smaller may be raised."""
    large = max(row.size, *(c.size for c in characters))
    small = min(row.size, *(c.size for c in characters))
    reach = 0.6 if small < _SMALL * large else 0.25
    return row.height - height < reach * large


def _double_pages(rows: list[_Row]) -> list[int]:
    """Returns the pages in two columns: hardly a line crosses their middle."""
    left = min(_ink(row)[0].left for row in rows)
    right = max(_ink(row)[-1].right for row in rows)
    middle = (left + right) / 2
    found = []
    for page, group in groupby(rows, key=lambda row: row.page):
        lines = [_ink(row) for row in group if len(row.characters) > _FEW]
        crossing = sum(any(c.left < middle < c.right + c.size / 2 for c in line) for line in lines)
        behind = sum(c.left > middle for line in lines for c in line)
        total = sum(map(len, lines))
        if len(lines) > _FEW and crossing < len(lines) / 8 and 0.3 < behind / total < 0.7:
            found.append(page)
    return found


def _lines(rows: list[_Row]) -> Iterator[SourceLine]:
    em, face = _body_face(rows)
    left = min(_ink(row)[0].left for row in rows)
    pitch = typical(
        (a.height - b.height for a, b in pairwise(rows) if a.page == b.page),
        em * 1.75,
    )
    above: _Row | None = None
    for number, row in enumerate(rows, start=1):
        ink = _ink(row)
        large = max(c.size for c in ink)
        text, marks = _text_and_marks(ink, large)
        gap = (above.height - row.height) / pitch if above and above.page == row.page else 0.0
        heavy = Counter(c.face for c in ink if c.size == large).most_common(1)[0][0] != face
        yield SourceLine(
            number, row.page, text,
            left=(ink[0].left - left) / em, right=(ink[-1].right - left) / em,
            gap=gap, size=row.size / em, heavy=heavy, marks=marks,
        )  # fmt: skip
        above = row


def _ink(row: _Row) -> list[_Character]:
    """The characters of a line without the spaces at its ends."""
    start, end = 0, len(row.characters)
    while row.characters[start].text.isspace():
        start += 1
    while row.characters[end - 1].text.isspace():
        end -= 1
    return row.characters[start:end]


def _body_face(rows: list[_Row]) -> tuple[float, str]:
    """The size and the face of most characters."""
    counts: Counter[tuple[float, str]] = Counter()
    for row in rows:
        counts.update((c.size, c.face) for c in row.characters)
    (size, face), _ = counts.most_common(1)[0]
    return size, face


def _text_and_marks(ink: list[_Character], large: float) -> tuple[str, tuple[NoteMark, ...]]:
    """Returns a line's text, its spaces made of gaps, and the marks of notes in it."""
    text, marks = "", list[NoteMark]()
    edge = ink[0].left
    for is_small, group in groupby(ink, key=lambda c: c.size < _SMALL * large):
        run = list(group)
        mark = _MARK.fullmatch("".join(c.text for c in run)) if is_small else None
        if mark:
            marks.append(NoteMark(len(text), mark[1]))
            edge = max(edge, run[-1].right)
            continue
        for character in run:
            gap = (character.left - edge) / large
            text += " " * max(1, round(gap * 2)) if gap > _SPACE else ""
            edge = max(edge, character.right)
            text += "" if character.text == " " and text.endswith(" ") else character.text
    return text.rstrip(), tuple(marks)
