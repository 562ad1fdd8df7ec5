"""The process that pages are set in, seen from outside: started, watched over, and ended."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.glyph_coverage import refuse_missing_fonts
from kihonkeikaku.rendering.pdf.job import Book
from kihonkeikaku.rendering.pdf.options import Impression
from kihonkeikaku.system.signals import defer_interruptions
from kihonkeikaku.system.worker_process import receive_message, send_messages

COMMAND: Final = (sys.executable, "-P", "-X", "utf8", "-m", "kihonkeikaku.rendering.pdf.worker")
"""Runs ``child``: whatever lies in the working directory, and in whatever language."""

_LAST_SECONDS: Final = 3
"""How long the process may take to clear away what it made, so that a kill just now leaves none."""

_SURROUNDINGS: Final = {"FONTCONFIG_FILE": str(TEMPLATES / "fonts" / "fonts.conf")}
"""What the process finds: no font but those it brings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What setting a book may take: seconds, both by the clock and of CPU, and bytes of memory."""

    seconds: int = 300
    memory: int = 4 << 30


class FaultInChild(Exception):  # noqa: N818 - what went wrong there was the error
    """The typesetter broke down on an error of the program, which ``str()`` names."""


class Press:
    """A process that sets books, for as long as the context lasts; nothing of it is left behind.

    One serves all documents of a build, since starting it costs more than a small document.
    """

    def __init__(self, limits: Limits = Limits(), command: Sequence[str] = COMMAND) -> None:
        self._limits = limits
        self._command = [*command, str(limits.seconds), str(limits.memory)]
        self._late = False

    def __enter__(self) -> Self:
        """Starts the process, which gets ready while the first book is being written.

        Raises:
            MachineError: a font is missing, or the process can't be started.
        """
        refuse_missing_fonts()
        try:
            # Made by the process itself: who is killed before it starts leaves nothing.
            self._folder = Path(tempfile.gettempdir(), f"kihonkeikaku-{secrets.token_hex(8)}")
            self._process = subprocess.Popen(
                [*self._command, str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("KIHONKEIKAKU_TRACEBACK") else subprocess.DEVNULL,
                env=os.environ | _SURROUNDINGS,
            )
        except OSError as error:
            raise _stopped(f"子プロセスを始められません：{error.strerror}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends the process, whatever it is at."""
        with defer_interruptions():
            try:
                self._process.communicate(timeout=_LAST_SECONDS)  # it ends when nobody sends more
            except subprocess.TimeoutExpired:
                self._process.kill()  # it holds nothing that is not handed over yet
                self._process.communicate()
            shutil.rmtree(self._folder, ignore_errors=True)

    def set_book(self, book: Book, impressions: Sequence[Impression]) -> list[bytes]:
        """Returns a book as PDFs, one an impression.

        Raises:
            CommandError: what ``set_book.set_book`` raises.
            MachineError: besides, the process crashed, or took more than its limits.
            FaultInChild: there is an error in the program.
        """
        assert self._process.stdin and self._process.stdout, "both are pipes"
        watch = threading.Timer(self._limits.seconds, self._end_late)
        try:
            watch.start()
        except RuntimeError as error:
            raise _stopped("スレッドを始められません") from error
        try:
            send_messages(self._process.stdin, job(book, impressions))
            answer = json.loads(receive_message(self._process.stdout))
            return [receive_message(self._process.stdout) for _ in range(_count(answer))]
        except (OSError, EOFError):
            raise self._ended() from None
        finally:
            watch.cancel()

    def _end_late(self) -> None:
        self._late = True
        self._process.kill()

    def _ended(self) -> MachineError:
        code = self._process.wait()
        if self._late or code == -signal.SIGXCPU:
            return _stopped(f"{self._limits.seconds}秒で終わりませんでした")
        if code < 0:
            return _stopped(f"子プロセスが {signal.Signals(-code).name} で落ちました")
        return _stopped(f"子プロセスが終了コード {code} で終わりました")


def job(book: Book, impressions: Sequence[Impression]) -> bytes:
    """Returns what is sent for a book: JSON."""
    parts = {**asdict(book), "impressions": [asdict(impression) for impression in impressions]}
    return json.dumps(parts, ensure_ascii=False).encode()


def _count(answer: dict[str, object]) -> int:
    """Returns how many PDFs follow an answer.

    Raises:
        CommandError: none, for a reason that the answer gives.
    """
    match answer:
        case {"pdfs": int(count)}:
            return count
        case {"trouble": str(message), "exit_code": MachineError.exit_code}:
            raise MachineError(message)
        case {"trouble": str(message)}:
            raise CommandError(message)
        case {"memory": True}:
            raise _stopped("メモリーが足りません")
    raise FaultInChild(answer["fault"])


def _stopped(reason: str) -> MachineError:
    return MachineError(f"PDF の組版を中止しました（{reason}）。")
