"""Files of an edition that are made together, when they are asked for."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

File = tuple[str, bytes]
"""A file's path within the edition, with slashes, and its content."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files, and what they are made from.

    ``recipe`` returns a hash of all that goes into them, the program aside: where it is what it
    was, ``make`` would give the same files again. ``names`` are the paths of those files that are
    known before they are made.
    """

    recipe: Callable[[], str]
    make: Callable[[], Iterable[File]]
    names: tuple[str, ...] = ()


def always_anew() -> str:
    """The recipe of what is always made."""
    return ""


def recipe(*parts: object) -> str:
    """Returns a hash of what files are made from; ``repr`` of each part must tell all of it."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()
