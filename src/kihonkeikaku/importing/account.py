"""What became of each line of a source: used, dropped with a reason, or doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass

from kihonkeikaku.importing.source_lines import SourceLine


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line, or a part of one, that is no text of the plan."""

    line: SourceLine
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that a person should look at, and why.

    ``is_problem`` is whether something is missing or differs, rather than merely being uncertain.
    """

    line: SourceLine
    reason: str
    is_problem: bool = False


class Account:
    """Collects what each step says of the lines."""

    def __init__(self) -> None:
        self.dropped: list[Dropped] = []
        self.doubts: list[Doubt] = []
        self._used: set[int] = set()

    def drop(self, line: SourceLine, reason: str, part: str | None = None) -> None:
        """Records that a line, or a part of it, is no text of the plan."""
        self.dropped.append(Dropped(line, line.text if part is None else part, reason))

    def doubt(self, line: SourceLine, reason: str) -> None:
        """Records what is uncertain about a line."""
        self.doubts.append(Doubt(line, reason))

    def problem(self, line: SourceLine, reason: str) -> None:
        """Records that something is missing at a line, or differs."""
        self.doubts.append(Doubt(line, reason, is_problem=True))

    def use(self, lines: Iterable[SourceLine]) -> None:
        """Records that lines became text of the plan."""
        self._used.update(line.number for line in lines)

    def is_used(self, line: SourceLine) -> bool:
        """Whether a line became text of the plan."""
        return line.number in self._used
