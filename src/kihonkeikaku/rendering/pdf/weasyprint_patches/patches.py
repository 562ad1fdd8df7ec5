"""All that this package changes in WeasyPrint, for as long as pages are being set."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from kihonkeikaku.rendering.pdf.weasyprint_patches.flow import flow_told_at_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.font_faces import packaged_fonts_in_place
from kihonkeikaku.rendering.pdf.weasyprint_patches.justification import flush_lines
from kihonkeikaku.rendering.pdf.weasyprint_patches.markup import xml_read_as_xml
from kihonkeikaku.rendering.pdf.weasyprint_patches.page_numbers import page_numbers_left_open
from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import refuse_other_weasyprint
from kihonkeikaku.rendering.pdf.weasyprint_patches.plain_boxes import plain_boxes_passed_over
from kihonkeikaku.rendering.pdf.weasyprint_patches.shaping import texts_shaped_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.sizes import sizes_told_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import styles_computed_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.tagging import (
    changed_words_tagged,
    margins_as_artefacts,
)
from kihonkeikaku.rendering.pdf.weasyprint_patches.writing import quick_writing

_IMPROVEMENTS: Final = (
    changed_words_tagged,
    flow_told_at_once,
    flush_lines,
    margins_as_artefacts,
    packaged_fonts_in_place,
    page_numbers_left_open,
    plain_boxes_passed_over,
    quick_writing,
    sizes_told_once,
    styles_computed_once,
    texts_shaped_once,
    xml_read_as_xml,
)


@contextmanager
def weasyprint_improved() -> Iterator[None]:
    """While this lasts, WeasyPrint sets pages as this package wants them.

    The rest of this room is for what is set meanwhile.

    Raises:
        MachineError: another version of WeasyPrint is installed.
    """
    refuse_other_weasyprint()
    with ExitStack() as improvements:
        for improvement in _IMPROVEMENTS:
            improvements.enter_context(improvement())
        yield
