"""A document of runs, paragraphs and tables → the bytes of a .docx file.

What is written is what ECMA-376 part 1 calls transitional WordprocessingML, in the order that its
schema asks for. The same document gives the same bytes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from kihonkeikaku.office.package_writer import (
    PROPERTIES_RELATIONSHIPS,
    RELATIONSHIP_TYPES,
    PackagePart,
    properties_parts,
    relationships_xml,
    write_package,
)
from kihonkeikaku.office.word_styles import (
    UPRIGHT,
    WORD_NAMESPACES,
    PageSetup,
    footer_xml,
    section_xml,
    settings_xml,
    styles_xml,
)

DocxChangeKind = Literal["ins", "del", "moveFrom", "moveTo"]
DocxUnderline = Literal["", "single", "double"]

_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN: Final = "word/document.xml"


@dataclass(frozen=True, slots=True)
class DocxChange:
    """A tracked change: its kind, who made it, when.

    ``date`` is such as 2026-01-31T00:00:00Z; empty where nobody knows.
    """

    kind: DocxChangeKind
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class DocxNote:
    """A footnote. Word prints its number, between the marks that surround the run it is in."""

    runs: tuple["DocxRun", ...]
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class DocxRun:
    """A stretch of text; with ``note``, the number of that footnote follows it."""

    text: str
    bold: bool = False
    underline: DocxUnderline = ""
    superscript: bool = False
    change: DocxChange | None = None
    note: DocxNote | None = None


@dataclass(frozen=True, slots=True)
class DocxParagraph:
    """A paragraph in a style of ``word_styles``; ``bookmark`` goes over all of its text.

    ``mark`` is the tracked change of the paragraph's own mark. ``move`` names the move of which
    its runs are one end.
    """

    runs: tuple[DocxRun, ...]
    style: str = ""
    bookmark: str = ""
    mark: DocxChange | None = None
    move: str = ""


@dataclass(frozen=True, slots=True)
class DocxCell:
    """A cell of a table: its paragraphs, at least one, and how many columns it covers."""

    paragraphs: tuple[DocxParagraph, ...]
    span: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class DocxRow:
    """A row of a table; ``header`` rows are printed again on each page."""

    cells: tuple[DocxCell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class DocxTable:
    """A table with the widths of its columns, in twentieths of a point."""

    widths: tuple[int, ...]
    rows: tuple[DocxRow, ...]


DocxBlock = DocxParagraph | DocxTable


@dataclass(frozen=True, slots=True)
class DocxDocument:
    """A whole document. ``properties`` are the file's custom ones.

    ``tracks`` makes Word record changes from the moment the file is opened. The bytes of a file
    that is not ``compressed`` don't depend on the machine's zlib.
    """

    title: str
    creator: str
    blocks: tuple[DocxBlock, ...]
    page: PageSetup = UPRIGHT
    footer: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    tracks: bool = False
    compressed: bool = True


def write_docx(document: DocxDocument) -> bytes:
    """Returns the bytes of a document as a .docx file."""
    writer = _Writer()
    body = "".join(map(writer.block, document.blocks))
    last = document.blocks[-1] if document.blocks else None
    if not isinstance(last, DocxParagraph):
        body += "<w:p/>"  # a body ends with a paragraph
    main = {
        f"{RELATIONSHIP_TYPES}/styles": "styles.xml",
        f"{RELATIONSHIP_TYPES}/settings": "settings.xml",
        f"{RELATIONSHIP_TYPES}/footnotes": "footnotes.xml",
        f"{RELATIONSHIP_TYPES}/footer": "footer1.xml",
    }
    section = section_xml(document.page, f"rId{len(main)}")
    parts = [
        PackagePart(
            _MAIN,
            f"{_TYPES}.document.main+xml",
            f"<w:document {WORD_NAMESPACES}><w:body>{body}{section}</w:body></w:document>",
        ),
        PackagePart("word/_rels/document.xml.rels", "", relationships_xml(main)),
        PackagePart("word/styles.xml", f"{_TYPES}.styles+xml", styles_xml()),
        PackagePart(
            "word/settings.xml", f"{_TYPES}.settings+xml", settings_xml(tracks=document.tracks)
        ),
        PackagePart("word/footnotes.xml", f"{_TYPES}.footnotes+xml", writer.footnotes()),
        PackagePart("word/footer1.xml", f"{_TYPES}.footer+xml", footer_xml(document.footer)),
        *properties_parts(document.title, document.creator, document.properties),
    ]
    start = {f"{RELATIONSHIP_TYPES}/officeDocument": _MAIN, **PROPERTIES_RELATIONSHIPS}
    return write_package(parts, start, compressed=document.compressed)


class _Writer:
    """Writes blocks as XML, and collects their footnotes."""

    def __init__(self) -> None:
        self._ids = count(1)  # of marks and bookmarks, which share no meaning but need one each
        self._notes: list[str] = []

    def block(self, block: DocxBlock) -> str:
        return self._table(block) if isinstance(block, DocxTable) else self.paragraph(block)

    def paragraph(self, paragraph: DocxParagraph) -> str:
        runs = self._runs(paragraph.runs)
        if paragraph.move:
            runs = self._moved(paragraph, runs)
        if paragraph.bookmark:
            runs = self._bookmarked(paragraph.bookmark, runs)
        style = f'<w:pStyle w:val="{paragraph.style}"/>' if paragraph.style else ""
        mark = paragraph.mark
        changed = f"<w:rPr><w:{mark.kind}{self._change(mark)}/></w:rPr>" if mark else ""
        settings = f"<w:pPr>{style}{changed}</w:pPr>" if style or changed else ""
        return f"<w:p>{settings}{runs}</w:p>"

    def footnotes(self) -> str:
        separators = "".join(
            f'<w:footnote w:type="{type}" w:id="{id}">'
            f"<w:p><w:r><w:{type}/></w:r></w:p></w:footnote>"
            for id, type in ((-1, "separator"), (0, "continuationSeparator"))
        )
        return f"<w:footnotes {WORD_NAMESPACES}>{separators}{''.join(self._notes)}</w:footnotes>"

    def _bookmarked(self, name: str, runs: str) -> str:
        id = next(self._ids)
        start = f'<w:bookmarkStart w:id="{id}" w:name={quoteattr(name)}/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{id}"/>'

    def _moved(self, paragraph: DocxParagraph, runs: str) -> str:
        changes = [run.change for run in paragraph.runs if run.change]
        change = next((one for one in changes if one.kind.startswith("move")), None)
        if change is None:
            return runs
        id, name = next(self._ids), quoteattr(paragraph.move)
        start = f'w:id="{id}" w:name={name}{_author_attributes(change)}'
        kind = change.kind
        return f'<w:{kind}RangeStart {start}/>{runs}<w:{kind}RangeEnd w:id="{id}"/>'

    def _change(self, change: DocxChange) -> str:
        return f' w:id="{next(self._ids)}"{_author_attributes(change)}'

    def _runs(self, runs: Iterable[DocxRun]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: DocxRun) -> str:
        deleted = run.change is not None and run.change.kind in ("del", "moveFrom")
        settings = _run_settings(run.bold, run.underline, run.superscript)
        content = _text_xml(run.text, "delText" if deleted else "t")
        xml = f"<w:r>{settings}{content}</w:r>" if content else ""
        if run.note:
            xml += self._note(run.note, settings)
        if run.change and xml:
            return f"<w:{run.change.kind}{self._change(run.change)}>{xml}</w:{run.change.kind}>"
        return xml

    def _note(self, note: DocxNote, settings: str) -> str:
        id = len(self._notes) + 1
        self._notes.append("")  # keeps its place
        number = f"<w:r>{_run_settings(False, '', True)}<w:footnoteRef/></w:r>"
        label = number + self._run(DocxRun("　"))
        runs = self._runs(note.runs)
        if note.bookmark:
            runs = self._bookmarked(note.bookmark, runs)
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{label}{runs}</w:p>'
        self._notes[id - 1] = f'<w:footnote w:id="{id}">{paragraph}</w:footnote>'
        return f'<w:r>{settings}<w:footnoteReference w:id="{id}"/></w:r>'

    def _table(self, table: DocxTable) -> str:
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
        rows = "".join(self._row(row, table.widths) for row in table.rows)
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def _row(self, row: DocxRow, widths: tuple[int, ...]) -> str:
        cells, column = [], 0
        for cell in row.cells:
            width = sum(widths[column : column + cell.span])
            column += cell.span
            span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>' if cell.shaded else ""
            content = "".join(map(self.paragraph, cell.paragraphs))
            settings = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}</w:tcPr>'
            cells.append(f"<w:tc>{settings}{content}</w:tc>")
        header = "<w:trPr><w:tblHeader/></w:trPr>" if row.header else ""
        return f"<w:tr>{header}{''.join(cells)}</w:tr>"


def _author_attributes(change: DocxChange) -> str:
    date = f" w:date={quoteattr(change.date)}" if change.date else ""
    return f" w:author={quoteattr(change.author)}{date}"


@lru_cache(maxsize=16)
def _run_settings(bold: bool, underline: str, superscript: bool) -> str:
    settings = "<w:b/>" if bold else ""
    settings += f'<w:u w:val="{underline}"/>' if underline else ""
    settings += '<w:vertAlign w:val="superscript"/>' if superscript else ""
    return f"<w:rPr>{settings}</w:rPr>" if settings else ""


def _text_xml(text: str, element: str) -> str:
    """Returns the content of a run: lines of text with breaks between them."""
    lines = [
        f'<w:{element} xml:space="preserve">{escape(line)}</w:{element}>' if line else ""
        for line in text.split("\n")
    ]
    return "<w:br/>".join(lines)
