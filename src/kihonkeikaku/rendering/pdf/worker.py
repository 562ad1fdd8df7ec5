"""The process in which pages are set, run by ``press``: books come in, PDFs go out.

A book is JSON; the answer is JSON too, and the PDFs after it. Native code that crashes here takes
nothing with it but this process.
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
from typing import Any, BinaryIO, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.rendering.pdf.job import Body, Book, Column, PrintedTable
from kihonkeikaku.rendering.pdf.options import Impression
from kihonkeikaku.rendering.pdf.renderer import load_typesetter, set_book
from kihonkeikaku.system.worker_process import limit_resources, receive_message, send_messages

OUT_OF_MEMORY: Final = {"memory": True}


def main(seconds: int, memory: int, folder: str) -> None:
    """Sets books until nobody sends any more.

    Args:
        seconds: CPU time after which the system ends this process.
        memory: how much address space it may have, in bytes.
        folder: where temporary files go; made here, and here or by ``press`` removed.

    Raises:
        OSError: the folder is there already, or can't be made.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this hears it too, and decides
    limit_resources(seconds, memory)
    Path(folder).mkdir(0o700)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    books: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, books, folder), daemon=True).start()
    gc.disable()
    with suppress(CommandError):  # a library that is missing is told in answer to a book
        load_typesetter()  # now, while the first book is still being written
    gc.freeze()  # what was loaded is no garbage
    while True:
        book = books.get()
        gc.collect()  # the pages of the book before, which hold each other; the last ones just end
        send_messages(answers, *_answer(book))


def _listen(pipe: BinaryIO, books: queue.SimpleQueue[bytes], folder: str) -> None:
    """Takes books in; when the sender goes away, even by force, this process ends at once."""
    try:
        while True:
            books.put(receive_message(pipe))
    except EOFError:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def _answer(message: bytes) -> Sequence[bytes]:
    """Returns what to send for a book: how it went, and the PDFs."""
    try:
        pdfs = set_book(*understood(json.loads(message)))
    except CommandError as trouble:
        return [_json({"trouble": str(trouble), "exit_code": trouble.exit_code})]
    except MemoryError:
        return [_json(OUT_OF_MEMORY)]
    except Exception as fault:
        if os.environ.get("KIHONKEIKAKU_TRACEBACK"):
            sys.excepthook(type(fault), fault, fault.__traceback__)
        return [_json({"fault": f"{type(fault).__name__}: {fault}"})]
    return [_json({"pdfs": len(pdfs)}), *pdfs]


def understood(job: dict[str, Any]) -> tuple[Book, list[Impression]]:
    """Returns what a job asks for: ``press.job``, undone."""
    body = job["body"]
    if body:
        body = Body(tuple(body["blocks"]), body["begins"], tuple(body["ends"]))
    impressions = [Impression(**each) for each in job["impressions"]]
    tables = tuple(map(_table, job["tables"]))
    return Book(job["markup"], job["parts"], body, tables), impressions


def _table(table: dict[str, Any]) -> PrintedTable:
    columns = tuple(
        Column(column["title"], column["share"], tuple(column["cells"]))
        for column in table["columns"]
    )
    return PrintedTable(table["begins"], tuple(table["ends"]), columns, tuple(table["margins"]))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
