"""Numbers that can be seen but not read: outlines of a font's digits, as forms of a PDF.

Whatever is written as text comes out when text is extracted, artefact or not.
"""

from typing import Any, Final

import pydyf
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from kihonkeikaku.rendering.assets import TEMPLATES

_FONT: Final = TEMPLATES / "fonts" / "BIZUDGothic-Regular.ttf"

_Point = tuple[float, float]


def numeral_forms(most: int, size: float) -> list[pydyf.Stream]:
    """Returns forms that draw the numbers from 1 to ``most``, in digits of ``size`` points.

    The origin is the right end of a number's baseline; one unit of a form's space is a point.
    """
    # Lazily: of some 14,000 glyphs, ten are wanted.
    with TTFont(_FONT, lazy=True) as font:
        scale = size / font["head"].unitsPerEm
        height = font["hhea"].ascent * scale
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        digits = {digit: glyphs[names[ord(digit)]] for digit in "0123456789"}
        return [
            _form([digits[digit] for digit in str(number)], scale, height)
            for number in range(1, most + 1)
        ]


def _form(glyphs: list[Any], scale: float, height: float) -> pydyf.Stream:
    form = pydyf.Stream(compress=True)
    width = sum(glyph.width for glyph in glyphs) * scale
    left = -width
    for glyph in glyphs:
        glyph.draw(TransformPen(_FormPen(form), (scale, 0, 0, scale, left, 0)))
        left += glyph.width * scale
    form.fill()
    # Digits stand on the baseline but for what their round parts overshoot.
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
