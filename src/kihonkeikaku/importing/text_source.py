"""Text and Markdown → lines. A form feed begins a page, as ``pdftotext -layout`` writes it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.source_lines import Source, SourceLine, width_in_ems

_ENCODINGS: Final = ("cp932", "euc_jp")

_EDGES: Final = range(25, 70)
"""At which widths pages break lines, in ems."""
_RAGGED: Final = 2.5
_WRAPPED: Final = 0.2
"""Least share of lines that end at the page's edge, in text that a page broke; else 0.1."""

_HEADING: Final = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_ITEM: Final = re.compile(r"^[-*+][ \t]+(?![・○●①-⑳0-9])")
_LETTER_SPACED: Final = re.compile(r"(?:[^\x00-\x7f] ){6,}[^\x00-\x7f]")
"""How pdftotext gives a line whose characters were spread over the whole width."""
_EMPHASIS: Final = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")


def read_text(label: str, content: bytes, *, is_markdown: bool) -> Source:
    """Returns the lines of a text.

    Raises:
        CommandError: it is in no encoding of Japanese text.
    """
    text = _decode(label, content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CommandError(f"{label} には文字がありません。")
    return Source(label, tuple(_lines(text, is_markdown=is_markdown)))


def _decode(label: str, content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CommandError(
        f"{label} の文字コードが分かりません。UTF-8 で保存し直したファイルを読み込んでください。"
    )


def _lines(text: str, *, is_markdown: bool) -> Iterator[SourceLine]:
    pages = text.split("\f")
    written = [
        (page, line) for page, part in enumerate(pages, start=1) for line in part.split("\n")
    ]
    filled = [line for _, line in written if line.strip()]
    has_places = _has_places(filled)
    is_whole = not _is_wrapped(filled)
    blank, page_above = 0, 0
    for number, (page, line) in enumerate(written, start=1):
        stripped = _LETTER_SPACED.sub(lambda match: match[0].replace(" ", ""), line).strip()
        if not stripped:
            blank += 1
            continue
        expanded = line.expandtabs(8).rstrip()
        left = width_in_ems(expanded) - width_in_ems(expanded.lstrip())
        level, shown = _markdown(stripped) if is_markdown else (None, stripped)
        yield SourceLine(
            number,
            page if len(pages) > 1 else None,
            _EMPHASIS.sub(lambda m: m[1] or m[2], shown),
            left=left if has_places else None,
            right=width_in_ems(expanded) if has_places else None,
            gap=blank + 1.0 if page == page_above else 0.0,
            level=level,
            is_whole=is_whole or level is not None,
        )
        blank, page_above = 0, page


def _markdown(line: str) -> tuple[int | None, str]:
    """Returns the level of a heading, and the text without the signs of Markdown."""
    match = _HEADING.match(line)
    return (len(match[1]), match[2]) if match else (None, _ITEM.sub("・", line))


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a text were broken by a page: many end at about the same width."""
    widths = [width_in_ems(line.strip()) for line in lines]
    at_edge = (sum(abs(width - edge) < _RAGGED for width in widths) for edge in _EDGES)
    return max(at_edge) > len(widths) * _WRAPPED


def _has_places(lines: list[str]) -> bool:
    """Whether the spaces at the heads of lines say where these stood on the page."""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    changes = sum(a != b for a, b in pairwise(indents))
    return changes > len(lines) / 10
