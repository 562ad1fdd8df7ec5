"""Justified lines of Japanese.

WeasyPrint justifies a line by widening its spaces, of which Japanese has none: without this patch
the right edge of the text is ragged. Here a line's slack goes between its characters instead, in
equal parts (JLREQ 3.8.4). Latin words and numbers keep together, and so does a mark that stands in
a box of its own, such as 「①」: what follows it must begin where the lines below begin. Names that
the style sheet keeps whole (``nowrap``) are broken where the line before them would open too wide.

Pango gives a character half of its letter spacing to the left and half to the right, but none at
the ends of a layout, and a text box is one layout. So two neighbours are moved apart by half the
spacing of each: within a box by Pango, between boxes here.

Upstream: not offered yet. It would be ``text-justify: inter-character`` (CSS Text 3, 6.4).
"""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby, pairwise
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_CLUSTER: Final = re.compile(
    r".[\u0300-\u036F\u3099\u309A\uFE00-\uFE0F\U000E0100-\U000E01EF]*", re.S
)
"""A character with the marks and variation selectors that it carries: no gap opens in there."""

_KEPT_TOGETHER: Final = re.compile(r"[!-\u024F‥…―—]")
"""Latin letters, digits and their signs; leaders and dashes, which stand in pairs."""

_LOOSE: Final = 0.2
"""Spacing, in em, above which a name is broken rather than the line before it spread."""

_WIDEST: Final = 0.25
"""The most spacing, in em, that a line bears (JLREQ 3.8.4); one that needs more stays as it is."""


def justified_cjk_lines() -> AbstractContextManager[None]:
    """Spreads the slack of a justified line over its characters."""
    return replaced(
        (inline, "justify_line", _justify_line),
        (inline, "get_next_linebox", partial(_get_next_linebox, inline.get_next_linebox)),
    )


def _get_next_linebox(original: Any, context: Any, linebox: Any, *position: Any) -> Any:
    """Replaces ``get_next_linebox``: a loose line tries to take part of the next name."""
    line, resume_at = original(context, linebox, *position)
    if resume_at and getattr(line, "spacing", 0) > _LOOSE:
        for name in _names_at(linebox, resume_at):
            _set_white_space(name, "normal")
            fuller_line, later = original(context, linebox, *position)
            if later != resume_at:
                return fuller_line, later
            _set_white_space(name, "nowrap")
    return line, resume_at


def _names_at(linebox: Any, resume_at: dict[int, Any]) -> list[Any]:
    """Returns the boxes kept whole where a line ends: there, or after a text such as 「【」."""
    index = next(iter(resume_at))
    return [
        box
        for box in linebox.children[index : index + 2]
        if isinstance(box, boxes.InlineBox) and box.style["white_space"] == "nowrap"
    ]


def _set_white_space(box: Any, value: str) -> None:
    box.style = box.style.copy()  # a style may be shared between boxes
    box.style["white_space"] = value
    for child in getattr(box, "children", ()):
        _set_white_space(child, value)


@dataclass
class _Gaps:
    """The gaps of a text box: before it, and between its characters."""

    before: float
    inside: float


def _justify_line(_context: object, line: Any, slack: float) -> None:
    """Replaces ``justify_line``: makes ``line`` wider by ``slack`` CSS pixels."""
    gaps = _gaps(line)
    total = sum(gap.before + gap.inside for gap in gaps.values()) * line.style["font_size"]
    line.spacing = slack / total if total else 0
    if line.spacing <= _WIDEST:
        _move(line, gaps, line.spacing * line.style["font_size"], 0)


def _gaps(line: Any) -> dict[Any, _Gaps]:
    """Returns the gaps of the line's text boxes."""
    gaps = {}
    last_share: float | None = None
    for box in _leaves(line):
        if isinstance(box, boxes.TextBox) and box.text:
            shares = [_share(cluster) for cluster in _CLUSTER.findall(box.text)]
            before = 0 if last_share is None else last_share + shares[0]
            gaps[box] = _Gaps(before, sum(map(sum, pairwise(shares))))
            last_share = shares[-1]
        else:
            last_share = None
    return gaps


def _leaves(box: Any) -> Iterator[Any]:
    for child in box.children:
        if child.is_in_normal_flow():
            if isinstance(child, boxes.InlineBox):
                yield from _leaves(child)
            else:
                yield child


@cache
def _share(cluster: str) -> float:
    """Returns what a character adds to the gaps on either side of it."""
    return 0.0 if _KEPT_TOGETHER.match(cluster) else 0.5


def _move(box: Any, gaps: dict[Any, _Gaps], spacing: float, shift: float) -> float:
    """Moves a box right by ``shift`` and opens its gaps; returns the shift of what follows."""
    if box in gaps:
        shift += gaps[box].before * spacing
        growth = gaps[box].inside * spacing
        box.position_x += shift
        box.width += growth
        box.pango_layout = _SpacedLayout(box.text, box.style, spacing)
        return shift + growth
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(shift, 0)
        return shift
    start = shift
    box.position_x += start
    for child in box.children:
        if child.is_in_normal_flow():
            shift = _move(child, gaps, spacing, shift)
    box.width += shift - start
    return shift


class _SpacedLayout(Layout):  # type: ignore[misc] # no type information is published
    """A text with ``spacing`` CSS pixels in each of its gaps, also when laid out again to draw."""

    def __init__(self, text: str, style: Any, spacing: float) -> None:
        super().__init__(style)
        base = 0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        self._units = int((base + spacing) * TO_UNITS)
        self.set_text(text)
        self.deactivate()

    def set_text(self, text: str, justify: bool = False) -> None:
        super().set_text(text, justify)
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for start, end in _spaced_ranges(self.text):
            attribute = pango.pango_attr_letter_spacing_new(self._units)
            attribute.start_index, attribute.end_index = start, end
            pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _spaced_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yields the ranges of ``text`` that are spaced, as start and end in bytes of UTF-8."""
    start = 0
    for spaced, clusters in groupby(_CLUSTER.findall(text), key=lambda c: _share(c) > 0):
        end = start + len("".join(clusters).encode())
        if spaced:
            yield start, end
        start = end
