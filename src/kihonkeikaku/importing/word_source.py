"""Word → lines, one a paragraph: styles of headings, list numbers, notes, ruby, tables."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.labels import find_label, find_sign
from kihonkeikaku.importing.source_lines import NoteMark, Source, SourceLine
from kihonkeikaku.office.archive import open_archive, part_relationships
from kihonkeikaku.office.word_file import NOTE_MARK, WordFile, WordParagraph
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.text.counters import format_counter

_HEADING: Final = re.compile(r"(?:heading|見出し)\s*([1-9])", re.IGNORECASE)
_TITLE: Final = re.compile(r"title|表題", re.IGNORECASE)
_TITLE_SIZE: Final = 2.0

_NOTE_HEAD: Final = re.compile(rf"^[（(]?注?{NOTE_MARK}[）)]?")
"""What a footnote begins with: its number, perhaps in brackets."""
_OPENED_MARK: Final = re.compile(r"（注$")

_STYLES: Final = {
    "decimal": "1",
    "decimalFullWidth": "１",
    "decimalFullWidth2": "１",
    "decimalHalfWidth": "1",
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
    "decimalEnclosedParen": "⑴",
    "aiueo": "ア",
    "aiueoFullWidth": "ア",
    "lowerLetter": "a",
    "upperLetter": "A",
    "upperRoman": "Ⅰ",
    "lowerRoman": "ⅰ",
    "japaneseCounting": "一",
    "chineseCounting": "一",
    "ideographDigital": "一",
}
"""The formats of numbers (ECMA-376 part 1, 17.18.59) in the styles of ``labels``."""

_BULLET: Final = "・"


@dataclass(slots=True)
class _Level:
    """One level of a list: the format of its numbers, and the text around them."""

    style: str
    text: str
    start: int


@dataclass(slots=True)
class _Lists:
    """The lists of a document, and where the counting of each stands."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next_label(self, list_id: str, level: int) -> str:
        """Counts on, and returns the label of the next paragraph of a list."""
        levels = self.levels.get(list_id, {})
        if level not in levels:
            return ""
        counts = self.counts[list_id]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for lower in [each for each in counts if each > level]:
            del counts[lower]
        if levels[level].style == "":
            return _BULLET
        return re.sub(
            r"%([1-9])",
            lambda match: self._number(levels, counts, int(match[1]) - 1),
            levels[level].text,
        )

    def _number(self, levels: dict[int, _Level], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""
        return format_counter(levels[level].style or "1", counts.get(level, levels[level].start))


def read_word(label: str, content: bytes) -> Source:
    """Returns the paragraphs of a Word file.

    Raises:
        CommandError: it is no sound Word file, it has tracked changes, or no text.
    """
    word = read_word_file(content, label)
    changes = sum(1 for _ in word.changes())
    if changes:
        raise CommandError(
            f"{label} に変更履歴が {changes} か所残っています。どちらの文を読むかが決まりません。"
            "Word の「校閲」で、すべての変更を反映するか元に戻して、保存し直してください。"
        )
    lines = tuple(_lines(word, _read_lists(label, content)))
    if not lines:
        raise CommandError(f"{label} には文字がありません。")
    return Source(label, (*lines, *_notes(word, len(lines))))


def _notes(word: WordFile, before: int) -> Iterator[SourceLine]:
    """Yields the footnotes, a line a paragraph, behind the lines of the text."""
    number = before
    for label, paragraphs in word.footnotes.items():
        for paragraph in paragraphs:
            text = _NOTE_HEAD.sub("", paragraph.text("accepted")).strip()
            if text:
                number += 1
                yield SourceLine(number, None, text, is_whole=True, note=label)


def _lines(word: WordFile, lists: _Lists) -> Iterator[SourceLine]:
    number = 0
    for paragraph in word.paragraphs:
        label = lists.next_label(*paragraph.numbering) if paragraph.numbering else ""
        if _has_own_label(paragraph.text("accepted")):
            label = ""  # a list whose numbers are typed, too
        for line in _split(paragraph):
            text, marks, ruby = line
            if not text.strip():
                continue
            number += 1
            heading = _HEADING.match(paragraph.style)
            yield SourceLine(
                number,
                None,
                label + text,
                size=_TITLE_SIZE if _TITLE.fullmatch(paragraph.style) else 1.0,
                marks=tuple(NoteMark(m.offset + len(label), m.label) for m in marks),
                level=int(heading[1]) if heading else None,
                is_whole=True,
                ruby=tuple((at + len(label), base, reading) for at, base, reading in ruby),
                cell=(paragraph.cell.table, paragraph.cell.row, paragraph.cell.column)
                if paragraph.cell
                else None,
            )
            label = ""


def _has_own_label(text: str) -> bool:
    found = find_label(text.strip())
    is_note = text.strip().startswith(("（注", "(注"))
    return is_note or bool(found and found.written) or bool(find_sign(text.strip()))


_Ruby = tuple[int, str, str]


def _split(paragraph: WordParagraph) -> Iterator[tuple[str, list[NoteMark], list[_Ruby]]]:
    """Yields the lines of a paragraph, which its author broke by hand, mostly one."""
    text, marks, ruby = "", list[NoteMark](), list[_Ruby]()
    closing = ""  # of the brackets around the number of a note
    for span in paragraph.spans:
        if span.note or span.text == NOTE_MARK:
            opened = _OPENED_MARK.search(text)
            text, closing = _OPENED_MARK.sub("", text), "）" if opened else ""
            marks.append(NoteMark(len(text), span.note))
            continue
        if span.reading:
            ruby.append((len(text), span.text, span.reading))
        *broken, last = span.text.removeprefix(closing).split("\n")
        closing = ""
        for part in broken:
            yield text + part, marks, ruby
            text, marks, ruby = "", [], []
        text += last
    yield text, marks, ruby


def _read_lists(label: str, content: bytes) -> _Lists:
    """Reads the definitions of lists (ECMA-376 part 1, 17.9)."""
    archive = open_archive(content, label)
    lists = _Lists()
    main = next((t for kind, t in part_relationships(archive, "").values()
                 if kind.endswith("/officeDocument")), "")  # fmt: skip
    for kind, target in part_relationships(archive, main).values():
        if not kind.endswith("/numbering") or not archive.has_part(target):
            continue
        root = archive.xml(target)
        prefix = root.tag.rpartition("}")[0] + "}"
        abstract = {
            each.get(f"{prefix}abstractNumId", ""): dict(_levels(each, prefix))
            for each in root.iter(f"{prefix}abstractNum")
        }
        for each in root.iter(f"{prefix}num"):
            reference = each.find(f"{prefix}abstractNumId")
            if reference is not None:
                lists.levels[each.get(f"{prefix}numId", "")] = abstract.get(
                    reference.get(f"{prefix}val", ""), {}
                )
    return lists


def _levels(abstract: Element, prefix: str) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iter(f"{prefix}lvl"):
        values = {child.tag.removeprefix(prefix): child.get(f"{prefix}val", "") for child in level}
        index, start = level.get(f"{prefix}ilvl", "0"), values.get("start", "1")
        if index.isdecimal() and start.isdecimal() and len(start) < 7:
            form = values.get("numFmt", "decimal")
            style = "" if form in ("bullet", "none") else _STYLES.get(form, "1")
            yield int(index), _Level(style, values.get("lvlText", ""), int(start))
