"""Processes of ours that were ended, until the system says that they have.

It takes a while to clear away a process's memory; meanwhile there is other work to do.
"""

import os
from typing import Final

_ENDING: Final[list[int]] = []


def will_end(process: int) -> None:
    """Notes a process that was ended, or ends by itself."""
    _ENDING.append(process)


def take_note(*, wait: bool = False) -> None:
    """Lets the system forget the processes that have ended; what they took counts as ours then.

    Args:
        wait: for all of them to end.
    """
    for process in tuple(_ENDING):
        try:
            ended, _ = os.waitpid(process, 0 if wait else os.WNOHANG)
        except ChildProcessError:  # somebody else took note
            ended = process
        if ended:
            _ENDING.remove(process)
