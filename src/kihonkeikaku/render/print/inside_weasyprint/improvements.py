"""All that this package changes in WeasyPrint, for as long as pages are being set."""

from collections.abc import Iterator
from contextlib import contextmanager

from kihonkeikaku.render.print.inside_weasyprint.justification import flush_lines
from kihonkeikaku.render.print.inside_weasyprint.margins import margins_as_artefacts
from kihonkeikaku.render.print.inside_weasyprint.page_numbers import page_numbers_left_open
from kihonkeikaku.render.print.inside_weasyprint.page_references import page_references_kept
from kihonkeikaku.render.print.inside_weasyprint.version import refuse_other_weasyprint


@contextmanager
def weasyprint_improved() -> Iterator[None]:
    """While this lasts, WeasyPrint sets pages as this package wants them.

    The rest of this room is for what is set meanwhile.

    Raises:
        MachineTrouble: another version of WeasyPrint is installed.
    """
    refuse_other_weasyprint()
    with flush_lines(), margins_as_artefacts(), page_numbers_left_open(), page_references_kept():
        yield
