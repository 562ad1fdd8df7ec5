"""Draft → texts as a reader sees them: for rules that look beyond a single string.

A text written as several runs, or as a measure's clauses, is one text in print.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath

StringAtPath = tuple[PlanPath, str]


@dataclass(frozen=True, slots=True)
class PrintedText:
    """Strings joined to one text, with the path and the start of each of them."""

    text: str
    paths: tuple[PlanPath, ...]
    starts: tuple[int, ...]

    def locate(self, offset: int) -> tuple[PlanPath, int]:
        """Returns the path of the string that holds a character, and the offset within it."""
        index = bisect_right(self.starts, offset) - 1
        return self.paths[index], offset - self.starts[index]


def find_printed_texts(draft: Draft, containing: re.Pattern[str]) -> Iterator[PrintedText]:
    """Yields each text with a match in it: a measure's clauses as one, a footnote as its own."""
    texts: dict[PlanPath, list[StringAtPath]] = {}
    found: dict[PlanPath, None] = {}
    for path, string in draft.prose:
        key = _text_key(path)
        texts.setdefault(key, []).append((path, string))
        if containing.search(string):
            found[key] = None
    return (_join(texts[key]) for key in found)


def join_printed_text(draft: Draft) -> PrintedText:
    """Returns all that is printed as one text, a line for each string."""
    return _join(((path, string + "\n") for path, string in draft.prose))


def plan_file_of(path: PlanPath) -> str:
    """Returns the file that a path leads into, as drafters call it within their plan."""
    if path[0] in ("chapters", "measures"):
        return f"{path[0]}/{path[1]}.yaml"
    return f"{path[0]}.yaml"


def _text_key(path: PlanPath) -> PlanPath:
    if not isinstance(path[-1], int):
        return path  # a title, a label, a footnote
    return path[:3] if path[2:3] == ("clauses",) else path[:-1]


def _join(pieces: Iterable[StringAtPath]) -> PrintedText:
    pieces = tuple(pieces)
    ends = accumulate((len(string) for _, string in pieces), initial=0)
    return PrintedText(
        "".join(string for _, string in pieces), tuple(path for path, _ in pieces), tuple(ends)[:-1]
    )
