"""How something of WeasyPrint's gives way to something of ours, and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import weasyprint

from kihonkeikaku.errors import MachineError

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


WEASYPRINT_VERSION: Final = "70.0"
"""``pyproject.toml`` pins the same."""


def refuse_other_weasyprint() -> None:
    """Returns if WeasyPrint is the version whose private side is known.

    Raises:
        MachineError: another version is installed.
    """
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise MachineError(
            f"WeasyPrint {WEASYPRINT_VERSION} が必要ですが、{weasyprint.__version__} が"
            f"入っています。pip install weasyprint=={WEASYPRINT_VERSION} で入れ直してください。"
        )
