"""The PDF worker as a build sees it: a process that is started, sent jobs, limited and ended."""

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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.pdf.glyph_coverage import require_fonts
from kihonkeikaku.rendering.pdf.job import PdfJob, PdfOptions, encode_job
from kihonkeikaku.system.signals import defer_interruptions
from kihonkeikaku.system.worker_process import receive_message, send_messages

COMMAND: Final = (sys.executable, "-P", "-X", "utf8", "-m", "kihonkeikaku.rendering.pdf.worker")
"""Runs ``worker``, independent of the working directory and of the language."""

_GRACE_SECONDS: Final = 3
"""How long the process may take to remove its files before it is killed."""

_FONTS: Final = {"FONTCONFIG_FILE": str(TEMPLATES / "fonts" / "fonts.conf")}
"""Keeps fontconfig from finding the fonts of the machine."""

_NOT_INHERITED: Final = frozenset(
    {"PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONINSPECT", "PYTHONDEVMODE"}
)
"""Python's variables that would change what the process makes, or whether it ends."""


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What a job may take: seconds, both of wall time and of CPU time, and bytes of memory."""

    seconds: int = 300
    memory: int = 4 << 30


class WorkerError(Exception):
    """The worker failed by an error of the program, which ``str()`` names."""


class PdfWorker:
    """A process that renders PDFs while the context lasts; nothing of it is left behind.

    One serves all documents of a build, since starting it costs more than a small document.
    """

    def __init__(
        self, limits: WorkerLimits = WorkerLimits(), command: Sequence[str] = COMMAND
    ) -> None:
        self._limits = limits
        self._command = [*command, str(limits.seconds), str(limits.memory)]
        self._timed_out = False

    def __enter__(self) -> Self:
        """Starts the process, which loads WeasyPrint while the first job is being prepared.

        Raises:
            MachineError: a font is missing, or the process can't be started.
        """
        require_fonts()
        try:
            # Made by the process itself: a build killed before it starts leaves nothing.
            self._folder = Path(tempfile.gettempdir(), f"kihonkeikaku-{secrets.token_hex(8)}")
            self._process = subprocess.Popen(
                [*self._command, str(self._folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("KIHONKEIKAKU_TRACEBACK") else subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError as error:
            raise _aborted(f"子プロセスを始められません：{error.strerror}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends the process, even if it is busy."""
        with defer_interruptions():
            try:
                # It ends by itself when its input is closed.
                self._process.communicate(timeout=_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.communicate()
            shutil.rmtree(self._folder, ignore_errors=True)

    def render(self, job: PdfJob, options: Sequence[PdfOptions]) -> list[bytes]:
        """Returns a job as PDFs, one for each of the options; see ``worker.render_pdfs``.

        Raises:
            CommandError: see ``worker.render_pdfs``.
            MachineError: besides, the process crashed, or exceeded its limits.
            WorkerError: there is an error in the program.
        """
        assert self._process.stdin and self._process.stdout, "both are pipes"
        timer = threading.Timer(self._limits.seconds, self._time_out)
        try:
            timer.start()
        except RuntimeError as error:
            raise _aborted("スレッドを始められません") from error
        try:
            send_messages(self._process.stdin, encode_job(job, options))
            answer = json.loads(receive_message(self._process.stdout))
            return [receive_message(self._process.stdout) for _ in range(_pdf_count(answer))]
        except (OSError, EOFError):
            raise self._exit_error() from None
        finally:
            timer.cancel()

    def _time_out(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _exit_error(self) -> MachineError:
        """Waits for the end of the process, and returns an error that says how it ended."""
        code = self._process.wait()
        if self._timed_out or code == -signal.SIGXCPU:
            return _aborted(f"{self._limits.seconds}秒で終わりませんでした")
        if code < 0:
            return _aborted(f"子プロセスが {signal.Signals(-code).name} で落ちました")
        return _aborted(f"子プロセスが終了コード {code} で終わりました")


def _pdf_count(answer: dict[str, object]) -> int:
    """Returns how many PDFs follow an answer.

    Raises:
        CommandError: none, for a reason that the answer gives.
        WorkerError: none, because of an error in the program.
    """
    match answer:
        case {"pdfs": int(count)}:
            return count
        case {"error": str(message), "exit_code": MachineError.exit_code}:
            raise MachineError(message)
        case {"error": str(message)}:
            raise CommandError(message)
        case {"out_of_memory": True}:
            raise _aborted("メモリーが足りません")
    raise WorkerError(answer["exception"])


def _aborted(reason: str) -> MachineError:
    return MachineError(f"PDF の組版を中止しました（{reason}）。")


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in _NOT_INHERITED} | _FONTS
