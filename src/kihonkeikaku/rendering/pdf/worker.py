"""The process that renders PDFs, started by ``worker_client``.

Native code that crashes here ends nothing but this process.
"""

import gc
import json
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.pdf.job import decode_job
from kihonkeikaku.rendering.pdf.renderer import load_typesetting, render_pdfs
from kihonkeikaku.system.worker_process import limit_resources, receive_message, send_messages


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


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
