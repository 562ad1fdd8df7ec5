"""Long output on a terminal, shown by the user's pager as git shows it."""

import os
import shlex
import shutil
import subprocess
import sys
from typing import Final

_PAGERS: Final = ("less", "more")
_LESS_OPTIONS: Final = "FRX"
"""Ends if it fits on the screen, shows colours, leaves the text there; as git has it."""


def print_paged(text: str) -> None:
    """Prints a text, by a pager where it is longer than the terminal that it goes to.

    Args:
        text: what is shown; it ends with a line end.
    """
    pager = _find_pager() if _is_too_long(text) else None
    if pager is None:
        print(text, end="")
        return
    environment = {"LESS": _LESS_OPTIONS, "LESSCHARSET": "utf-8", **os.environ}
    with subprocess.Popen(pager, stdin=subprocess.PIPE, env=environment) as process:
        process.communicate(text.encode("utf-8", "backslashreplace"))


def _is_too_long(text: str) -> bool:
    return (
        sys.stdout.isatty()
        and sys.stdin.isatty()
        and os.environ.get("TERM") != "dumb"
        and text.count("\n") >= shutil.get_terminal_size().lines
    )


def _find_pager() -> list[str] | None:
    """Returns the pager's command line: PAGER, which may be empty, or one that is usual."""
    wanted = os.environ.get("PAGER")
    if wanted is None:
        return next(([found] for name in _PAGERS if (found := shutil.which(name))), None)
    command = shlex.split(wanted)
    return command if command and shutil.which(command[0]) else None
