"""A second process: a copy of this one that makes things meanwhile, where there is a processor.

It does nothing but to make them and to hand them over: it holds no file of this one's, writes none,
and hears of no interruption. Whatever becomes of it, nothing is lost but time, since what it does
not hand over is made here. While there is one, neither process can have another.
"""

import fcntl
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select
from types import TracebackType
from typing import IO, Any, Final, NoReturn, Self, TypeVar

from kihonkeikaku.system import ended
from kihonkeikaku.system.protocol import receive, send
from kihonkeikaku.system.signals import uninterrupted

HandOver = Callable[[object], None]
"""Gives something to the first process: anything that can be pickled."""

Value = TypeVar("Value")

_WAITING: Final = 1 << 20
"""Bytes that may wait to be handed over, while the second process goes on: some 90 pages."""

_running: list["SecondProcess"] = []
"""The one that there is, in both processes."""


class SecondProcess:
    """A second process, as seen from the first, for as long as the context lasts.

    Starting it takes some 5 ms, and 20 until it is of use.

    Args:
        work: what it does, from nothing but what is in memory and the program's own files.
    """

    def __init__(self, work: Callable[[HandOver], object]) -> None:
        self._work = work
        self._process = 0
        self._from_second: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Starts it; one that can't be started hands nothing over."""
        _running.append(self)
        # Interruptions wait meanwhile, and for good in the second process: it would do what they
        # ask of this one, and clear away what is being made.
        with uninterrupted():
            try:
                from_second, to_first = _pipe()
                # Without a buffer: what has come is to be seen by select alone.
                self._from_second = os.fdopen(from_second, "rb", buffering=0)
                try:
                    self._process = os.fork()
                    if not self._process:
                        self._do_the_work(to_first)
                finally:
                    os.close(to_first)
            except OSError:  # no pipe or no process to be had
                self._hang_up()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends it, whatever it is at: nothing is lost by that but time.

        The system takes a while to clear away its memory, which is not waited for.
        """
        _running.remove(self)
        self._hang_up()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            ended.will_end(self._process)
            self._process = 0
        ended.take_note()

    def handed_over(self, *, wait: bool) -> Iterator[Any]:
        """Yields what it hands over.

        Args:
            wait: for all that is still to come; else what is there already is all.
        """
        while self._from_second:
            if not wait and not select([self._from_second], [], [], 0)[0]:
                return
            try:
                handed = pickle.loads(receive(self._from_second))
            except EOFError:  # all is handed over, or it came to grief
                self._hang_up()
                return
            yield handed

    def _hang_up(self) -> None:
        if self._from_second:
            self._from_second.close()
            self._from_second = None

    def _do_the_work(self, to_first: int) -> NoReturn:
        """Never returns, and unwinds nothing of this process."""
        try:
            _let_go_of_files(but=to_first)
            sys.dont_write_bytecode = True
            pipe = os.fdopen(to_first, "wb")
            self._work(lambda handed: send(pipe, pickle.dumps(handed)))
            pipe.close()  # the system would do so only once it has cleared away the memory
        finally:  # whatever went wrong here goes wrong there too, and is told there
            os._exit(0)


def second_process_helps() -> bool:
    """Whether a copy of this process is safe to have, and there is a processor for it."""
    return sys.platform == "linux" and not _running and len(os.sched_getaffinity(0)) > 1


@contextmanager
def meanwhile(make: Callable[[], Value], *, helped: bool) -> Iterator[Callable[[], Value]]:
    """Has something made by a second process, while the caller is at something else.

    Args:
        make: makes it, from nothing but what is in memory and files.
        helped: whether there may be a second process. It takes longer than a small thing.

    Yields:
        What returns it, or raises what making it raises; where the second process has nothing to
        hand over, it is made then.
    """
    if not (helped and second_process_helps()):
        yield make
        return

    def made() -> Value:
        value: Value
        for (value,) in second.handed_over(wait=True):
            return value
        return make()

    with SecondProcess(lambda hand_over: hand_over((make(),))) as second:
        yield made


def _pipe() -> tuple[int, int]:
    ends = os.pipe()
    with suppress(OSError, AttributeError):  # not every system has it, nor gives it to everyone
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, _WAITING)
    return ends


def _let_go_of_files(*, but: int) -> None:
    """Closes all files but one: the lock among them, which is no longer held once that one ends."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.closerange(3, but)
    os.closerange(but + 1, os.sysconf("SC_OPEN_MAX"))
