"""A file of the HTML edition, made when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Inputs = TypeVar("Inputs")


@dataclass(frozen=True, slots=True)
class Page(Generic[Inputs]):
    """A file that is a pure function of its inputs, so that one that didn't change can be kept.

    ``path`` is below ``html/``. ``inputs`` is frozen through and through: tuples and dataclasses,
    and at their ends values whose ``repr`` names all that is in them. ``write`` reads nothing but
    its inputs, the templates and their styles.
    """

    path: str
    inputs: Inputs
    write: Callable[[Inputs], str]

    def content(self) -> bytes:
        """Makes the file.

        Raises:
            MachineError: the page says something else than the plan.
        """
        return self.write(self.inputs).encode()
