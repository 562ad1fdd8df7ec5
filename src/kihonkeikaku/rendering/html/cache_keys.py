"""Cache keys of pages: a page whose key has not changed need not be rendered again.

Thousands of pages are made from much the same objects, so each object is described once.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final

from kihonkeikaku.rendering.html.layout import Page

_LONGEST: Final = 64
"""Descriptions with more characters, the length of a hash, are replaced by their hash."""


class CacheKeys:
    """The cache keys of an edition's pages.

    Descriptions are remembered by the object's identity; the objects are frozen, and kept alive
    here.
    """

    def __init__(self) -> None:
        self._described: dict[int, tuple[object, str]] = {}

    def key(self, page: Page) -> str:
        """Returns a hash of all that a page is rendered from, except for the program itself."""
        return _hash(f"{page.path!r} {self._describe(page)}")

    def _describe(self, value: object) -> str:
        """Returns a description that two values share only if they are equal in all parts."""
        if type(value) is str:
            return repr(value)
        known = self._described.get(id(value))
        if known is None:
            description = self._describe_parts(value)
            if len(description) > _LONGEST:
                description = _hash(description)
            known = self._described[id(value)] = (value, description)
        return known[1]

    def _describe_parts(self, value: object) -> str:
        type_: Any = type(value)
        if type_ is tuple:
            return f"({','.join(map(self._describe, value))})"  # type: ignore[call-overload] # a tuple, by its type
        read_fields = _field_reader(type_)
        if read_fields is None:
            return repr(value)
        return f"{type_.__name__}({','.join(map(self._describe, read_fields(value)))})"


@cache
def _field_reader(type_: type) -> Callable[[object], Iterable[object]] | None:
    """Returns a function that reads all fields of a dataclass; None for other types."""
    if not is_dataclass(type_):
        return None
    names = [field.name for field in fields(type_)]
    get: Any = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
