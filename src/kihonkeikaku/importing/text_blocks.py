"""Lines → blocks: which lines make one heading, measure or paragraph."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
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
_FEW: Final = 20
"""How many lines a text must have to tell where its lines end."""
_SHORT: Final = 0.5
"""What share of the width a line has at the most that ends before it, whatever follows."""
_LONGEST_TITLE: Final = 3
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
    def has_text(self) -> bool:
        """Whether anything stands behind its label or sign."""
        return len(self.first.text) > self.cut or len(self.lines) > 1

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
    ends = above.text[-1:] in _SENTENCE_END
    if line.page != above.page and (ends or not page.is_full(above)):
        account.doubt(line, "ページをまたぐ段落としてつなぎました")
    elif page.has_edges and ends and not page.indents and not block.sign and not block.label:
        account.doubt(
            line, "前の行で段落が終わるのかもしれません（行末まであり、字下げがありません）"
        )


class _PageShape:
    """What is known of the pages' shape: where their lines end, if they are justified.

    ``indents`` is whether the first lines of paragraphs are indented.
    """

    def __init__(self, lines: list[SourceLine], titles: Sequence[str]) -> None:
        self._titles = frozenset(titles)
        self._beginnings = {title[:n] for title in titles for n in range(1, len(title) + 1)}
        self._edges = _edges(lines)
        self._slack = 0.3 if _has_sizes(lines) else 3.0
        widths = sorted(width_in_ems(line.text) for line in lines)
        self._width = widths[int(len(widths) * 0.85)] if widths else 0.0
        steps = [(a.left or 0) - (b.left or 0) for a, b in pairwise(lines) if a.page == b.page]
        self.indents = sum(0.7 < step < 1.5 for step in steps) > len(steps) * 0.05

    @property
    def has_edges(self) -> bool:
        """Whether lines end at an edge, so that a short one is the last of its paragraph."""
        return bool(self._edges)

    def edge(self, line: SourceLine) -> float | None:
        """Returns where a full line ends on the page of a line; None if nothing says that."""
        return self._edges.get(line.page) if line.left is not None else None

    def is_full(self, line: SourceLine) -> bool:
        """Whether a line ends at the right edge of the page; unknown counts as full."""
        edge = self.edge(line)
        return edge is None or line.right is None or line.right > edge - _REACH

    def starts_block(self, block: TextBlock, line: SourceLine, label: Label | None) -> bool:
        """Whether a line begins another block than the one above it."""
        above = block.lines[-1]
        same_page = above.page == line.page
        if above.is_whole or line.is_whole:
            return True
        in_title = self._is_in_title(block, line)
        if in_title is not None:
            return not in_title
        if _changes_face(above, line) or (same_page and line.gap > _BLANK):
            return True
        if len(block.lines) < _LONGEST and is_open(block.raw_text):
            return False
        if self.edge(line) is not None:
            return self._starts_by_place(block, line, label)
        return (
            self._starts_by_sign(line, label)
            or (same_page and line.gap > 1.0)
            or width_in_ems(above.text) < self._width * _SHORT
        )

    def _is_in_title(self, block: TextBlock, line: SourceLine) -> bool | None:
        """Whether a line is still of a title that the contents name; None where they don't say."""
        if not block.label or len(block.lines) > _LONGEST_TITLE:
            return None
        if squeeze(block.raw_text + line.text) in self._beginnings:
            return True
        return False if squeeze(block.raw_text) in self._titles else None

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
        edge = self.edge(above)
        if edge is None or above.right is None:
            return False
        return above.right + _first_word(line.text) * line.size < edge - self._slack

    def _continues(self, block: TextBlock, line: SourceLine) -> bool:
        """Whether a line that begins like an item stands where the block's lines begin."""
        left = block.lines[-1].left
        return len(block.lines) > 1 and left is not None and abs((line.left or 0) - left) < 0.3

    def _is_indented(self, block: TextBlock, line: SourceLine) -> bool:
        lefts = [each.left for each in block.lines if each.left is not None]
        if not lefts or line.left is None:
            return False
        if len(lefts) == 1:
            is_alone = not block.label and not block.sign
            return self.indents and is_alone and abs(line.left - lefts[0]) < 0.3
        return line.left > lefts[-1] + _INDENT


def _edges(lines: list[SourceLine]) -> dict[int | None, float]:
    """Returns where full lines end on each page; nothing where the text isn't justified.

    Text that was laid out with spaces stands elsewhere on each page.
    """
    body = [line for line in lines if line.right is not None and 0.93 < line.size < 1.07]
    has_sizes = _has_sizes(lines)
    ends: dict[int | None, list[float]] = defaultdict(list)
    for line in body:
        ends[None if has_sizes else line.page].append(line.right or 0)
    edges = {
        page: sorted(found)[int(len(found) * 0.85)]
        for page, found in ends.items()
        if len(found) > 8
    }
    full = sum(
        abs((line.right or 0) - edge) < _REACH
        for line in body
        if (edge := edges.get(None if has_sizes else line.page)) is not None
    )
    if full < len(body) * 0.35 or len(body) < _FEW:
        return {}
    pages = {line.page for line in lines}
    return dict.fromkeys(pages, edges[None]) if has_sizes else edges


def _has_sizes(lines: list[SourceLine]) -> bool:
    """Whether places were measured, rather than counted in spaces."""
    return any(line.size != 1.0 or line.heavy for line in lines)


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
