"""Lines → blocks: which lines make one heading, measure or paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.assignments import looks_like_assignments
from kihonkeikaku.importing.cleaning import squeeze
from kihonkeikaku.importing.labels import Label, find_label, find_sign
from kihonkeikaku.importing.source_lines import SourceLine, width_in_ems

_SENTENCE_END: Final = "。．」）】！？"
_NEVER_FIRST: Final = "、。，．・）」』】〉》〕］ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々！？：；"
_OPENING: Final = "（「『【〈《〔［("
_STRONG: Final = re.compile(r"第.*[部編章節款]")
_NOTE: Final = re.compile(r"[（(]?※")
_LEGEND: Final = re.compile(r"【([^【】]*)】")

_BLANK: Final = 1.6
"""Least distance to the line above, in lines, that is a space between two blocks."""
_INDENT: Final = 0.7
"""Least indent of a paragraph's first line, in ems."""
_LONGEST: Final = 40
"""In how many lines a bracket must be closed that was opened: else it never was."""
_REACH: Final = 1.2
"""How far from the right edge a line may end that is full, in ems."""


@dataclass(slots=True)
class TextBlock:
    """The lines of one heading, measure or paragraph.

    ``label`` is the number that it begins with, ``sign`` the sign, such as 「・」.
    """

    lines: list[SourceLine]
    label: Label | None
    sign: str = ""

    @property
    def first(self) -> SourceLine:
        """Its first line."""
        return self.lines[0]

    @property
    def raw_text(self) -> str:
        """Its lines as they were read, one behind the other."""
        return "".join(line.text for line in self.lines)

    @property
    def cut(self) -> int:
        """How many characters of its first line are its label or sign."""
        if self.label:
            return len(self.label.written)
        return len(self.sign)


def make_blocks(
    lines: list[SourceLine], titles: Sequence[str], account: Account
) -> list[TextBlock]:
    """Returns the blocks of a text.

    Args:
        lines: its lines.
        titles: what the table of contents names, squeezed: a heading goes on over lines as long
            as it does there.
        account: where doubts go.
    """
    page = _PageShape(lines, titles)
    blocks: list[TextBlock] = []
    for line in lines:
        label = find_label(line.text)
        if blocks and not page.starts_block(blocks[-1], line, label):
            _note_page_break(blocks[-1], line, page, account)
            blocks[-1].lines.append(line)
        else:
            blocks.append(TextBlock([line], label, "" if label else find_sign(line.text)))
    for block in blocks:
        block.label = block.label or find_label(block.raw_text)
        if is_open(block.raw_text):
            account.doubt(block.first, "閉じていない括弧があります")
    return blocks


def _note_page_break(
    block: TextBlock, line: SourceLine, page: "_PageShape", account: Account
) -> None:
    above = block.lines[-1]
    if line.page == above.page:
        return
    if above.text[-1:] in _SENTENCE_END or not page.is_full(above):
        account.doubt(line, "ページをまたぐ段落としてつなぎました")


class _PageShape:
    """What is known of the page's shape: where its lines end, if they are justified."""

    def __init__(self, lines: list[SourceLine], titles: Sequence[str]) -> None:
        self._titles = titles
        ends = sorted(
            line.right for line in lines if line.right is not None and 0.93 < line.size < 1.07
        )
        self._edge: float | None = None
        if len(ends) > 20:
            edge = ends[int(len(ends) * 0.85)]
            full = sum(abs(end - edge) < _REACH for end in ends)
            self._edge = edge if full > len(ends) * 0.35 else None

    def is_full(self, line: SourceLine) -> bool:
        """Whether a line ends at the right edge of the page; unknown counts as full."""
        if self._edge is None or line.right is None:
            return True
        return line.right > self._edge - _REACH

    def starts_block(self, block: TextBlock, line: SourceLine, label: Label | None) -> bool:
        """Whether a line begins another block than the one above it."""
        above = block.lines[-1]
        same_page = above.page == line.page
        if above.is_whole or line.is_whole:
            return True
        if block.label and len(block.lines) < 4 and self._is_in_title(block, line):
            return False
        if _changes_face(above, line) or (same_page and line.gap > _BLANK):
            return True
        if is_open(block.raw_text) and len(block.lines) < _LONGEST:
            return False
        if self._edge is not None and line.left is not None:
            return self._starts_by_place(block, line, label)
        return self._starts_by_sign(line, label) or (same_page and line.gap > 1.0)

    def _is_in_title(self, block: TextBlock, line: SourceLine) -> bool:
        """Whether the table of contents names a block and the line below it as one."""
        longer = squeeze(block.raw_text + line.text)
        return any(title.startswith(longer) for title in self._titles)

    def _starts_by_sign(self, line: SourceLine, label: Label | None) -> bool:
        if label or find_sign(line.text) or _NOTE.match(line.text):
            return True
        legend = _LEGEND.fullmatch(line.text)
        return legend is not None and not looks_like_assignments(legend[1])

    def _starts_by_place(self, block: TextBlock, line: SourceLine, label: Label | None) -> bool:
        above = block.lines[-1]
        ended = self._has_room_for(above, line)
        if label and (_STRONG.match(label.pattern) or ended):
            return True
        if self._starts_by_sign(line, label):
            return ended or not self._continues(block, line)
        if ended:
            return True
        if above.text[-1:] not in _SENTENCE_END:
            return False
        return self._is_indented(block, line)

    def _has_room_for(self, above: SourceLine, line: SourceLine) -> bool:
        """Whether the line above ended although the next word would have fitted on it."""
        if self._edge is None or above.right is None:
            return False
        return above.right + _first_word(line.text) * line.size < self._edge - 0.3

    def _continues(self, block: TextBlock, line: SourceLine) -> bool:
        """Whether a line that begins like an item stands where the block's lines begin."""
        left = block.lines[-1].left
        return len(block.lines) > 1 and left is not None and abs((line.left or 0) - left) < 0.3

    def _is_indented(self, block: TextBlock, line: SourceLine) -> bool:
        lefts = [each.left for each in block.lines if each.left is not None]
        if not lefts or line.left is None:
            return False
        if len(lefts) == 1:
            return abs(line.left - lefts[0]) < 0.3 and not block.label and not block.sign
        return line.left > lefts[-1] + _INDENT


def _changes_face(above: SourceLine, line: SourceLine) -> bool:
    return line.heavy != above.heavy or abs(line.size - above.size) > 0.08


def is_open(text: str) -> bool:
    """Whether a text opens a bracket that it doesn't close."""
    for brackets in ("（）()", "【】", "「」"):
        opening, closing = brackets[::2], brackets[1::2]
        depth = 0
        for character in text:
            depth += (character in opening) - (character in closing and depth > 0)
        if depth:
            return True
    return False


def _first_word(text: str) -> float:
    """Returns the width of what stands at a text's head and can't be broken, in ems."""
    if text[:1] in _OPENING:
        close = re.search(r"[）」』】〉》〕］)]", text)
        end = close.end() if close and close.end() < 14 else 2
    else:
        latin = re.match(r"[!-~]+", text)
        end = latin.end() if latin else 1
    while end < len(text) and text[end] in _NEVER_FIRST:
        end += 1
    return width_in_ems(text[:end])
