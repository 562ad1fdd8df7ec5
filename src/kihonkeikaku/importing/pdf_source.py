"""PDF → lines with their places, by PDFium: each character's origin, size and face.

PDFium's own order of reading and its guessed spaces are not used: a line is what stands on one
baseline, and a space is a gap that is wide enough.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

import pypdfium2
from pypdfium2 import raw

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.pdf_rows import (
    SMALL,
    Character,
    Row,
    attach_readings,
    double_pages,
    page_rows,
    split_columns,
)
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine, typical
from kihonkeikaku.text.characters import is_japanese

MOST_PAGES: Final = 2_000
"""Longest document that is read, in pages; the longest plan at hand has 118."""

MOST_CHARACTERS: Final = 5_000_000
"""Most characters that are read of one document; 118 pages have 163,000."""

_SPACE: Final = 0.35
"""Least gap between two characters that counts as a space, in ems: letters spaced out have less."""

_GENERATED: Final = 1

_MARK: Final = re.compile(r"\s*[（(]?(?:注|※|\*)?\s*([0-9０-９]{1,3})[）)]?\s*")
"""What small characters within a line say where they are the mark of a note."""


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
    double = double_pages(rows)
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
    em, face = _body_face(rows)
    attach_readings(rows, em)
    lines = tuple(_lines(list(split_columns(rows, em)), em, face))
    return Source(label, lines, page_problems=problems)


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


def _page_rows(document: pypdfium2.PdfDocument, index: int) -> list[Row]:
    page = document[index]
    textpage = page.get_textpage()
    characters = list(_characters(textpage))
    textpage.close()
    page.close()
    return page_rows(index + 1, characters)


def _characters(textpage: pypdfium2.PdfTextPage) -> Iterator[Character]:
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
        yield Character(text, box.left, box.right, y.value, round(size, 1), name)


def _lines(rows: list[Row], em: float, face: str) -> Iterator[SourceLine]:
    left = min(row.ink[0].left for row in rows)
    pitch = typical((a.height - b.height for a, b in pairwise(rows) if a.page == b.page), em * 1.75)
    above: Row | None = None
    for number, row in enumerate(rows, start=1):
        ink = row.ink
        large = max(c.size for c in ink)
        text, marks, ruby = _text_and_marks(row, large)
        gap = (above.height - row.height) / pitch if above and above.page == row.page else 0.0
        heavy = _face_of([c for c in ink if c.size == large]) != face
        yield SourceLine(
            number, row.page, text,
            left=(ink[0].left - left) / em, right=(ink[-1].right + row.shift - left) / em,
            gap=max(gap, 0.0), size=row.size / em, heavy=heavy, marks=marks, ruby=ruby,
            is_reading=row.is_reading, is_beside=row.is_beside,
            has_small=_has_small(ink, large),
        )  # fmt: skip
        above = above if row.is_reading else row


def _face_of(characters: list[Character]) -> str:
    """Returns the face of most characters; Latin ones, which may have one of their own, last."""
    japanese = [c for c in characters if is_japanese(c.text)]
    return Counter(c.face for c in japanese or characters).most_common(1)[0][0]


def _has_small(ink: list[Character], large: float) -> bool:
    """Whether small characters stand in a line that are no mark of a note."""
    runs = groupby(ink, key=lambda c: c.size < SMALL * large)
    return any(
        is_small and not _MARK.fullmatch("".join(c.text for c in run)) for is_small, run in runs
    )


def _body_face(rows: list[Row]) -> tuple[float, str]:
    """The size and the face of most characters."""
    counts: Counter[tuple[float, str]] = Counter()
    for row in rows:
        counts.update((c.size, c.face) for c in row.characters)
    (size, face), _ = counts.most_common(1)[0]
    return size, face


def _text_and_marks(
    row: Row, large: float
) -> tuple[str, tuple[NoteMark, ...], tuple[tuple[int, str, str], ...]]:
    """Returns a line's text, its spaces made of gaps, the marks of notes in it, and its ruby."""
    text, marks, ruby = "", list[NoteMark](), list[tuple[int, str, str]]()
    edge = row.ink[0].left
    starts = {id(first): (last, reading) for first, last, reading in row.readings}
    opened: tuple[int, Character, str] | None = None
    for is_small, group in groupby(row.ink, key=lambda c: c.size < SMALL * large):
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
            if id(character) in starts:
                opened = (len(text), *starts[id(character)])
            text += "" if character.text == " " and text.endswith(" ") else character.text
            if opened and character is opened[1]:
                ruby.append((opened[0], text[opened[0] :], opened[2]))
                opened = None
    return text.rstrip(), tuple(marks), tuple(ruby)
