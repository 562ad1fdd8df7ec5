"""A PDF worker that is there already when a PDF is asked for."""

from collections.abc import Sequence
from threading import Lock

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions
from kihonkeikaku.rendering.pdf.worker_client import PdfWorker


class WarmPdfWorker:
    """Renders each job in a process of its own, which is started ahead of the job.

    The limits of time and memory are those of a process: one that served for hours would meet them.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._worker: PdfWorker | None = None
        self._closed = False

    def render(self, job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
        """Returns a job as PDFs, one job at a time; see ``PdfWorker.render``.

        Raises:
            CommandError: see ``PdfWorker.render``.
            MachineError: besides, the worker can't be started, or was closed.
        """
        with self._lock:
            if self._worker is None:
                self._start()
            worker = self._worker
            assert worker, "it was started"
            try:
                return worker.render(job, options)
            finally:
                if not self._closed:
                    worker.__exit__(None, None, None)
                    self._start()

    def close(self) -> None:
        """Ends the process, even if it is busy."""
        self._closed = True
        if self._worker:
            self._worker.__exit__(None, None, None)

    def _start(self) -> None:
        self._worker = None
        if self._closed:
            raise MachineError("プレビューは終わりました。")
        self._worker = PdfWorker().__enter__()
