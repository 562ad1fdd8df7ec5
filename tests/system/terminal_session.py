"""Runs a command on a pseudo-terminal, as a person does."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

TIMEOUT: Final = 20.0


class TerminalSession:
    """A command on a terminal of 24 lines.

    Args:
        arguments: the command line, without the program.
        folder: where it runs.
        environment: variables beside those of the test.
    """

    def __init__(
        self, arguments: list[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._terminal, inside = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kihonkeikaku", *arguments],
            cwd=folder,
            env={
                **os.environ,
                "LINES": "24",
                "COLUMNS": "80",
                "TERM": "xterm",
                **(environment or {}),
            },
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)
        self._seen = ""
        self._decoder = getincrementaldecoder("utf-8")()  # a read may end within a character

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)

    def wait_for(self, text: str) -> str:
        """Returns what was shown up to a text, and after the one that was waited for before."""
        end = time.monotonic() + TIMEOUT
        while text not in self._seen:
            assert time.monotonic() < end, self._seen
            if not self._read():
                assert text in self._seen, self._seen
        before, _, self._seen = self._seen.partition(text)
        return before + text

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def interrupt(self) -> int:
        """Sends what Ctrl-C sends, and returns the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(TIMEOUT)

    def finish(self) -> tuple[int, str]:
        """Returns the exit code, and all that was shown and not waited for."""
        while self._read():
            pass
        return self._process.wait(TIMEOUT), self._seen

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], TIMEOUT)
        try:
            content = os.read(self._terminal, 1 << 16) if ready else b""
        except OSError:  # the command has ended
            content = b""
        self._seen += self._decoder.decode(content).replace("\r", "")
        return bool(content)
