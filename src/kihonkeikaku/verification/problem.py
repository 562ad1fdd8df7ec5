"""What is wrong with a published edition."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What kind of thing is wrong."""

    MANIFEST = "manifest"
    """The manifest itself is missing, can't be read, or contradicts the plan."""
    MISSING = "missing"
    CHANGED = "changed"
    EXTRA = "extra"
    LINK = "link"
    """A symbolic link: an edition has none."""
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    """It can't be read, or is too large or too intricate to be looked at."""
    PLAN = "plan"
    """``plan.json`` is not what was frozen."""
    CHAIN = "chain"
    """The adopted editions don't follow one another without a gap, or one is damaged."""
    TEXT = "text"
    """A page or a PDF says something else than the plan."""
    DEAD_LINK = "dead-link"
    """An address leads to nothing, or out of the edition."""
    COMPARISON = "comparison"
    """The comparison is not that of the two editions."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, of what kind, and a sentence in Japanese.

    ``path`` is within the edition, with slashes.
    """

    path: str
    kind: Kind
    message: str

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """Returns what ``asdict`` made JSON of.

        Raises:
            ValueError: there is no such kind.
            KeyError: something is missing.
        """
        return cls(str(facts["path"]), Kind(facts["kind"]), str(facts["message"]))

    def facts(self) -> dict[str, str]:
        """Returns the problem as JSON data."""
        return {**asdict(self), "kind": self.kind.value}
