"""What this package changes inside WeasyPrint, and in pydyf, which writes its PDFs.

Each module is one patch, as it could be offered upstream: its docstring says what it is for, what
breaks without it, and its state upstream. ``layout_tree`` replaces nothing: it reads and changes
laid-out pages.

None of what is replaced or read here is promised from one version to the next. ``patching`` names
the one version that is supported. ``tests/rendering/pdf/weasyprint_patches`` holds a hash of the
source of each function concerned, and fails first when the pinned version changes.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from kihonkeikaku.rendering.pdf.weasyprint_patches.justification import justified_cjk_lines
from kihonkeikaku.rendering.pdf.weasyprint_patches.overflow import broken_overflowing_lines
from kihonkeikaku.rendering.pdf.weasyprint_patches.page_numbers import deferred_page_numbers
from kihonkeikaku.rendering.pdf.weasyprint_patches.patching import require_supported_weasyprint
from kihonkeikaku.rendering.pdf.weasyprint_patches.pdf_writing import cached_page_references
from kihonkeikaku.rendering.pdf.weasyprint_patches.shaping import shared_text_shaping
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import shared_styles
from kihonkeikaku.rendering.pdf.weasyprint_patches.tagging import (
    margins_as_artifacts,
    tagged_changes,
)

_PATCHES: Final = (
    broken_overflowing_lines,
    cached_page_references,
    deferred_page_numbers,
    justified_cjk_lines,
    margins_as_artifacts,
    shared_styles,
    shared_text_shaping,
    tagged_changes,
)


@contextmanager
def patched_weasyprint() -> Iterator[None]:
    """Applies all patches while the context lasts.

    Raises:
        MachineError: another version of WeasyPrint is installed.
    """
    require_supported_weasyprint()
    with ExitStack() as stack:
        for patch in _PATCHES:
            stack.enter_context(patch())
        yield
