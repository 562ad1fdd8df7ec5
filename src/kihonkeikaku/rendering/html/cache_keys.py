"""What pages are made from, as hashes: a page whose recipe is what it was need not be made again.

Most of what thousands of pages are made from is the same few objects. Each is told once.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

from kihonkeikaku.rendering.html.page import Page

_LONG: Final = 64
"""What takes more characters to tell than a hash has is known by its hash."""


class Recipes:
    """The recipes of an edition's pages.

    What was told is remembered by the object's identity: all of it is frozen, and held on to.
    """

    def __init__(self) -> None:
        self._told: dict[int, tuple[object, str]] = {}

    def of(self, page: Page[Any]) -> str:
        """Returns a hash that changes whenever the page could, the program's own part aside."""
        maker = (page.path, page.write.__module__, page.write.__qualname__)
        return _hash(f"{maker!r} {self._tell(page.inputs)}")

    def _tell(self, value: object) -> str:
        """Tells all that is in a value: two tell the same only if they are the same."""
        if type(value) is str:
            return repr(value)
        known = self._told.get(id(value))
        if known is None:
            told = self._tell_parts(value)
            known = value, told if len(told) < _LONG else _hash(told)
            self._told[id(value)] = known
        return known[1]

    def _tell_parts(self, value: object) -> str:
        kind: Any = type(value)
        if kind is tuple:
            return f"({','.join(map(self._tell, value))})"  # type: ignore[call-overload]
        parts = _parts(kind)
        if parts is None:
            return repr(value)
        return f"{kind.__name__}({','.join(map(self._tell, parts(value)))})"


@cache
def _parts(kind: type) -> Callable[[object], Iterable[object]] | None:
    """Returns what gives the fields of a dataclass of that kind; nothing of other kinds."""
    if not is_dataclass(kind):
        return None
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
