"""Line numbers in the margin of a draft: visible, but in no text that is extracted.

Forms for comments ask for 「該当箇所（項目、ページ番号、行数）」; so every line of the body is
counted, headings too, from 1 on each page. Text is extracted from a PDF even where it is an
artifact. So the digits are drawn as outlines, not written as text.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pydyf
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.weasyprint_patches.layout_tree import (
    LinePositions,
    find_line_ids,
    find_lines,
)

_FONT: Final = TEMPLATES / "fonts" / "BIZUDGothic-Regular.ttf"

_SIZE: Final = 7.5
"""The size of the numbers, in points."""

_GAP: Final = 17.0
"""From a number's right end to the text area, in points: marks that hang out stay clear of it."""

_Point = tuple[float, float]


def add_line_numbers(pages: Any, pdf: pydyf.PDF) -> None:
    """Draws line numbers onto the pages of a PDF that is about to be written.

    Args:
        pages: the rendered document.
        pdf: the PDF that WeasyPrint made of it.
    """
    lines_by_page = [find_lines(page) for page in pages.pages]
    highest = max(len(lines.baselines) for lines in lines_by_page)
    kids = [_object(pdf, reference) for reference in pdf.page_references]
    # All pages share one dictionary of resources.
    resources = _object(pdf, kids[0]["Resources"])["XObject"]
    for number, form in enumerate(_number_forms(highest, _SIZE), start=1):
        pdf.add_object(form)
        resources[_name(number)] = form.reference
    for kid, lines in zip(kids, lines_by_page, strict=True):
        _object(pdf, kid["Contents"]).stream.extend(_operators(lines))


def line_table(pages: Any, labels: Sequence[str]) -> bytes:
    """Returns a CSV by which 「3頁12行」 in a comment finds what stands there.

    Its columns are the page as it is printed, the line on it, and the id of the measure, heading or
    paragraph that the line is of; of a reprint, that of the measure.

    Args:
        pages: the rendered document.
        labels: the number of each page, as it is printed.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("page", "line", "id"))
    last = ""
    for label, page in zip(labels, pages.pages, strict=True):
        anchors = list(find_line_ids(page, last))
        for number, anchor in enumerate(anchors, start=1):
            writer.writerow((label, number, _identifier(anchor)))
        last = anchors[-1] if anchors else last
    return table.getvalue().encode()


def _identifier(anchor: str) -> str:
    """Returns the id in an anchor: of a reprint that of the measure, of a footnote 「note--1」."""
    return anchor if anchor.startswith("note--") else anchor.rpartition("--")[2]


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _name(number: int) -> str:
    return f"line{number}"


def _operators(lines: LinePositions) -> Iterable[str]:
    """Yields the operators that draw a page's numbers; y runs down from the page's upper edge."""
    if not lines.baselines:
        return
    yield "/Artifact BMC"
    right = lines.left - _GAP
    for number, baseline in enumerate(lines.baselines, start=1):
        yield f"q 1 0 0 -1 {right:.3f} {baseline:.3f} cm /{_name(number)} Do Q"
    yield "EMC"


def _number_forms(highest: int, size: float) -> list[pydyf.Stream]:
    """Returns PDF forms that draw the numbers from 1 to ``highest``, in digits of ``size`` points.

    The origin is the right end of a number's baseline; one unit of a form's space is a point.
    """
    with TTFont(_FONT, lazy=True) as font:
        scale = size / font["head"].unitsPerEm
        height = font["hhea"].ascent * scale
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        digits = {digit: glyphs[names[ord(digit)]] for digit in "0123456789"}
        return [
            _form([digits[digit] for digit in str(number)], scale, height)
            for number in range(1, highest + 1)
        ]


def _form(glyphs: list[Any], scale: float, height: float) -> pydyf.Stream:
    form = pydyf.Stream(compress=True)
    width = sum(glyph.width for glyph in glyphs) * scale
    left = -width
    for glyph in glyphs:
        glyph.draw(TransformPen(_FormPen(form), (scale, 0, 0, scale, left, 0)))
        left += glyph.width * scale
    form.fill()
    # Digits stand on the baseline but for the overshoot of their round parts.
    box = pydyf.Array([-width, -height / 4, 0, height])
    form.extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box}
    return form


class _FormPen(BasePen):  # type: ignore[misc] # no type information is published
    """Writes outlines as a PDF's path operators."""

    def __init__(self, form: pydyf.Stream) -> None:
        super().__init__(None)
        self._form = form

    def _moveTo(self, point: _Point) -> None:  # noqa: N802 # the base class's name
        self._form.move_to(*point)

    def _lineTo(self, point: _Point) -> None:  # noqa: N802 # the base class's name
        self._form.line_to(*point)

    def _curveToOne(self, first: _Point, second: _Point, point: _Point) -> None:  # noqa: N802 # the base class's name
        self._form.curve_to(*first, *second, *point)

    def _closePath(self) -> None:  # noqa: N802 # the base class's name
        self._form.close()
