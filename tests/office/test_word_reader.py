"""A Word file is read with both views, whatever program wrote it."""

from typing import Final

import pytest

from kihonkeikaku.office.archive import OfficeFileError
from kihonkeikaku.office.word_file import (
    NOTE_MARK,
    WordCellPlace,
    WordComment,
    view_paragraphs,
    view_text,
)
from kihonkeikaku.office.word_reader import MOST_COLUMNS, read_word_file
from tests.office.archives import zip_of
from tests.office.word_xml import marked, p, t, word_file

STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"

VIEWS: Final[dict[str, tuple[str, str, str]]] = {
    "plain": (p(t("計画")) + p(), "計画\n", "計画\n"),
    "inserted": (p(t("計"), marked("ins", t("画"))), "計", "計画"),
    "deleted": (p(t("計"), marked("del", t("画", "delText"))), "計画", "計"),
    "deleted text without its element": (p(marked("del", t("計"))), "計", ""),
    "moved": (
        p(marked("moveFrom", t("甲")), mark="moveFrom") + p(t("乙")) + p(marked("moveTo", t("甲"))),
        "甲\n乙\n",
        "乙\n甲",
    ),
    "inserted and deleted again": (p(t("甲"), marked("ins", marked("del", t("乙")))), "甲", "甲"),
    "split": (p(t("甲"), mark="ins") + p(t("乙")), "甲乙", "甲\n乙"),
    "joined": (p(t("甲"), mark="del") + p(t("乙")), "甲\n乙", "甲乙"),
    "deleted whole": (
        p(marked("del", t("甲", "delText")), mark="del") + p(t("乙")),
        "甲\n乙",
        "乙",
    ),
    "last mark deleted": (p(t("甲"), mark="del"), "甲", "甲"),
    "line break, tab, hyphens": (
        p("<w:r><w:t>甲</w:t><w:br/><w:tab/><w:noBreakHyphen/><w:softHyphen/></w:r>"),
        "甲\n\t\u2011",
        "甲\n\t\u2011",
    ),
    "page break": (p('<w:r><w:br w:type="page"/><w:t>甲</w:t></w:r>'), "甲", "甲"),
    "tab stops are no tabs": (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr></w:p>",
        "",
        "",
    ),
    "field": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            t("第1節"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>',
        ),
        "第1節3",
        "第1節3",
    ),
    "content controls and links": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p(t('甲'))}</w:sdtContent></w:sdt>"
        + p(f"<w:hyperlink>{t('乙')}</w:hyperlink>", f"<w:smartTag>{t('丙')}</w:smartTag>")
        + p(f"<w:sdt><w:sdtContent>{t('丁')}</w:sdtContent></w:sdt>"),
        "甲\n乙丙\n丁",
        "甲\n乙丙\n丁",
    ),
    "ruby": (
        p(
            "<w:r><w:ruby><w:rt>",
            t("けい"),
            "</w:rt><w:rubyBase>",
            t("計"),
            "</w:rubyBase></w:ruby></w:r>",
        ),
        "計",
        "計",
    ),
    "symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "〓", "〓"),
    "row deleted": (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p(t("甲")) + "</w:tc></w:tr></w:tbl>",
        "甲",
        "",
    ),
    "only one of two alternatives": (
        p(
            '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:t>甲</w:t></mc:Choice>'
            "<mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        "甲",
        "甲",
    ),
}
"""Bodies, and both views of them, a line a paragraph."""


