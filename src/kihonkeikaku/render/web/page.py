"""A file of the HTML edition, made when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeVar

Inputs = TypeVar("Inputs")


@dataclass(frozen=True, slots=True)
class Page(Generic[Inputs]):
    """A file that is a pure function of its inputs, so that one that didn't change can be kept.

    ``path`` is below ``html/``. ``inputs`` is frozen through and through, and its ``repr`` names
    all that is in it. ``write`` reads nothing but its inputs, the templates and their styles.
    """

    path: str
    inputs: Inputs
    write: Callable[[Inputs], str]

    def content(self) -> bytes:
        """Makes the file.

        Raises:
            MachineTrouble: the page says something else than the plan.
        """
        return self.write(self.inputs).encode()

    def fingerprint(self) -> str:
        """Returns a hash that changes whenever the content could, the program's own part aside."""
        facts = (self.path, self.write.__module__, self.write.__qualname__, self.inputs)
        return sha256(repr(facts).encode()).hexdigest()
