"""A file's text with repairs made, and where each place of it is in the text before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kihonkeikaku.loading.source import FileProblem, LineColumn
from kihonkeikaku.model.finding import Fix


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the problem that is reported, and the repair with which the file is read."""

    problem: FileProblem
    repair: Fix

    @property
    def line(self) -> int:
        """Its line, counted from 1."""
        return self.problem.place[0]


class MendedText:
    """A text after repairs that are each within a line and apart; its lines are the same."""

    def __init__(self, text: str, repairs: Iterable[tuple[int, Fix]]) -> None:
        """``repairs`` are pairs of a line, counted from 1, and what is to be written there."""
        self._repairs: dict[int, list[Fix]] = defaultdict(list)
        for line, repair in repairs:
            self._repairs[line].append(repair)
        lines = text.split("\n")
        for line, fixes in self._repairs.items():
            lines[line - 1] = _mend_line(lines[line - 1], fixes)
        self.text = "\n".join(lines)

    @property
    def has_repairs(self) -> bool:
        """Whether it is another text than before."""
        return bool(self._repairs)

    def original(self, place: LineColumn) -> LineColumn:
        """Returns where a place of the mended text is in the original."""
        line, column = place
        shift = 0
        for fix in self._repairs.get(line, ()):
            if column < fix.start + shift + len(fix.text):
                return line, min(column - shift, max(fix.start, fix.end - 1))
            shift += len(fix.text) - (fix.end - fix.start)
        return line, column - shift


def _mend_line(line: str, fixes: Iterable[Fix]) -> str:
    parts, at = [], 0
    for fix in fixes:
        parts += [line[at : fix.start - 1], fix.text]
        at = fix.end - 1
    return "".join([*parts, line[at:]])
