"""Joined texts → texts of a plan: strings, or runs with footnotes and ruby."""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.cleaning import MARK, RUBY, Vocabulary, join_lines
from kihonkeikaku.importing.footnotes import plain_label
from kihonkeikaku.importing.source_lines import SourceLine
from kihonkeikaku.importing.text_blocks import TextBlock


class TextRuns:
    """Makes texts of a plan, and puts each footnote at its mark.

    Args:
        notes: the lines of each footnote, by its label.
        vocabulary: the words of the document.
        places: where each line went; the lines of a note go where its mark is.
        account: where lines are used, and problems go.
    """

    def __init__(
        self,
        notes: Mapping[str, Sequence[SourceLine]],
        vocabulary: Vocabulary,
        places: MutableMapping[int, tuple[str, str]],
        account: Account,
    ) -> None:
        self._notes = notes
        self._vocabulary = vocabulary
        self._places = places
        self._account = account
        self._marks: set[str] = set()

    def make(self, text: str, block: TextBlock) -> Any:
        """Returns a joined text of a block as a string, or as runs where it has more than words."""
        parts = text.split(MARK)
        runs = _with_ruby(parts[0])
        for label, behind in zip(parts[1::2], parts[2::2], strict=True):
            runs += [self._footnote(label, block), *_with_ruby(behind)]
        joined: list[Any] = []
        for run in runs:
            if joined and isinstance(run, str) and isinstance(joined[-1], str):
                joined[-1] += run
            else:
                joined.append(run)
        return joined[0] if len(joined) == 1 and isinstance(joined[0], str) else joined or ""

    def _footnote(self, label: str, block: TextBlock) -> Any:
        lines = self._notes.get(label)
        if not lines or label in self._marks:
            shown = plain_label(label)
            self._account.problem(block.first, f"注{shown}の本文が見つかりません")
            return shown
        self._marks.add(label)
        joined = join_lines(lines, 0, self._vocabulary, self._account, is_title=False)
        self._account.use(lines)
        for line in lines:
            self._places[line.number] = self._places[block.first.number]
        return {"footnote": without_marks(joined.text)}

    def check_marks(self) -> None:
        """Notes the footnotes of which no mark was met."""
        for label, lines in self._notes.items():
            if label not in self._marks:
                self._account.problem(
                    lines[0], f"注{plain_label(label)}の印が、本文に見つかりません"
                )


def _with_ruby(text: str) -> list[Any]:
    """Returns a text as runs: its words, and those with a reading."""
    parts = text.split(RUBY)
    runs: list[Any] = [parts[0]]
    for words, reading, behind in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        runs += [{"ruby": [words, reading]}, behind]
    return [run for run in runs if run]


def without_marks(text: str) -> str:
    """Returns the words of a joined text, without marks of notes and readings."""
    plain = re.sub(f"{MARK}[^{MARK}]*{MARK}", "", text)
    return re.sub(f"{RUBY}([^{RUBY}]*){RUBY}[^{RUBY}]*{RUBY}", r"\1", plain)
