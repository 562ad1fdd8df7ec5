"""What a page holds beside its text: line and page numbers, running heads, contents, notes.

Each step takes the lines that are left and the account, and returns those that are left after it;
what it takes away is in the account, with a reason.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from kihonkeikaku.importing.account import Account
from kihonkeikaku.importing.cleaning import squeeze
from kihonkeikaku.importing.source_lines import SourceLine

Lines = list[SourceLine]

LINE_NUMBER: Final = "行番号"
PAGE_NUMBER: Final = "ページ番号"
RUNNING_HEAD: Final = "柱（各ページに繰り返す文字）"
CONTENTS: Final = "目次"
BACK: Final = "索引・奥付"
READING: Final = "ふりがな（その下の文に ruby として入れました）"
EMPTY: Final = "記号だけの行"

_MARGIN_NUMBER: Final = re.compile(r"(?:-[ \t]+)?([0-9]{1,3})(?:[\s　]+|$)")
_WIDE_GAP: Final = re.compile(r"[^\s.…・0-9] {6,}[^\s.…・0-9]")
_PAGE_NUMBER: Final = re.compile(
    r"(?:[-–—－‐ー]\s*)?([0-9０-９]{1,4})(?:\s*[-–—－‐ー]|\s*[/／]\s*[0-9]+)?"
)
_CONTENTS_TITLE: Final = re.compile(r"目\s*次|もくじ|全体構成|CONTENTS", re.IGNORECASE)
_ENTRY: Final = re.compile(
    r"(.*?)(?:[\s.．・…‥]*(?:[.．…‥]{2,}|[ \t　]{2,}|\t)[\s.．…‥]*)([0-9]{1,3})$"
)
BACK_TITLE: Final = re.compile(r"(?:府省庁別)?索引|奥付")
_LONGEST_ENTRY: Final = 200
_MOST_WRAPPED: Final = 2
"""Over how many lines an entry may go before that with its page number."""
_REPEATED: Final = 3
"""On how many pages a line must stand to be a running head."""
_ENTRIES: Final = 3
"""How many lines with a page number make a table of contents that has no title."""


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A line of the table of contents: what it names, and the page that it gives."""

    text: str
    page: str
    line: SourceLine


def drop_extraction_marks(lines: Lines, account: Account) -> Lines:
    """Takes away rulers of signs only, and Markdown's list sign where a label or number follows.

    Readings that stood above a line are in it already.
    """
    kept: Lines = []
    for line in lines:
        if line.is_reading:
            account.drop(line, READING)
            continue
        if line.is_beside and not (kept and kept[-1].is_beside):
            account.doubt(line, "横に並んだ項目を、左の段から順に読みました")
        if line.has_small:
            account.doubt(line, "小さい文字が混じっています（ふりがなや添え字のようです）")
        if _WIDE_GAP.search(line.text) or line.text.startswith("|"):
            account.doubt(line, "行の中に広い空きがあります（表か、並んだ項目のようです）")
        if re.fullmatch(r"[-=_*─━\s]+", line.text):
            account.drop(line, EMPTY)
            continue
        bare = re.sub(r"^-[ \t]+(?=[・○●①-⑳]|[0-9]{1,3}(?:\s|$))", "", line.text)
        kept.append(replace(line, text=bare))
    return kept


def drop_margin_numbers(lines: Lines, account: Account) -> Lines:
    """Takes away the numbers of lines in the margin, which count up and begin again on each page.

    A number that doesn't follow on stays, as a doubt.
    """
    matches = [_MARGIN_NUMBER.match(line.text) for line in lines]
    if sum(map(bool, matches)) < max(5, len(lines) * 0.4):
        return lines
    kept: Lines = []
    before = 0
    for line, match in zip(lines, matches, strict=True):
        if not match:
            kept.append(line)
            continue
        number, rest = int(match[1]), line.text[match.end() :]
        if number == 1 or before < number <= before + 3:
            before = number
            account.drop(line, LINE_NUMBER, match[1])
            if rest:
                shift = match.end()
                marks = tuple(replace(m, offset=max(m.offset - shift, 0)) for m in line.marks)
                kept.append(replace(line, text=rest, marks=marks, left=None))
        else:
            account.doubt(line, f"行番号のようですが、前の行番号（{before}）に続きません")
            kept.append(line)
    return kept


