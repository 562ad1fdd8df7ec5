"""What long work tells while it goes on: in place on a terminal, in plain lines anywhere else."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str], None]
"""Told what comes next, as a sentence without its full stop."""


def silence(_stage: str) -> None:
    """Tells nothing."""


@contextmanager
def progress(quiet: bool) -> Iterator[Tell]:
    """Yields what is to be told of each stage of a work; it goes to the standard error.

    Args:
        quiet: nothing is to be shown.
    """
    if quiet:
        yield silence
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _in_place() as tell:
            yield tell
    else:
        yield _tell_plainly


@contextmanager
def _in_place() -> Iterator[Tell]:
    """One line that changes and at the end is gone."""
    from rich.console import Console  # noqa: PLC0415 # takes longer to load than short work takes
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=True)
    with console.status("") as status:
        yield lambda stage: status.update(Text(f"{stage}…"))


def _tell_plainly(stage: str) -> None:
    print(f"{stage}…", file=sys.stderr, flush=True)
