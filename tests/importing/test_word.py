"""Word files: styles of headings, numbers of lists, footnotes, tables, tracked changes."""

import io
import re
import zipfile
from typing import Final

import pytest

from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.document_worker import read_content
from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.office.word_writer import (
    DocxBlock,
    DocxCell,
    DocxChange,
    DocxDocument,
    DocxNote,
    DocxParagraph,
    DocxRow,
    DocxRun,
    DocxTable,
    write_docx,
)
from tests.importing.documents import data_of, doubts

NUMBERING: Final = """\
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>"""


def paragraph(text: str, style: str = "", note: str = "") -> DocxParagraph:
    footnote = DocxNote((DocxRun(note),)) if note else None
    return DocxParagraph((DocxRun(text, note=footnote),), style)


def row(*cells: str) -> DocxRow:
    return DocxRow(tuple(DocxCell((paragraph(cell),)) for cell in cells))


def docx(*blocks: DocxBlock) -> bytes:
    return write_docx(DocxDocument("計画", "作成者", blocks))


def with_list(content: bytes) -> bytes:
    """Makes list items of the paragraphs that begin with 「#」: numId 7."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            if info.filename == "word/document.xml":
                item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
                text = re.sub(
                    r"<w:p>(?=(?:(?!</w:p>).)*>#)", f"<w:p><w:pPr>{item}</w:pPr>", text.decode()
                ).replace(">#", ">").encode()  # fmt: skip
            if info.filename == "word/_rels/document.xml.rels":
                relation = (
                    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/'
                    'officeDocument/2006/relationships/numbering" Target="numbering.xml"/>'
                )
                text = text.replace(b"</Relationships>", f"{relation}</Relationships>".encode())
            new.writestr(info.filename, text)
        new.writestr("word/numbering.xml", NUMBERING)
    return out.getvalue()


def read(content: bytes) -> ImportResult:
    return import_source(read_content("a.docx", ".docx", content))


HEAD: Final = (paragraph("計画（案）"), paragraph("第1章　施策"))


def test_numbers_of_a_list_are_labels() -> None:
    blocks = (*HEAD, paragraph("#整備【総務省】"), paragraph("#育成【文科省】"))
    result = read(with_list(docx(*blocks)))
    assert data_of(result, "chapters/measures.yaml")["measures"] == ["measures-1", "measures-2"]
    assert data_of(result, "measures/measures-2.yaml")["text"] == "育成"
    assert result.is_complete


def test_footnotes_stand_at_their_marks() -> None:
    result = read(docx(*HEAD, paragraph("・整備の推進", note="設備をいう。"), paragraph("・次")))
    assert data_of(result, "chapters/measures.yaml")["body"] == [
        {"bullet": ["整備の推進", {"footnote": "設備をいう。"}]},
        "次",
    ]
    assert result.is_complete


def test_tables_are_tables() -> None:
    rows = (row("指標", "目標"), row("交付率", "100%"), row("満足度", ""))
    result = read(docx(*HEAD, paragraph("次のとおり。"), DocxTable((3000, 3000), rows)))
    assert data_of(result, "chapters/measures.yaml")["body"] == [
        {"plain": "次のとおり。"},
        {"table": {"columns": ["指標", "目標"], "rows": [["交付率", "100%"], ["満足度", ""]]}},
    ]
    assert result.is_complete


def test_tracked_changes_are_refused() -> None:
    change = DocxChange("ins", "担当", "2026-01-31T00:00:00Z")
    added = DocxParagraph((DocxRun("・追記", change=change),))
    with pytest.raises(CommandError) as caught:
        read(docx(*HEAD, added))
    assert str(caught.value) == (
        "a.docx に変更履歴が 1 か所残っています。どちらの文を読むかが決まりません。"
        "Word の「校閲」で、すべての変更を反映するか元に戻して、保存し直してください。"
    )


def test_no_doubts_of_what_is_plain() -> None:
    assert doubts(read(docx(*HEAD, paragraph("・一つ目。")))) == []


def test_headings_by_their_styles_alone() -> None:
    result = read(
        docx(
            paragraph("地域計画（案）", "Title"),
            paragraph("現状", "Heading1"), paragraph("人口", "Heading2"), paragraph("減少する。"),
            paragraph("産業", "Heading2"), paragraph("縮小する。"),
            paragraph("施策", "Heading1"), paragraph("雇用", "Heading2"), paragraph("支援する。"),
        )
    )  # fmt: skip
    assert data_of(result, "plan.yaml")["chapters"] == ["background", "measures"]
    sections = data_of(result, "chapters/background.yaml")["sections"]
    assert [section["title"] for section in sections] == ["人口", "産業"]
    assert result.is_complete
