"""The process that renders PDFs, started by ``worker_client``.

Native code that crashes here ends nothing but this process.
"""

import gc
import io
import json
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import BinaryIO, Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions, decode_job
from kihonkeikaku.system.worker_process import limit_resources, receive_message, send_messages

_DEBIAN_PACKAGES: Final = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

Typeset = Callable[
    [str, Mapping[str, str | None], Sequence[PdfOptions], Mapping[str, str]], list[bytes]
]
"""The type of ``typesetting.typeset``."""


def main(seconds: int, memory: int, folder: str) -> None:
    """Renders PDFs until the pipe with the jobs is closed.

    Args:
        seconds: CPU time after which the system ends this process.
        memory: how much address space it may have, in bytes.
        folder: where temporary files go; made here, and removed here or by ``worker_client``.

    Raises:
        OSError: the folder exists already, or can't be made.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process receives it too, and decides
    limit_resources(seconds, memory)
    Path(folder).mkdir(0o700)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's output is no answer
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, jobs, folder), daemon=True).start()
    gc.disable()  # it would run while pages are laid out, of which nothing is garbage yet
    with suppress(CommandError):  # a missing library is reported in the answer to a job
        load_typesetting()  # now, while the parent process still prepares the first job
    while True:
        message = jobs.get()
        gc.collect()  # the pages of the previous job
        send_messages(answers, *_answer(message))


def _listen(pipe: BinaryIO, jobs: queue.SimpleQueue[bytes], folder: str) -> None:
    """Receives jobs; ends this process at once when the sender has ended, even by a signal."""
    try:
        while True:
            jobs.put(receive_message(pipe))
    except EOFError:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _answer(message: bytes) -> Sequence[bytes]:
    """Returns the messages that answer a job: an outcome, and the PDFs."""
    try:
        pdfs = render_pdfs(*decode_job(message))
    except CommandError as error:
        return [_encode({"error": str(error), "exit_code": error.exit_code})]
    except MemoryError:
        return [_encode({"out_of_memory": True})]
    except Exception as error:
        if os.environ.get("KIHONKEIKAKU_TRACEBACK"):
            sys.excepthook(type(error), error, error.__traceback__)
        return [_encode({"exception": f"{type(error).__name__}: {error}"})]
    return [_encode({"pdfs": len(pdfs)}), *pdfs]


def _encode(value: object) -> bytes:
    return json.dumps(value).encode()


def render_pdfs(job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
    """Returns a job as PDFs, one for each of the options, read back and compared.

    With a draft among them, the CSV of its lines follows.

    Args:
        job: the pages.
        options: the PDFs to make of the pages; all of one variant.

    Raises:
        MachineError: a library is missing, the pages can't be laid out, or their text is not what
            the job expects.
    """
    pdfs = load_typesetting()(job.markup, job.parts, options, job.figures)
    if job.body or job.tables:
        from kihonkeikaku.rendering.pdf.fidelity import (  # noqa: PLC0415 # loads PDFium
            require_faithful_body,
            require_faithful_tables,
        )

        for pdf in pdfs[: len(options)]:
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


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
