"""A .docx file that anybody may have written → ``WordFile``: text and marks, nothing of layout."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from kihonkeikaku.office.archive import (
    OfficeArchive,
    OfficeFileError,
    open_archive,
    part_relationships,
)
from kihonkeikaku.office.word_file import (
    NOTE_MARK,
    UNCHANGED,
    WordCellPlace,
    WordComment,
    WordFile,
    WordParagraph,
    WordPresence,
    WordSpan,
)

MOST_COLUMNS: Final = 63
"""Word's own limit of a table's columns."""

_WORD_NAMESPACES: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_INSERTING: Final = frozenset({"ins", "moveTo"})
_DELETING: Final = frozenset({"del", "moveFrom"})
_CHARACTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTE_NUMBERS: Final = {
    "footnoteReference": "",
    "endnoteReference": "end-",
    "footnoteRef": "",  # in the note itself, without an id
    "endnoteRef": "",
}
"""What prints the number of a note, and what its id begins with here."""
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_word_file(content: bytes, label: str) -> WordFile:
    """Reads a .docx file.

    Args:
        content: the bytes of the file.
        label: how the user named it, for messages.

    Raises:
        OfficeFileError: it is no sound Word file.
    """
    archive = open_archive(content, label)
    main = _main_part(archive)
    document = archive.xml(main)
    namespace, _, name = document.tag.removeprefix("{").partition("}")
    body = document.find(f"{{{namespace}}}body")
    if namespace not in _WORD_NAMESPACES or name != "document" or body is None:
        raise OfficeFileError(
            label, "Word の文書ではありません", "「.docx」の形式で保存し直してください。"
        )
    related = _related_parts(archive, main)
    prefix = f"{{{namespace}}}"
    styles = _style_names(archive, related.get("styles"), prefix)
    reader = _BodyReader(prefix, styles, label)
    paragraphs = reader.read(body)
    footnotes: dict[str, tuple[WordParagraph, ...]] = {}
    for kind, mark in (("footnotes", ""), ("endnotes", "end-")):
        footnotes.update(_notes(archive, related.get(kind), prefix, mark, reader))
    return WordFile(
        tuple(paragraphs),
        footnotes,
        _comments(archive, related.get("comments"), prefix, reader),
        _custom_properties(archive),
        tuple(dict.fromkeys((*archive.ignored, *reader.ignored))),
    )


def _main_part(archive: OfficeArchive) -> str:
    for type, target in part_relationships(archive, "").values():
        if type.endswith("/officeDocument"):
            return target
    raise OfficeFileError(archive.label, "文書の本体が見つかりません")


def _related_parts(archive: OfficeArchive, main: str) -> dict[str, str]:
    """Returns the parts that the main one relates to, by the last word of the relation's type."""
    return {
        type.rpartition("/")[2]: target
        for type, target in part_relationships(archive, main).values()
        if archive.has_part(target)
    }


def _style_names(archive: OfficeArchive, part: str | None, prefix: str) -> dict[str, str]:
    if part is None:
        return {}
    names = {}
    for style in archive.xml(part).iter(f"{prefix}style"):
        name = style.find(f"{prefix}name")
        if name is not None:
            names[style.get(f"{prefix}styleId", "")] = name.get(f"{prefix}val", "")
    return names


def _notes(
    archive: OfficeArchive, part: str | None, prefix: str, mark: str, reader: "_BodyReader"
) -> Iterator[tuple[str, tuple[WordParagraph, ...]]]:
    for note in archive.xml(part) if part else ():
        if note.get(f"{prefix}type") not in _SEPARATORS:
            yield mark + note.get(f"{prefix}id", ""), tuple(reader.read(note))


def _comments(
    archive: OfficeArchive, part: str | None, prefix: str, reader: "_BodyReader"
) -> dict[str, WordComment]:
    return {
        comment.get(f"{prefix}id", ""): WordComment(
            comment.get(f"{prefix}author", ""),
            comment.get(f"{prefix}date", ""),
            "\n".join(paragraph.text("accepted") for paragraph in reader.read(comment)),
        )
        for comment in (archive.xml(part) if part else ())
    }


def _custom_properties(archive: OfficeArchive) -> dict[str, str]:
    for type, target in part_relationships(archive, "").values():
        if type.endswith("/custom-properties") and archive.has_part(target):
            return {
                item.get("name", ""): "".join(value.text or "" for value in item)
                for item in archive.xml(target)
            }
    return {}


