"""文の中に余分な空白があります。

日本語の文字の間、日本語と英数字の間、文の初めと終わりには空白を入れません。組版では間隔が自動で入
り、書き込まれた空白は検索と版の比較を妨げます。英語の語句の中の一つの半角空白（AI for Science）、見
出しの中の一つの全角空白（基本構想　～…）、「？」「！」の後の一つの全角空白は、そのままで構いませ
ん。計画の多くが、日本語と英語の間に一つの半角空白を入れていれば、それに合わないものを知らせます。

誤り:

    # measures/alpha.yaml
    id: alpha
    text: AI の利活用
    assignments:
      - ministry: 経産省

正しい:

    # measures/alpha.yaml
    id: alpha
    text: AIの利活用とAI for Scienceの推進
    assignments:
      - ministry: 経産省
"""

import re
from collections.abc import Iterator
from typing import Final

from kihonkeikaku.model.draft import Draft
from kihonkeikaku.model.finding import PlanPath, Violation
from kihonkeikaku.text.characters import find_narrow_brackets, is_japanese
from kihonkeikaku.validation.plan_style import LATIN_BOUNDARY, has_spaces_around_latin

SEVERITY = "error"
ADJUSTABLE: Final = True

_SPACES: Final = re.compile(r"\s+")
_WIDE: Final = "\u3000"
_TITLES: Final = ("title", "subtitle")


def check(draft: Draft) -> Iterator[Violation]:
    """Yields each stretch of spaces that should be shorter or not there."""
    spaced = has_spaces_around_latin(draft)
    for path, text in draft.prose:
        if spaced:
            yield from _find_missing(path, text)
        matches = list(_SPACES.finditer(text))
        # Brackets that half-width-bracket would widen count as Japanese: a fix reveals no more.
        wide = {b.offset for b in find_narrow_brackets(text) if b.certain} if matches else set()
        for match in matches:
            gap = _Gap(text, match.start(), match.end(), wide)
            boundary = LATIN_BOUNDARY.match(text, match.start()) if spaced else None
            if boundary and boundary.span() == match.span():
                continue
            wanted = gap.wanted(is_title=path[-1] in _TITLES)
            if gap.spaces != wanted:
                yield Violation(
                    path,
                    f"{gap.place}に{gap.kind}があります。",
                    "半角の空白一つにしてください。" if wanted else "空白を除いてください。",
                    offset=gap.start,
                    length=len(gap.spaces),
                    # A text of spaces alone would become empty.
                    replacement=wanted if len(gap.spaces) < len(text) else None,
                )


def _find_missing(path: PlanPath, text: str) -> Iterator[Violation]:
    """Yields where a plan that has spaces around Latin words has none."""
    for match in LATIN_BOUNDARY.finditer(text):
        if not match[0]:
            around = text[match.start() - 1], text[match.start()]
            yield Violation(
                path,
                f"「{around[0]}」と「{around[1]}」の間に空白がありません。",
                "この計画の多くに合わせて、半角の空白を一つ入れてください。",
                offset=match.start(),
                length=1,
            )


class _Gap:
    """Spaces and the characters on either side of them."""

    def __init__(self, text: str, start: int, end: int, wide: set[int]) -> None:
        self.start = start
        self.spaces = text[start:end]
        self._before = text[max(start - 1, 0) : start]
        self._after = text[end : end + 1]
        self._sides = (
            is_japanese(self._before) or start - 1 in wide,
            is_japanese(self._after) or end in wide,
        )

    def wanted(self, *, is_title: bool) -> str:
        """Returns the right spaces."""
        if not self._before or not self._after:
            return ""
        if all(self._sides) and (is_title or self._before in "？！"):
            return _WIDE if self.spaces == _WIDE else ""
        return "" if any(self._sides) else " "

    @property
    def place(self) -> str:
        """The place of the spaces, in the words of a message."""
        if self._before and self._after:
            return f"「{self._before}」と「{self._after}」の間"
        if self._before:
            return f"「{self._before}」の後"
        return f"「{self._after}」の前" if self._after else "文"

    @property
    def kind(self) -> str:
        """The name of these spaces: a message could not show them."""
        if len(self.spaces) > 1:
            return f"{len(self.spaces)}字分の空白"
        return {" ": "空白", _WIDE: "全角の空白"}.get(
            self.spaces, f"空白（U+{ord(self.spaces):04X}）"
        )
