"""Line numbers in the margin of a draft: seen, and nowhere else.

Comment forms ask for 「該当箇所（項目、ページ番号、行数）」; so every line of the body is counted,
headings too, from 1 on each page.
"""

from collections.abc import Iterable
from typing import Any, Final

import pydyf

from kihonkeikaku.rendering.pdf.digit_outlines import numeral_forms
from kihonkeikaku.rendering.pdf.weasyprint_patches.layout_tree import LinePositions, find_lines

_SIZE: Final = 7.5
"""The size of the numbers, in points."""

_GAP: Final = 17.0
"""From a number's right end to the text area, in points: a mark that hangs out stays clear."""


def add_line_numbers(pages: Any, pdf: pydyf.PDF) -> None:
    """Draws line numbers onto the pages of a PDF that is about to be written.

    Args:
        pages: the rendered document.
        pdf: what WeasyPrint made of it.
    """
    places = [find_lines(page) for page in pages.pages]
    most = max(len(place.baselines) for place in places)
    kids = [_object(pdf, reference) for reference in pdf.page_references]
    # All pages share one dictionary of resources.
    forms = _object(pdf, kids[0]["Resources"])["XObject"]
    forms.update(_added_forms(pdf, most))
    for kid, place in zip(kids, places, strict=True):
        _object(pdf, kid["Contents"]).stream.extend(_drawn(place))


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _added_forms(pdf: pydyf.PDF, most: int) -> dict[str, bytes]:
    forms = numeral_forms(most, _SIZE)
    for form in forms:
        pdf.add_object(form)
    return {_name(number): form.reference for number, form in enumerate(forms, start=1)}


def _name(number: int) -> str:
    return f"line{number}"


def _drawn(place: LinePositions) -> Iterable[str]:
    """Yields what draws a page's numbers, where y runs down from the page's upper edge."""
    if not place.baselines:
        return
    yield "/Artifact BMC"
    right = place.left - _GAP
    for number, baseline in enumerate(place.baselines, start=1):
        yield f"q 1 0 0 -1 {right:.3f} {baseline:.3f} cm /{_name(number)} Do Q"
    yield "EMC"
