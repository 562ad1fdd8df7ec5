"""A sentence of an amendment, read from left to right."""

import re
from itertools import accumulate
from typing import NoReturn

_CLOSING = {"「": 1, "」": -1}


class UnreadableAmendment(ValueError):  # noqa: N818 - it is what the text is
    """An amendment that can't be read, or that says what the edition doesn't allow.

    ``str()`` is in Japanese and names the line, counted from 1.
    """

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"{line}行目：{what}")
        self.line = line


class Scanner:
    """One sentence and how far it has been read."""

    def __init__(self, sentence: str, line: int) -> None:
        self._sentence, self._line = sentence, line
        self.at = 0

    @property
    def rest(self) -> str:
        """What has not been read yet."""
        return self._sentence[self.at :]

    def sees(self, words: str) -> bool:
        """Returns whether these words come next."""
        return self._sentence.startswith(words, self.at)

    def takes(self, words: str) -> bool:
        """Reads these words if they come next, and returns whether they did."""
        if not self.sees(words):
            return False
        self.at += len(words)
        return True

    def takes_match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Reads what a pattern matches next, if anything."""
        match = pattern.match(self._sentence, self.at)
        if match:
            self.at = match.end()
        return match

    def expect(self, words: str) -> None:
        """Reads these words.

        Raises:
            UnreadableAmendment: others come next.
        """
        if not self.takes(words):
            self.refuse(f"「{words}」と続くはずのところが、読めません")

    def quotation(self) -> str:
        """Reads a quotation and returns what stands in it; quotations inside it are closed first.

        Raises:
            UnreadableAmendment: there is none, or it isn't closed.
        """
        if not self.sees("「"):
            self.refuse("「」で囲んだ字句が続くはずのところが、読めません")
        depths = accumulate(_CLOSING.get(character, 0) for character in self.rest)
        length = next((at for at, depth in enumerate(depths) if depth == 0), None)
        if length is None:
            self.refuse("「」が閉じていません")
        quoted = self.rest[1:length]
        self.at += length + 1
        return quoted

    def refuse(self, what: str) -> NoReturn:
        """Gives up.

        Raises:
            UnreadableAmendment: always, with ``what`` is wrong and the words where it is.
        """
        rest = self.rest[:20] or "文の終わり"
        raise UnreadableAmendment(self._line, f"{what}（「{rest}」のところ）。")
