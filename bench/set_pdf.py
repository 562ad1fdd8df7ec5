"""Sets one book as the child of a build does, and notes the CPU time of each step.

``python -m bench.set_pdf JOB OUT`` reads what ``press`` would send, and writes ``OUT`` and, beside
it, ``OUT.steps``. What it imports is what the child imports: ``pdf.py`` measures it.
"""

import gc
import json
import logging
import sys
import time
from pathlib import Path

from kihonkeikaku.rendering.pdf.renderer import load_typesetter
from kihonkeikaku.rendering.pdf.worker import understood


class _Clock(logging.Handler):
    """Hears from WeasyPrint which step begins."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[str, float] = {}
        self._step, self._since = "start", 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Takes 「Step 5 - Creating layout - Page 1」."""
        self.begin(record.getMessage()[: len("Step 1")])

    def begin(self, step: str) -> None:
        """Ends the step before."""
        now = time.process_time()
        self.steps[self._step] = self.steps.get(self._step, 0) + now - self._since
        self._step, self._since = step, now


def main(job: Path, out: Path) -> None:
    """Does what ``child`` does for a book, step by step."""
    gc.disable()
    clock = _Clock()
    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(clock)
    book, impressions = understood(json.loads(job.read_bytes()))
    typeset = load_typesetter()
    clock.begin("Step 1")
    [pdf] = typeset(book.markup, book.parts, impressions)
    clock.begin("check")
    from kihonkeikaku.rendering.pdf.read_text import refuse_unfaithful_pdf  # noqa: PLC0415 # loads PDFium, which only a PDF needs

    assert book.body, "a plan has a body"
    refuse_unfaithful_pdf(pdf, book.body)
    out.write_bytes(pdf)
    clock.begin("")
    out.with_name(out.name + ".steps").write_text(json.dumps(clock.steps), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