@pytest.mark.parametrize(("body", "rejected", "accepted"), VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("strict", [False, True], ids=["transitional", "strict"])
def test_both_views_follow_the_marks(body: str, rejected: str, accepted: str, strict: bool) -> None:
    content = word_file(body, STRICT) if strict else word_file(body)
    paragraphs = read_word_file(content, "a.docx").paragraphs
    assert view_text(paragraphs, "rejected") == rejected
    assert view_text(paragraphs, "accepted") == accepted


def test_a_change_names_who_made_it_and_when() -> None:
    file = read_word_file(word_file(p(marked("ins", t("甲"))) + p(mark="del") + p()), "a.docx")
    assert [(c.author, c.date, c.accepted) for c in file.changes()] == [
        ("甲", "2026-05-01T00:00:00Z", True),
        ("乙", "", False),
    ]


def test_a_view_tells_which_paragraphs_it_is_made_of() -> None:
    body = p(t("甲"), mark="del") + p(t("乙"), mark="ins") + p(t("丙"))
    paragraphs = read_word_file(word_file(body), "a.docx").paragraphs
    assert [(v.text, v.sources) for v in view_paragraphs(paragraphs, "accepted")] == [
        ("甲乙", (0, 1)),
        ("丙", (2,)),
    ]
    assert [(v.text, v.sources) for v in view_paragraphs(paragraphs, "rejected")] == [
        ("甲", (0,)),
        ("乙丙", (1, 2)),
    ]


@pytest.mark.parametrize(
    ("body", "bookmarks"),
    [
        (p('<w:bookmarkStart w:id="1" w:name="a"/>') + p(t("甲")), [("a",), ()]),
        (
            p('<w:bookmarkEnd w:id="1"/><w:bookmarkStart w:id="1" w:name="a"/>') + p(t("甲")),
            [("a",), ()],
        ),
        (p(t("甲"), bookmark="a") + p(t("乙"), bookmark="b"), [("a",), ("b",)]),
        (p(bookmark="a"), [("a",)]),
        (
            '<w:bookmarkStart w:id="1" w:name="a"/>'
            + p(t("甲"))
            + '<w:bookmarkEnd w:id="1"/>'
            + p(),
            [("a",), ()],
        ),
        (
            p('<w:bookmarkStart w:id="1" w:name="a"/>', t("甲"))
            + p(t("乙"), '<w:bookmarkEnd w:id="1"/>'),
            [("a",), ("a",)],
        ),
        (
            p('<w:bookmarkStart w:id="1" w:name="a"/>', t("甲"))
            + p('<w:bookmarkEnd w:id="1"/>', t("乙")),
            [("a",), ()],
        ),
        (p(p(t("甲"), bookmark="a")[5:-6], t("乙"), p(t("丙"), bookmark="b")[5:-6]), [("a", "b")]),
    ],
    ids=[
        "never ended",
        "ended before",
        "one each",
        "empty",
        "around a paragraph",
        "over two",
        "over a mark",
        "two in one",
    ],
)
def test_a_paragraph_has_the_bookmarks_that_its_text_is_in(
    body: str, bookmarks: list[tuple[str, ...]]
) -> None:
    paragraphs = read_word_file(word_file(body), "a.docx").paragraphs
    assert [paragraph.bookmarks for paragraph in paragraphs] == bookmarks


def test_cells_are_apart_and_know_their_place() -> None:
    cells = [
        "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + p(t("甲"), mark="del") + "</w:tc>",
        "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p(t("乙")) + "</w:tc>",
    ]
    table = f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"
    paragraphs = read_word_file(word_file(p() + table + table), "a.docx").paragraphs
    assert [paragraph.cell for paragraph in paragraphs] == [
        None,
        WordCellPlace(0, 0, 0, 2),
        WordCellPlace(0, 0, 2, 1, continues=True),
        WordCellPlace(1, 0, 0, 2),
        WordCellPlace(1, 0, 2, 1, continues=True),
    ]
    assert view_text(paragraphs, "accepted") == "\n甲\n乙\n甲\n乙"


def test_footnotes_endnotes_and_comments_are_read() -> None:
    notes = '<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="1">' + p(t("注の文"))
    file = read_word_file(
        word_file(
            p(
                t("甲"),
                '<w:r><w:footnoteReference w:id="1"/><w:endnoteReference w:id="1"/></w:r>',
                '<w:r><w:commentReference w:id="7"/></w:r>',
            ),
            footnotes=notes + "</w:footnote>",
            endnotes='<w:endnote w:id="1">' + p(t("文末の注")) + "</w:endnote>",
            comments='<w:comment w:id="7" w:author="甲" w:date="2026">'
            + p(t("要確認"))
            + p(t("です"))
            + "</w:comment>",
        ),
        "a.docx",
    )
    [paragraph] = file.paragraphs
    assert paragraph.text("accepted") == f"甲{NOTE_MARK}{NOTE_MARK}"
    assert [span.note for span in paragraph.spans] == ["", "1", "end-1"]
    assert {id: view_text(ps, "accepted") for id, ps in file.footnotes.items()} == {
        "1": "注の文",
        "end-1": "文末の注",
    }
    assert paragraph.comments == ("7",)
    assert file.comments == {"7": WordComment("甲", "2026", "要確認\nです")}


def test_style_numbering_and_boxes_are_told() -> None:
    file = read_word_file(
        word_file(
            '<w:p><w:pPr><w:pStyle w:val="a3"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/>'
            f"</w:numPr></w:pPr>{t('甲')}<w:r><w:pict><w:txbxContent>{p(t('乙'))}</w:txbxContent>"
            "</w:pict></w:r></w:p>",
            styles='<w:style w:styleId="a3"><w:name w:val="heading 1"/></w:style>',
        ),
        "a.docx",
    )
    assert [(q.text("accepted"), q.style, q.numbering, q.in_box) for q in file.paragraphs] == [
        ("甲", "heading 1", ("4", 1), False),
        ("乙", "", None, True),
    ]


@pytest.mark.parametrize(
    ("body", "ignored"),
    [
        ('<w:altChunk xmlns:r="r" r:id="1"/>', "差し込まれた別の文書"),
        (
            p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>"),
            "隠し文字の設定（文字は読みました）",
        ),
        (p("<w:r><w:sym/></w:r>"), "記号用の書体の文字（〓と読みました）"),
    ],
)
def test_what_was_not_read_as_it_looks_is_said(body: str, ignored: str) -> None:
    assert read_word_file(word_file(body), "a.docx").ignored == (ignored,)


WIDE: Final = "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr></w:tbl>"
SPANNING: Final = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr></w:tc></w:tr></w:tbl>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word_file(WIDE), f"表の列が多すぎます（Word の上限は {MOST_COLUMNS} 列です）"),
        (word_file(SPANNING), "表の列が多すぎます"),
        (word_file(p(), "urn:other"), "Word の文書ではありません"),
        (zip_of({"word/document.xml": "<d/>"}), "文書の本体が見つかりません"),
        (word_file(p()).replace(b"word/document.xml", b"word/d0cument.xml"), "ありません"),
    ],
    ids=["wide", "spanning", "another namespace", "no relationships", "missing part"],
)
def test_what_is_no_sound_word_file_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(OfficeFileError) as raised:
        read_word_file(content, "a.docx")
    assert reason in str(raised.value)
