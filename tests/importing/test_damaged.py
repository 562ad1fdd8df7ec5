"""Damaged and hostile documents: each gets one clear message."""

import io
import zipfile
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from kihonkeikaku import cli
from kihonkeikaku.errors import CommandError
from kihonkeikaku.importing.document_worker import read_content
from kihonkeikaku.importing.importer import import_source
from kihonkeikaku.importing.reading import read_document

SECTIONS = "".join(f"<h2>第{n}章　見出し{n}</h2><p>{'本文が続く。' * 300}</p>" for n in (1, 2, 3))


def written(pages: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    pages.write(out)
    return out.getvalue()


def message(name: str, content: bytes) -> str:
    with pytest.raises(CommandError) as caught:
        read_document(name, content)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing", "a.pdf は壊れているか、PDF ではありません。"
         "元のファイルを確かめてください。"),
        ("a.pdf", b"PK\x03\x04", "a.pdf は、名前は「.pdf」ですが、中身は「.docx」です。"
         "名前を確かめてください。"),
        ("a.docm", b"PK\x03\x04", "a.docm は読めない種類のファイルです。マクロの入ったファイルは"
         "読みません。マクロのない「.docx」で保存し直してください。"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "a.doc は読めない種類のファイルです。Word で開いて、"
         "「.docx」の形式で保存し直してください。"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "a.docx を読めません。パスワードが掛かっているか、古い "
         "Word の形式です。パスワードのない「.docx」の形式で保存し直してください。"),
        ("a.txt", b"\xff\xff\xff\x81", "a.txt の文字コードが分かりません。UTF-8 で保存し直した"
         "ファイルを読み込んでください。"),
        ("a.txt", b" \n", "a.txt には文字がありません。"),
    ],
)  # fmt: skip
def test_what_cant_be_read_says_why_and_what_to_do(
    name: str, content: bytes, expected: str
) -> None:
    assert message(name, content) == expected


def test_a_text_without_chapters_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("議事次第\n日時　令和8年4月1日\n", "utf-8")
    assert cli.run(["import", str(path), "--out", str(tmp_path / "plan")]) == 2
    assert not (tmp_path / "plan").exists()


def test_a_page_of_a_picture_only_has_no_text() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    assert message("scan.pdf", written(writer)) == (
        "scan.pdf には文字がありません（紙を画像にした PDF のようです）。文字認識（OCR）をした"
        "ファイルか、元の Word のファイルを読み込んでください。"
    )


def test_a_password_has_to_be_taken_off() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="RC4-128")
    assert message("a.pdf", written(writer)) == (
        "a.pdf にはパスワードが掛かっています。パスワードを外して保存したファイルを読み込んで"
        "ください。"
    )


def test_missing_pages_are_a_problem() -> None:
    pages = [f"第{n}章 見出し{n}\n・本文{n}が続く。\n\n- {n} -\n" for n in (1, 2, 3, 6, 7)]
    result = import_source(read_content("a.txt", ".txt", "\f".join(pages).encode()))
    assert not result.is_complete
    assert [d.reason for d in result.doubts if "飛んで" in d.reason] == [
        "ページ番号が 3 から 6 に飛んでいます。ページが抜けていないか、元の文書を確かめてください"
    ]


@pytest.mark.slow
def test_two_columns_are_refused() -> None:
    import weasyprint  # noqa: PLC0415 # loads Pango

    page = f"<style>body {{columns: 2; font: 10pt serif}} h2 {{font-size: 12pt}}</style>{SECTIONS}"
    assert message("a.pdf", weasyprint.HTML(string=page).write_pdf()) == (
        "a.pdf は二段組のようです（1ページなど）。読む順が決まらないため、読めません。"
        "元の Word のファイルか、一段に組んだものを読み込んでください。"
    )


@pytest.mark.torture
def test_a_bomb_ends_the_process_that_reads_it_and_nothing_else() -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    bomb = zlib.compress(zlib.compress(b"BT ET\n" * (1 << 28), 1), 9)
    stream.set_data(bomb)
    filters = pypdf.generic.ArrayObject([NameObject("/FlateDecode")] * 2)
    stream[NameObject("/Filter")] = filters
    page[NameObject("/Contents")] = writer._add_object(stream)
    assert message("a.pdf", written(writer)).startswith("a.pdf ")


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", bytes(40 << 20))
    assert message("a.docx", out.getvalue()).startswith("a.docx を読めません。")
