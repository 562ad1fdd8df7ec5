"""A job rendered as PDFs in this process, which are read back and compared.

Builds and comparisons call this in a process of its own: ``worker_client``.
"""

import io
import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from typing import Final

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions

_DEBIAN_PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

Typeset = Callable[[str, Mapping[str, str | None], Sequence[PdfOptions]], list[bytes]]


def render_pdfs(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
    """Returns a job as PDFs, one for each of the options.

    Args:
        job: the pages.
        options: the PDFs to make of the pages; all of one variant.

    Raises:
        MachineError: a library is missing, the pages can't be laid out, or their text is not what
            the job expects.
    """
    pdfs = load_typesetting()(job.markup, job.parts, options)
    if job.body or job.tables:
        from kihonkeikaku.rendering.pdf.fidelity import (  # noqa: PLC0415 # loads PDFium
            require_faithful_body,
            require_faithful_tables,
        )

        for pdf in pdfs:
            if job.body:
                require_faithful_body(pdf, job.body)
            require_faithful_tables(pdf, job.tables)
    return pdfs


def load_typesetting() -> Typeset:
    """Returns ``typesetting.typeset``, imported late: WeasyPrint takes time and needs Pango.

    Raises:
        MachineError: Pango is missing; the message says what to install.
    """
    os.environ["FC_LANG"] = "en"  # else fontconfig names the packaged fonts in Japanese
    try:
        # Quietly, since WeasyPrint prints a banner if Pango is missing.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            from kihonkeikaku.rendering.pdf.typesetting import typeset  # noqa: PLC0415 # loads Pango
    except OSError as error:
        raise MachineError(
            "PDF を作るためのライブラリがありません。"
            f"apt-get install {_DEBIAN_PACKAGES} で入れてください。"
        ) from error
    return typeset
