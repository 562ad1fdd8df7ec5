"""Many batches made by two processes, where there are two processors to make them.

The second one is a copy of this process that does nothing but to make files and hand them over: it
holds no file of this one's, writes none, and hears of no interruption. Whatever becomes of it, the
files are the same, since what it does not hand over is made here.
"""

import fcntl
import os
import pickle
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from mmap import mmap
from select import select
from types import TracebackType
from typing import IO, Final, NoReturn, Self

from kihonkeikaku.frames import receive, send
from kihonkeikaku.publishing.batch import Batch, File

Made = tuple[Batch, Iterable[File]]
"""A batch and its files."""

_WAITING: Final = 1 << 20
"""Bytes that may wait to be handed over, while the second process goes on: some 90 pages."""
_INTERRUPTIONS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_BYTES_OF_TWO_NUMBERS: Final = 16


class Making:
    """Makes batches as they are asked for, with a second process at it while the context lasts.

    This process goes from the last batch towards the first, the other one from the first on, until
    they meet. Where they do so at the same moment, a batch is made twice, and one of the two used.

    Args:
        batches: what to make.
        helped: whether there may be a second process, which takes some 20 ms to start. Then each
            batch is made from nothing but what is in memory and the program's own files.
    """

    def __init__(self, batches: Sequence[Batch], *, helped: bool) -> None:
        self._batches = batches
        self._helper = _Helper(batches) if helped and _can_be_helped() else None

    def __enter__(self) -> Self:
        """Starts the second process; one that can't be started is done without."""
        if self._helper:
            self._helper.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Ends the second process, whatever it is at."""
        if self._helper:
            self._helper.end()

    def __iter__(self) -> Iterator[Made]:
        """Yields all batches with their files, in no order.

        Raises:
            MachineTrouble: what making a batch raises.
        """
        left = dict(enumerate(self._batches))
        if self._helper:
            yield from self._made_by_two(left, self._helper)
        for batch in left.values():
            yield batch, batch.make()

    @staticmethod
    def _made_by_two(left: dict[int, Batch], helper: "_Helper") -> Iterator[Made]:
        """Yields what the two make until they meet, and takes it from ``left``."""
        for place in reversed(range(len(left))):
            for handed, files in helper.handed_over(wait=False):
                if handed in left:
                    yield left.pop(handed), files
            if not helper.leaves(place):
                break
            if place in left:
                batch = left.pop(place)
                yield batch, batch.make()
        for handed, files in helper.handed_over(wait=True):
            if handed in left:
                yield left.pop(handed), files


class _Helper:
    """The second process, as seen from the first, and what it does."""

    def __init__(self, batches: Sequence[Batch]) -> None:
        self._batches = batches
        # How many the helper has claimed from the front, and the first that is claimed from behind.
        self._claimed = memoryview(mmap(-1, _BYTES_OF_TWO_NUMBERS)).cast("Q")
        self._claimed[1] = len(batches)
        self._process = 0
        self._from_helper: IO[bytes] | None = None

    def start(self) -> None:
        """Starts it; one that can't be started has no part in the work."""
        # Interruptions are held back meanwhile, and for good in the helper: it would do what they
        # ask of this process, and clear away what is being made.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
        try:
            from_helper, to_us = _pipe()
            # Without a buffer: what has come is to be seen by select alone.
            self._from_helper = os.fdopen(from_helper, "rb", buffering=0)
            try:
                self._process = os.fork()
                if not self._process:
                    self._help(to_us)
            finally:
                os.close(to_us)
        except OSError:  # no pipe or no process to be had
            self._hang_up()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def leaves(self, place: int) -> bool:
        """Claims a batch for this process, and all behind it; tells whether it was to be had."""
        self._claimed[1] = place
        return self._claimed[0] <= place

    def handed_over(self, *, wait: bool) -> Iterator[tuple[int, Sequence[File]]]:
        """Yields places of batches, and their files.

        Args:
            wait: for all that is still to come; else what is there already is all.
        """
        while self._from_helper:
            if not wait and not select([self._from_helper], [], [], 0)[0]:
                return
            try:
                handed = pickle.loads(receive(self._from_helper))
            except EOFError:  # all is handed over, or it came to grief
                self._hang_up()
                return
            yield handed

    def end(self) -> None:
        """Ends it: nothing is lost by that but time."""
        self._hang_up()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0

    def _hang_up(self) -> None:
        if self._from_helper:
            self._from_helper.close()
            self._from_helper = None

    def _help(self, to_us: int) -> NoReturn:
        """Makes batches and hands them over; never returns, and unwinds nothing of this process."""
        try:
            _let_go_of_files(but=to_us)
            pipe = os.fdopen(to_us, "wb")
            for place, batch in enumerate(self._batches):
                self._claimed[0] = place + 1
                if self._claimed[1] <= place:
                    break
                send(pipe, pickle.dumps((place, list(batch.make()))))
        finally:  # whatever went wrong here goes wrong there too, and is told there
            os._exit(0)


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


def _can_be_helped() -> bool:
    """Whether a copy of this process is safe to have, and there is a processor for it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
