"""How something of WeasyPrint's gives way to something of ours, and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_INHERITED: Final = object()


@contextmanager
def replaced(*replacements: tuple[Any, str, Any]) -> Iterator[None]:
    """While this lasts, names mean something else.

    Args:
        replacements: modules or classes, what is theirs by name, and what takes its place.
    """
    before = [(owner, name, vars(owner).get(name, _INHERITED)) for owner, name, _ in replacements]
    for owner, name, ours in replacements:
        setattr(owner, name, ours)
    try:
        yield
    finally:
        for owner, name, theirs in before:
            if theirs is _INHERITED:
                delattr(owner, name)
            else:
                setattr(owner, name, theirs)
