"""Page numbers of contents and index, filled in when the pages stand.

WeasyPrint lays a page out with 「0」 for each page number that it doesn't know, and twice more when
it does. Where an entry keeps its shape whatever its number, once is enough: ``target-counter``
stays in the style sheet, and the 「0」 gives way to the number, at the right end of its block.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text.line_break import Layout, line_size

from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import replaced

_NUMBER: Final = "a::after"
"""What shows the page number of a link's target; nothing else may stand behind a link."""


def page_numbers_left_open() -> AbstractContextManager[None]:
    """While this lasts, WeasyPrint doesn't lay pages out again for the page numbers of targets."""
    collect = TargetCollector.collect_missing_counters
    return replaced(
        (TargetCollector, "collect_missing_counters", lambda *a: _collect(collect, *a)),
    )


def _collect(collect: Callable[..., None], *arguments: Any) -> None:
    """Takes the place of ``collect_missing_counters``: what targets lack is not waited for."""
    *_, missing_of_targets = arguments
    if not missing_of_targets:
        collect(*arguments)


def fill_in_page_numbers(pages: Any, labels: Sequence[str]) -> None:
    """Writes into each link that shows a page number the label of its target's page.

    Args:
        pages: a document rendered with ``page_numbers_left_open``.
        labels: how its pages are labelled.
    """
    targets: dict[str, str] = {}
    for page, label in zip(pages.pages, labels, strict=True):
        targets |= dict.fromkeys(page.anchors.keys() - targets, label)
    for page in pages.pages:
        for box, right in _numbers(page._page_box):
            _write(box, right, targets[box.element.get("href").removeprefix("#")])


def _numbers(box: Any, right: float = 0) -> Iterator[tuple[Any, float]]:
    """Yields what shows page numbers, and the right edge of the block that it stands in."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.BlockContainerBox):
        right = box.content_box_x() + box.width
    for child in getattr(box, "children", ()):
        if child.element_tag == _NUMBER and isinstance(child, boxes.TextBox):
            yield child, right
        else:
            yield from _numbers(child, right)
            if child.element_tag == _NUMBER:
                child.element_tag = "span"  # else it would be tagged as a link inside of a link


def _write(box: Any, right: float, text: str) -> None:
    """Gives a text box another text, and puts it at a right edge."""
    layout = Layout(box.style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, box.style)
    layout.deactivate()
    box.text, box.pango_layout = text, layout
    box.position_x = right - width
    box.width = width