def drop_page_furniture(lines: Lines, account: Account) -> Lines:
    """Takes away page numbers, and heads and feet that repeat; finds pages that are missing."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    if len(pages) < 2:
        return lines
    numbered = _drop_page_numbers(pages, account)
    repeated = _repeated_edges(pages)
    kept: Lines = []
    for page in pages:
        for at, line in enumerate(page):
            edges = [edge for edge in (0, len(page) - 1) if at == edge]
            times = max((repeated[edge > 0, _plain(line.text)] for edge in edges), default=0)
            if times >= max(_REPEATED, len(pages) / 3):
                account.drop(line, RUNNING_HEAD)
            else:
                kept.append(line)
    _check_page_order(numbered, account)
    return kept


def _drop_page_numbers(pages: list[Lines], account: Account) -> list[tuple[int, int, SourceLine]]:
    """Takes the numbers from the pages; returns (page, number, line) of each."""
    found = []
    for index, page in enumerate(pages):
        for at in (len(page) - 1, 0):
            if at < len(page) and (match := _PAGE_NUMBER.fullmatch(page[at].text)):
                found.append((index, at, int(match[1])))
                break
    offsets = Counter(number - index for index, _, number in found)
    if not found or offsets.most_common(1)[0][1] < min(3, len(pages) - 1):
        return []
    numbered = []
    for index, at, number in found:
        line = pages[index].pop(at)
        account.drop(line, PAGE_NUMBER)
        numbered.append((index, number, line))
    return numbered


def _check_page_order(numbered: Sequence[tuple[int, int, SourceLine]], account: Account) -> None:
    for (_, before, _), (_, number, line) in pairwise(numbered):
        if number not in (before + 1, 1):
            account.problem(
                line,
                f"ページ番号が {before} から {number} に飛んでいます。"
                "ページが抜けていないか、元の文書を確かめてください",
            )


def _repeated_edges(pages: list[Lines]) -> Counter[tuple[bool, str]]:
    """Counts the heads and, apart from them, the feet (True) of pages."""
    counts: Counter[tuple[bool, str]] = Counter()
    for page in pages:
        if page:
            counts.update([(False, _plain(page[0].text)), (True, _plain(page[-1].text))])
    return counts


def _plain(text: str) -> str:
    """Returns the text of a head or foot without spaces and the page's number at its ends."""
    return re.sub(r"^[-0-9０-９]+|[-0-9０-９]+$", "", re.sub(r"\s+", "", text))


def drop_contents(lines: Lines, account: Account) -> tuple[Lines, list[TitleEntry], Lines]:
    """Takes away the table of contents.

    Returns:
        the lines behind it, its entries, and the lines before it (the cover).
    """
    start = _contents_start(lines[: max(len(lines) // 3, 60)])
    if start is None:
        return lines, [], []
    end, entries = _read_entries(lines, start)
    if not entries:  # a contents page without page numbers
        end = _repeated_until(lines, start + 1)
        if end == start + 1:
            return lines, [], []
        entries = [TitleEntry(line.text, "", line) for line in lines[start + 1 : end]]
    page = lines[end - 1].page
    while page is not None and end < len(lines) and lines[end].page == page:
        account.doubt(lines[end], "目次のページにあるため、目次の続きとして除きました")
        end += 1
    for line in lines[start:end]:
        account.drop(line, CONTENTS)
    return lines[end:], entries, lines[:start]


def _entry(line: SourceLine) -> re.Match[str] | None:
    """Matches a line of the contents with its page number; none is that long."""
    return _ENTRY.match(line.text) if len(line.text) < _LONGEST_ENTRY else None


def _read_entries(lines: Lines, start: int) -> tuple[int, list[TitleEntry]]:
    """Returns where the entries with page numbers end, and what they are."""
    end, entries, wrapped = start + 1, list[TitleEntry](), list[SourceLine]()
    for at in range(start, len(lines)):
        if match := _entry(lines[at]):
            text = "".join(part.text for part in wrapped) + match[1].strip()
            entries.append(TitleEntry(text, match[2], lines[at]))
            end, wrapped = at + 1, []
        elif at > start and len(wrapped) == _MOST_WRAPPED:
            break
        elif at > start:
            wrapped.append(lines[at])
    return end, entries


def _repeated_until(lines: Lines, start: int) -> int:
    """Returns where the lines end that stand in the document once more, as its headings."""
    counts = Counter(squeeze(line.text) for line in lines[start:])
    end = start
    while end < len(lines):
        text = squeeze(lines[end].text)
        bare = re.sub(r"^[0-9]+\.", "", text, count=1)
        if counts[text] < 2 and not (bare != text and counts[bare]):
            break
        counts[text] -= 1
        end += 1
    return end


def _contents_start(lines: Lines) -> int | None:
    for at, line in enumerate(lines):
        if _CONTENTS_TITLE.fullmatch(line.text.strip()):
            return at
    found = [at for at, line in enumerate(lines) if _entry(line)]
    for first, third in zip(found, found[_ENTRIES - 1 :], strict=False):
        if third - first < _ENTRIES + 2:
            return first
    return None


def drop_back_matter(lines: Lines, account: Account) -> Lines:
    """Takes away an index and the imprint at the end, which are made anew for each edition."""
    for at, line in enumerate(lines):
        if at > len(lines) / 2 and BACK_TITLE.fullmatch(line.text):
            for dropped in lines[at:]:
                account.drop(dropped, BACK)
            return lines[:at]
    return lines
