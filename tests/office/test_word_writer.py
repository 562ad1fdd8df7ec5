"""A document that is written reads back as it was, byte for byte the same each time."""

import io
import zipfile
from typing import Final

from kihonkeikaku.office.archive import open_archive
from kihonkeikaku.office.word_file import NOTE_MARK, WordFile, view_text
from kihonkeikaku.office.word_reader import read_word_file
from kihonkeikaku.office.word_styles import PageSetup
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

INSERTED: Final = DocxChange("ins", "甲 & 乙", "2026-05-01T00:00:00Z")
DELETED: Final = DocxChange("del", "甲 & 乙", "2026-05-01T00:00:00Z")


def document(*blocks: DocxBlock, tracks: bool = False) -> DocxDocument:
    return DocxDocument("題 <名>", "府", blocks, properties={"印": '"値" & <値>'}, tracks=tracks)


def read_back(*blocks: DocxBlock) -> WordFile:
    return read_word_file(write_docx(document(*blocks)), "a.docx")


def plain(text: str) -> DocxParagraph:
    return DocxParagraph((DocxRun(text),))


def test_text_style_bookmark_and_properties_read_back() -> None:
    file = read_back(DocxParagraph((DocxRun(" <計> &\n画 "),), "Heading1", "U0001"))
    [paragraph] = file.paragraphs
    assert paragraph.text("accepted") == " <計> &\n画 "
    assert paragraph.style == "heading 1"
    assert paragraph.bookmarks == ("U0001",)
    assert file.properties == {"印": '"値" & <値>'}
    assert file.ignored == ()


def test_marks_read_back() -> None:
    file = read_back(
        DocxParagraph((DocxRun("甲"), DocxRun("乙", change=DELETED)), mark=INSERTED),
        DocxParagraph((DocxRun("丙", change=INSERTED),)),
    )
    assert view_text(file.paragraphs, "rejected") == "甲乙"
    assert view_text(file.paragraphs, "accepted") == "甲\n丙"
    assert {change.author for change in file.changes()} == {"甲 & 乙"}


def test_moves_read_back() -> None:
    moves = [DocxChange(kind, "甲", "2026-05-01T00:00:00Z") for kind in ("moveFrom", "moveTo")]
    ends = [DocxParagraph((DocxRun("甲", change=m),), mark=m, move="移動1") for m in moves]
    file = read_back(ends[0], plain("乙"), ends[1], plain("丙"))
    assert view_text(file.paragraphs, "rejected") == "甲\n乙\n丙"
    assert view_text(file.paragraphs, "accepted") == "乙\n甲\n丙"
    assert all(change.moved for change in file.changes())


def test_footnotes_read_back_where_their_numbers_stand() -> None:
    note = DocxNote((DocxRun("注の文"),), "U0002")
    file = read_back(DocxParagraph((DocxRun("文（注", note=note), DocxRun("）")), bookmark="U0001"))
    [paragraph] = file.paragraphs
    assert paragraph.text("accepted") == f"文（注{NOTE_MARK}）"
    assert view_text(file.footnotes["1"], "accepted") == f"{NOTE_MARK}　注の文"
    assert file.footnotes["1"][0].bookmarks == ("U0002",)


def test_tables_read_back_and_a_document_never_ends_with_one() -> None:
    cells = DocxCell((plain("甲"),), 2), DocxCell((plain("乙"), plain("丙")), shaded=True)
    table = DocxTable((1000, 1000, 1000), (DocxRow(cells, header=True),))
    file = read_back(table)
    assert view_text(file.paragraphs, "accepted") == "甲\n乙\n丙\n"
    assert [p.cell and (p.cell.column, p.cell.span) for p in file.paragraphs] == [
        (0, 2),
        (2, 1),
        (2, 1),
        None,
    ]


def test_the_same_document_gives_the_same_bytes_whatever_the_clock() -> None:
    content = write_docx(document(plain("甲")))
    assert content == write_docx(document(plain("甲")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_settings_ask_word_to_record_changes_only_where_asked() -> None:
    for tracks in (False, True):
        settings = open_archive(write_docx(document(plain("甲"), tracks=tracks)), "a").read(
            "word/settings.xml"
        )
        assert (b"<w:trackRevisions/>" in settings) is tracks


def test_the_page_may_lie() -> None:
    upright, lying = PageSetup(), PageSetup(landscape=True)
    assert (upright.text_width, lying.text_width) == (9070, 14002)
    content = write_docx(DocxDocument("題", "府", (plain("甲"),), page=lying))
    assert b'w:w="16838" w:h="11906" w:orient="landscape"' in open_archive(content, "a").read(
        "word/document.xml"
    )
