"""The command ``serve`` in a process of its own, and requests to it."""

import http.client
import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PATIENCE: Final = 30
"""Seconds after which something that should come has not: the machine may be busy."""


@dataclass(frozen=True, slots=True)
class PreviewProcess:
    """A preview that runs."""

    process: "subprocess.Popen[str]"
    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> tuple[int, str]:
        """Sends a request, the path as it is; returns the status and the text of the answer."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True)
            for name, value in ({"Host": self.host} | dict(headers or {})).items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode("latin-1" if ".pdf" in path else "utf-8")
        finally:
            connection.close()

    def state(self) -> dict[str, Any]:
        """Returns what a browser that listens is told first."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request("GET", "/preview/events")
            line = connection.getresponse().readline().decode()
            return dict(json.loads(line.removeprefix("data: ")))
        finally:
            connection.close()

    def wait_for(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Returns the first state that is as it should be."""
        end = time.monotonic() + PATIENCE
        while not is_so(state := self.state()):
            assert time.monotonic() < end, state
            time.sleep(0.05)
        return state

    def wait_for_edition_after(self, before: dict[str, Any]) -> dict[str, Any]:
        """Returns the state once it is of another edition than an earlier one was."""
        return self.wait_for(lambda now: now["edition"] != before["edition"])

    def end(self, number: int) -> int:
        """Sends a signal and returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@contextmanager
def running_preview(plan: Path) -> Iterator[PreviewProcess]:
    """Runs ``serve`` on a free port, and ends it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kihonkeikaku", "serve", plan, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert process.stdout
    try:
        line = process.stdout.readline()
        match = re.match(r"http://127\.0\.0\.1:(\d+)/html/index\.html ", line)
        assert match, line + process.stdout.read()
        preview = PreviewProcess(process, int(match[1]))
        preview.wait_for(lambda state: bool(state["summary"]))
        yield preview
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
