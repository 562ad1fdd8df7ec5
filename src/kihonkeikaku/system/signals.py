"""Ctrl-C and its like: what may be interrupted, and what may not.

Interrupted work leaves by ``KeyboardInterrupt``, whoever asked for it.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

_asked = threading.Event()

_heard: list[int] = []


def handle_interruptions() -> None:
    """Makes SIGTERM and SIGHUP what Ctrl-C is, unless this process was told to ignore them.

    That someone asked is remembered: a library may take the exception for an error of its own.
    """
    for number in INTERRUPTIONS:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _interrupt)
            _heard.append(number)


def was_interrupted() -> bool:
    """Whether an interruption came since ``handle_interruptions``."""
    return _asked.is_set()


def raise_if_interrupted() -> None:
    """Lets an interruption happen that came before, and that a library swallowed.

    Raises:
        KeyboardInterrupt: there is one.
    """
    if was_interrupted():
        raise KeyboardInterrupt


def ignore_interruptions() -> None:
    """From now on, nothing that ``handle_interruptions`` made heard is heard: all is done.

    Where that was not called, who hears what is somebody else's business.
    """
    while _heard:
        signal.signal(_heard.pop(), signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    _asked.set()
    raise KeyboardInterrupt


@contextmanager
def defer_interruptions() -> Iterator[list[int]]:
    """Holds interruptions back: one that comes meanwhile is raised at the end.

    Yields the signals that came so far. Who empties the list has made up for them.

    Raises:
        KeyboardInterrupt: at the end, if the list is not empty then.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came  # signals go to the main thread
        return
    before = {number: signal.getsignal(number) for number in INTERRUPTIONS}
    heard = [number for number, handler in before.items() if handler not in (signal.SIG_IGN, None)]
    for number in heard:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield came
    finally:
        for number in heard:
            signal.signal(number, before[number])
    if came:
        raise KeyboardInterrupt


INTERRUPTIONS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""The signals that ask a command to stop."""


@contextmanager
def block_interruptions() -> Iterator[None]:
    """While this lasts, interruptions wait, where the system can make them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
