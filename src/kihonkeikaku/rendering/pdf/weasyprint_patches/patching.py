"""How attributes of WeasyPrint are replaced and restored, and for which version."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import weasyprint

from kihonkeikaku.errors import MachineError

WEASYPRINT_VERSION: Final = "70.0"
"""``pyproject.toml`` pins the same."""

_INHERITED: Final = object()


def require_supported_weasyprint() -> None:
    """Checks that WeasyPrint is the version that the patches are written for.

    Raises:
        MachineError: another version is installed.
    """
    if weasyprint.__version__ != WEASYPRINT_VERSION:
        raise MachineError(
            f"WeasyPrint {WEASYPRINT_VERSION} が必要ですが、{weasyprint.__version__} が"
            f"入っています。pip install weasyprint=={WEASYPRINT_VERSION} で入れ直してください。"
        )


@contextmanager
def replaced(*replacements: tuple[Any, str, Any]) -> Iterator[None]:
    """Replaces attributes while the context lasts.

    Args:
        replacements: a module or class, the name of its attribute, and the value to set.
    """
    originals = [
        (owner, name, vars(owner).get(name, _INHERITED)) for owner, name, _ in replacements
    ]
    for owner, name, value in replacements:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, original in originals:
            if original is _INHERITED:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
