"""Ctrl-C and its like, made to wait by the system itself where Python must not hear of them.

Python hears of a signal as an exception, wherever it is: also where a library takes that for an
error of its own, or where there are two of this process for a moment.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

INTERRUPTIONS: Final = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""The signals that ask a command to stop."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """While this lasts, interruptions wait, where the system can make them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
