"""Interruptions: Ctrl-C, SIGTERM and SIGHUP, and the work that they must not cut in two.

Interrupted work ends with ``KeyboardInterrupt``, whichever signal it was.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

INTERRUPTIONS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""The signals that ask a command to stop."""

_interrupted: Final = threading.Event()


def handle_interruptions() -> None:
    """Makes SIGTERM and SIGHUP raise what Ctrl-C raises, unless this process ignores them.

    An interruption is remembered: a library may take the exception for an error of its own.
    """
    for number in INTERRUPTIONS:
        if signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _interrupt)


def was_interrupted() -> bool:
    """Whether an interruption came since ``handle_interruptions``."""
    return _interrupted.is_set()


def raise_if_interrupted() -> None:
    """Interrupts the work if an interruption came before and a library swallowed it.

    Raises:
        KeyboardInterrupt: one came.
    """
    if was_interrupted():
        raise KeyboardInterrupt


def ignore_interruptions() -> None:
    """From now on, ignores the signals that ``handle_interruptions`` set a handler for."""
    for number in INTERRUPTIONS:
        if signal.getsignal(number) is _interrupt:
            signal.signal(number, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    _interrupted.set()
    raise KeyboardInterrupt


@contextmanager
def defer_interruptions() -> Iterator[list[int]]:
    """Defers interruptions to the end of the context.

    Yields:
        The signals that came so far. Clearing the list discards them.

    Raises:
        KeyboardInterrupt: at the end, if the list is not empty then.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came  # signals go to the main thread
        return
    handlers = {number: signal.getsignal(number) for number in INTERRUPTIONS}
    handled = [n for n, handler in handlers.items() if handler not in (signal.SIG_IGN, None)]
    for number in handled:
        signal.signal(number, lambda number, _frame: came.append(number))
    try:
        yield came
    finally:
        for number in handled:
            signal.signal(number, handlers[number])
    if came:
        raise KeyboardInterrupt


@contextmanager
def block_interruptions() -> Iterator[None]:
    """Blocks the signals for the time of the context, where the system can do that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
