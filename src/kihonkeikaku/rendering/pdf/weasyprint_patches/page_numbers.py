"""Page numbers of contents and index, filled in after a single layout.

WeasyPrint lays a document out with 「0」 for each page number that ``target-counter`` does not know
yet, and then lays everything out again, up to twice. Where an entry keeps its shape whatever its
number is, one layout is enough: ``target-counter`` stays in the style sheet, and the number
replaces the 「0」 at the right end of its block.

Without this patch the pages are the same, but are laid out three times: the PDF of the plan takes
1.18 times as long, at 244 pages 1.6 times. The numbers shown are also the page labels, which
``target-counter`` does not know.

Upstream: not offered yet. WeasyPrint would need a way to declare that a counter's width is fixed.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import Layout, line_size

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_PAGE_NUMBER: Final = "a::after"
"""The pseudo-element that shows a link's page number; nothing else may stand behind a link."""


def deferred_page_numbers() -> AbstractContextManager[None]:
    """Keeps WeasyPrint from laying pages out again for the page numbers of targets."""
    original = TargetCollector.collect_missing_counters

    def collect(*arguments: Any) -> None:
        *_, missing_target_counters = arguments
        if not missing_target_counters:
            original(*arguments)

    return replaced((TargetCollector, "collect_missing_counters", collect))


def fill_in_page_numbers(pages: Any, labels: Sequence[str]) -> None:
    """Writes the label of its target's page into each link that shows a page number.

    Args:
        pages: a document rendered with ``deferred_page_numbers``.
        labels: the label of each page.
    """
    targets: dict[str, str] = {}
    for page, label in zip(pages.pages, labels, strict=True):
        targets |= dict.fromkeys(page.anchors.keys() - targets, label)
    for page in pages.pages:
        for box, right in _find_numbers(page._page_box):
            _set_text(box, right, targets[box.element.get("href").removeprefix("#")])


def _find_numbers(box: Any, right: float = 0) -> Iterator[tuple[Any, float]]:
    """Yields each box that shows a page number, with the right edge of the block around it."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.BlockContainerBox):
        right = box.content_box_x() + box.width
    for child in getattr(box, "children", ()):
        if child.element_tag == _PAGE_NUMBER and isinstance(child, boxes.TextBox):
            yield child, right
        else:
            yield from _find_numbers(child, right)
            if child.element_tag == _PAGE_NUMBER:
                child.element_tag = "span"  # else it would be tagged as a link inside of a link


def _set_text(box: Any, right: float, text: str) -> None:
    """Replaces the text of a text box and aligns it to a right edge."""
    layout = Layout(box.style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, box.style)
    layout.deactivate()
    box.text, box.pango_layout = text, layout
    box.position_x = right - width
    box.width = width