class _BodyReader:
    """Reads the blocks of one part after another; counts containers and tables through all."""

    def __init__(self, prefix: str, styles: dict[str, str], label: str) -> None:
        self._prefix, self._styles, self._label = prefix, styles, label
        self._containers = self._tables = 0
        self._names: dict[str, str] = {}  # of elements, by their tags
        self.ignored: list[str] = []

    def read(self, story: Element) -> list[WordParagraph]:
        """Returns the paragraphs of a body, a footnote or a comment."""
        self._found: list[WordParagraph] = []
        self._ending = self._find_ending_bookmarks(story)
        self._bookmarks: dict[str, str] = {}  # open ones: their names by their ids
        self._starting: list[str] = []  # begun since the last paragraph
        self._carried: list[str] = []  # begun in an earlier paragraph and still open
        self._blocks(story, UNCHANGED, None, in_box=False)
        return self._found

    def _find_ending_bookmarks(self, story: Element) -> frozenset[str]:
        """Returns the ids of bookmarks that end after they begin: LibreOffice writes others too."""
        started, ending = set[str](), set[str]()
        for element in story.iter():
            if element.tag.endswith("}bookmarkStart"):
                started.add(element.get(f"{self._prefix}id", ""))
            elif element.tag.endswith("}bookmarkEnd"):
                ending.update(started & {element.get(f"{self._prefix}id", "")})
        return frozenset(ending)

    def _name(self, element: Element) -> str:
        """Returns an element's name without its namespace."""
        tag = element.tag
        if tag not in self._names:
            self._names[tag] = tag.rpartition("}")[2]
        return self._names[tag]

    def _value(self, element: Element, name: str, attribute: str = "val") -> str | None:
        child = element.find(f"{self._prefix}{name}")
        return None if child is None else child.get(f"{self._prefix}{attribute}", "")

    def _blocks(
        self, story: Element, presence: WordPresence, cell: WordCellPlace | None, *, in_box: bool
    ) -> None:
        self._containers += 1
        self._read_blocks(story, presence, cell, self._containers, in_box)

    def _read_blocks(
        self,
        parent: Element,
        presence: WordPresence,
        cell: WordCellPlace | None,
        container: int,
        in_box: bool,
    ) -> None:
        for block in parent:
            match self._name(block):
                case "p":
                    self._paragraph(block, presence, cell, container, in_box)
                case "tbl":
                    self._table(block, presence)
                case "altChunk":
                    self.ignored.append("差し込まれた別の文書")
                case "bookmarkStart" | "bookmarkEnd":
                    self._bookmark(block, may_end_unseen=True)
                case "sdt" | "sdtContent" | "customXml" | "ins" | "del" | "moveFrom" | "moveTo":
                    inner = self._marked(block, presence)
                    self._read_blocks(block, inner, cell, container, in_box)

    def _table(self, table: Element, presence: WordPresence) -> None:
        number, self._tables = self._tables, self._tables + 1
        for row_number, row in enumerate(self._inside(table, "tr")):
            properties = row.find(f"{self._prefix}trPr")
            row_presence = self._marked_within(properties, presence)
            column = 0
            for cell in self._inside(row, "tc"):
                settings = cell.find(f"{self._prefix}tcPr")
                span, continues = 1, False
                if settings is not None:
                    width = self._value(settings, "gridSpan") or "1"
                    span = int(width) if width.isdecimal() and len(width) < 4 else MOST_COLUMNS + 1
                    continues = self._value(settings, "vMerge") in ("", "continue")
                column += span
                if column > MOST_COLUMNS:
                    raise OfficeFileError(
                        self._label, f"表の列が多すぎます（Word の上限は {MOST_COLUMNS} 列です）"
                    )
                place = WordCellPlace(number, row_number, column - span, span, continues)
                self._blocks(cell, row_presence, place, in_box=False)

    def _inside(self, element: Element, name: str) -> Iterator[Element]:
        """Yields the rows of a table or the cells of a row, also those in a content control."""
        for child in element:
            if self._name(child) == name:
                yield child
            elif self._name(child) in ("sdt", "sdtContent", "customXml"):
                yield from self._inside(child, name)

    def _paragraph(
        self,
        element: Element,
        presence: WordPresence,
        cell: WordCellPlace | None,
        container: int,
        in_box: bool,
    ) -> None:
        settings = element.find(f"{self._prefix}pPr")
        style, numbering, mark = "", None, presence
        if settings is not None:
            id = self._value(settings, "pStyle") or ""
            style = self._styles.get(id, id)
            numbering = self._numbering(settings)
            mark = self._marked_within(settings.find(f"{self._prefix}rPr"), presence)
        self._carried = [name for name in self._bookmarks.values() if name not in self._starting]
        content = _ParagraphContent()
        self._inline(element, presence, content)
        bookmarks = tuple(dict.fromkeys((*self._carried, *self._starting)))
        self._starting = []
        self._found.append(
            WordParagraph(
                _merge_spans(content.spans),
                mark,
                style,
                numbering,
                bookmarks,
                tuple(dict.fromkeys(content.comments)),
                cell,
                in_box,
                container,
            )
        )
        for box in content.boxes:
            self._blocks(box, presence, cell, in_box=True)

    def _numbering(self, settings: Element) -> tuple[str, int] | None:
        numbering = settings.find(f"{self._prefix}numPr")
        if numbering is None:
            return None
        level = self._value(numbering, "ilvl") or "0"
        number = self._value(numbering, "numId") or ""
        return (number, int(level)) if level in "012345678" and number not in ("", "0") else None

    def _bookmark(self, element: Element, *, may_end_unseen: bool) -> None:
        """Begins or ends one; ``may_end_unseen`` where no text of the paragraph came before."""
        id = element.get(f"{self._prefix}id", "")
        if self._name(element) == "bookmarkEnd":
            name = self._bookmarks.pop(id, None)
            if name in self._carried and may_end_unseen:
                self._carried.remove(name)
        elif name := element.get(f"{self._prefix}name", ""):
            self._starting.append(name)
            if id in self._ending:
                self._bookmarks[id] = name

    def _marked(self, element: Element, presence: WordPresence) -> WordPresence:
        """Returns the presence of what stands inside of an element that may be a mark."""
        name = self._name(element)
        if name not in _INSERTING and name not in _DELETING:
            return presence
        return WordPresence(
            rejected=presence.rejected and name not in _INSERTING,
            accepted=presence.accepted and name not in _DELETING,
            moved=name.startswith("move"),
            author=element.get(f"{self._prefix}author", ""),
            date=element.get(f"{self._prefix}date", ""),
        )

    def _marked_within(self, settings: Element | None, presence: WordPresence) -> WordPresence:
        """Returns the presence of a row or paragraph's mark by the marks among its settings."""
        for setting in settings if settings is not None else ():
            presence = self._marked(setting, presence)
        return presence

    def _inline(
        self, parent: Element, presence: WordPresence, content: "_ParagraphContent"
    ) -> None:
        for child in parent:
            name = self._name(child)
            span = self._span(child, name, presence)
            if span:
                content.add(span)
            elif name == "txbxContent":
                content.boxes.append(child)
            elif name == "commentReference":
                content.comments.append(child.get(f"{self._prefix}id", ""))
            elif name in ("bookmarkStart", "bookmarkEnd"):
                self._bookmark(child, may_end_unseen=not content.spans)
            elif name not in ("Fallback", "pPr"):
                if name == "vanish":
                    self.ignored.append("隠し文字の設定（文字は読みました）")
                self._inline(child, self._marked(child, presence), content)

    def _span(self, element: Element, name: str, presence: WordPresence) -> WordSpan | None:
        """Returns what an element says by itself; nothing where it is no text."""
        if name in ("t", "delText"):
            return WordSpan(element.text or "", presence)
        if name in _CHARACTERS:
            is_layout = element.get(f"{self._prefix}type") in ("page", "column")
            return WordSpan("" if is_layout else _CHARACTERS[name], presence)
        if name in _NOTE_NUMBERS:
            id = element.get(f"{self._prefix}id", "")
            return WordSpan(NOTE_MARK, presence, note=_NOTE_NUMBERS[name] + id if id else "")
        if name == "ruby":
            return self._ruby(element, presence)
        if name == "sym":
            self.ignored.append("記号用の書体の文字（〓と読みました）")
            return WordSpan("〓", presence)
        return None

    def _ruby(self, ruby: Element, presence: WordPresence) -> WordSpan:
        def text(name: str) -> str:
            parts = ruby.iterfind(f"{self._prefix}{name}//{self._prefix}t")
            return "".join(part.text or "" for part in parts)

        return WordSpan(text("rubyBase"), presence, reading=text("rt"))


class _ParagraphContent:
    """What is collected while a paragraph is read."""

    def __init__(self) -> None:
        self.spans: list[WordSpan] = []
        self.comments: list[str] = []
        self.boxes: list[Element] = []

    def add(self, span: WordSpan) -> None:
        if span.text and (span.presence.rejected or span.presence.accepted):
            self.spans.append(span)


def _merge_spans(spans: list[WordSpan]) -> tuple[WordSpan, ...]:
    """Joins neighbours that are alike but for their text."""
    merged: list[WordSpan] = []
    for span in spans:
        last = merged[-1] if merged else None
        plain = not span.reading and not span.note
        if last and plain and replace(last, text=span.text) == span:
            merged[-1] = replace(last, text=last.text + span.text)
        else:
            merged.append(span)
    return tuple(merged)
