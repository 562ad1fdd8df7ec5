"""Python's collector of garbage, which commands can do without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_off() -> Iterator[None]:
    """While this lasts, nothing is looked for that nobody holds any more.

    Modules and boxes make many cycles that live to the end, and plans none at all: looking for
    garbage among them is in vain, and takes the longer the more of them there are.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
