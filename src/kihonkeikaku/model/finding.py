"""Findings: what is wrong with a plan, and where. They are returned, never raised."""

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]

PlanPath = tuple[str | int, ...]
"""A place in a plan: ``("measures", "ai-chips", "clauses", 1, "assignments", 0, "ministry")``."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file: 1-based line and column, columns in characters."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Fix:
    """The text that is right, beyond doubt, in the columns from ``start`` up to ``end``.

    The columns are of the finding's own line, counted from 1; ``end`` is the first one after.
    ``in_value`` says whether it is within a value's text; else it is of the file's text as it
    stands, and mends what is read in its stead anyway.
    """

    start: int
    end: int
    text: str
    in_value: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: a sentence for what is wrong, and one for what to do."""

    rule: str
    severity: Severity
    message: str
    hint: str
    position: Position
    fix: Fix | None = None


class Violation(NamedTuple):
    """What a rule yields: a path in the plan and what is wrong there.

    With ``at_key`` the key that leads to the value is at fault, not the value. Else the violation
    is of ``length`` characters of the value's text, from ``offset`` on; ``replacement`` is the
    right text in their stead, where that is beyond doubt. ``first`` is where what may stand only
    once stands first: the message says so, with file and line.
    """

    path: PlanPath
    message: str
    hint: str
    at_key: bool = False
    offset: int = 0
    length: int = 0
    replacement: str | None = None
    first: PlanPath | None = None


_LONG_QUOTE: Final = re.compile(r"(「[^」]{80})[^」]+」")


def shorten_quotes(message: str) -> str:
    """Shortens what a message quotes of the plan: a quote may be as long as a file."""
    return _LONG_QUOTE.sub(r"\1…」", message) if len(message) > 80 else message
