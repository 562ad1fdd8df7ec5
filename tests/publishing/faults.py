"""The system refuses the n-th thing that is asked of it, and nothing else.

What is asked is heard by an audit hook (PEP 578), which Python calls before it asks the system, and
by stand-ins for the few calls that it does not report. So nothing that the code under test does to
files goes unheard, however it does it, and every fault comes from where a real one would.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from kihonkeikaku.system import filesystem_calls

_HEARD: Final = {
    "open",
    "os.mkdir",
    "os.rmdir",
    "os.remove",
    "os.rename",
    "os.link",
    "os.chmod",
    "os.chown",
    "os.listdir",
    "os.scandir",
    "os.truncate",
    "fcntl.flock",
}


@dataclass
class Machine:
    """Counts what is asked of the system, and fails the request at one place.

    ``asked`` are the requests so far: what, and of which file. ``refused`` is the one that failed.
    """

    fail_at: int = -1
    code: int = 0
    asked: list[str] = field(default_factory=list)
    refused: str | None = None

    def ask(self, what: str, of: object) -> int:
        """Returns the error's number if this request is the one to fail, else 0."""
        name = Path(os.fsdecode(of)).name if isinstance(of, str | bytes | os.PathLike) else ""
        self.asked.append(f"{what} {name}".strip())
        if len(self.asked) - 1 != self.fail_at:
            return 0
        self.refused = self.asked[-1]
        return self.code


_machine: Machine | None = None
_hooked = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _machine and event in _HEARD and threading.current_thread() is threading.main_thread():
        _raise_if(_machine.ask(event, arguments[0]))


def _raise_if(code: int) -> None:
    if code:
        raise OSError(code, os.strerror(code))


@contextmanager
def on(machine: Machine) -> Iterator[None]:
    """Lets everything within run on this machine."""
    global _machine, _hooked  # noqa: PLW0603 # an audit hook can't be taken away again
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked = True
    with (
        patch("os.write", _asking(machine, "os.write", os.write)),
        patch("os.fsync", _asking(machine, "os.fsync", os.fsync)),
        patch.object(
            filesystem_calls, "_renameat2", _exchanging(machine, filesystem_calls._renameat2)
        ),
        patch.object(filesystem_calls, "_syncfs", _syncing(machine, filesystem_calls._syncfs)),
    ):
        _machine = machine
        try:
            yield
        finally:
            _machine = None


def _asking(machine: Machine, what: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def asked(*arguments: Any) -> Any:
        _raise_if(machine.ask(what, None))
        return call(*arguments)

    return asked


def _exchanging(
    machine: Machine, call: Callable[[bytes, bytes], int]
) -> Callable[[bytes, bytes], int]:
    def asked(one: bytes, other: bytes) -> int:
        return machine.ask("renameat2", other) or call(one, other)

    return asked


def _syncing(machine: Machine, call: Callable[[int], int]) -> Callable[[int], int]:
    def asked(handle: int) -> int:
        return machine.ask("syncfs", None) or call(handle)

    return asked
