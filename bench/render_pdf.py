"""Renders one job as the worker of a build does, and writes down the CPU time of each step.

``python -m bench.render_pdf JOB OUT`` reads the message that a build would send, and writes ``OUT``
and, beside it, ``OUT.steps``. It imports what the worker imports. ``pdf.py`` measures it.
"""

import gc
import json
import logging
import sys
import time
from pathlib import Path

from kihonkeikaku.rendering.pdf.job import decode_job
from kihonkeikaku.rendering.pdf.worker import load_typesetting


class _StepTimer(logging.Handler):
    """Adds up the CPU time between WeasyPrint's messages of progress."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}
        self._step, self._since = "start", 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Begins the step of a message such as 「Step 5 - Creating layout - Page 1」."""
        self.begin(record.getMessage()[: len("Step 1")])

    def begin(self, step: str) -> None:
        """Ends the step before, and begins one."""
        now = time.process_time()
        self.seconds[self._step] = self.seconds.get(self._step, 0) + now - self._since
        self._step, self._since = step, now


def main(job_file: Path, out: Path) -> None:
    """Renders the job, step by step."""
    gc.disable()
    timer = _StepTimer()
    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(timer)
    job, options = decode_job(job_file.read_bytes())
    typeset = load_typesetting()
    timer.begin("Step 1")
    [pdf] = typeset(job.markup, job.parts, options, job.figures)
    timer.begin("check")
    from kihonkeikaku.rendering.pdf.fidelity import require_faithful_body  # noqa: PLC0415 # loads PDFium, as late as the worker

    assert job.body, "a plan has a body"
    require_faithful_body(pdf, job.body)
    out.write_bytes(pdf)
    timer.begin("")
    out.with_name(out.name + ".steps").write_text(json.dumps(timer.seconds), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
