"""A stranger's archive: what is refused, what is ignored, and that each answer is one line."""

import resource
import struct
import subprocess
import sys
import time
import warnings
from typing import Final

import pytest

from kihonkeikaku.office.archive import (
    FILE_LIMIT,
    MOST_ENTRIES,
    TOTAL_LIMIT,
    OfficeFileError,
    open_archive,
    part_relationships,
)
from kihonkeikaku.office.xml_parts import MOST_ELEMENTS, XmlPartError, parse_xml
from tests.office.archives import Content, zip_of

RELATIONSHIPS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
BODY: Final = "word/document.xml"


def entities() -> str:
    names = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "あ"}">' for n in range(10)]
    return f"<!DOCTYPE d [{''.join(names)}]><d>&a9;</d>"


def encrypted_entry() -> bytes:
    content = bytearray(zip_of({BODY: "<d/>"}))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.rindex(signature) + offset
        content[at] |= 1
    return bytes(content)


def with_method(method: int) -> bytes:
    content = bytearray(zip_of({BODY: "<d/>"}))
    at = content.rindex(b"PK\x01\x02") + 10
    content[at : at + 2] = struct.pack("<H", method)
    return bytes(content)


def duplicate() -> bytes:
    with warnings.catch_warnings(action="ignore"):
        return zip_of([(BODY, "<a/>"), ("word/Document.xml", "<b/>")])


REFUSED: Final[dict[str, tuple[bytes, str]]] = {
    "empty": (b"", "Word や Excel のファイルではありません"),
    "text": ("報告".encode(), "Word や Excel のファイルではありません"),
    "rtf": (rb"{\rtf1 x}", "RTF 形式です"),
    "pdf": (b"%PDF-1.7", "PDF です"),
    "html": (b"<!doctype HTML><html>", "HTML です"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "古い形式（.doc や .xls）です"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "パスワードで保護（暗号化）されています",
    ),
    "encrypted entry": (encrypted_entry(), "パスワードで保護（暗号化）されています"),
    "large": (b"PK" + bytes(FILE_LIMIT), "大きすぎます"),
    "cut": (zip_of({BODY: "<d/>"})[:-30], "ファイルが壊れています"),
    "no zip": (b"PK\x03\x04" + bytes(64), "ファイルが壊れています"),
    "entries": (
        zip_of((f"word/{n}.xml", "") for n in range(MOST_ENTRIES)),
        "中のファイルが多すぎます（4,096 個まで）",
    ),
    "duplicate": (duplicate(), "同じ名前のファイルが二つあります（word/Document.xml）"),
    "parent": (zip_of({"../../etc/passwd": "x"}), "名前の正しくないファイルがあります"),
    "absolute": (zip_of({"/etc/passwd": "x"}), "名前の正しくないファイルがあります"),
    "drive": (zip_of({"C:/x": "x"}), "名前の正しくないファイルがあります"),
    "backslash": (zip_of({"word\\document.xml": "x"}), "名前の正しくないファイルがあります"),
    "control": (zip_of({"word/\n.xml": "x"}), "名前の正しくないファイルがあります（word/\\n.xml）"),
    "bomb": (zip_of({BODY: bytes(20 << 20)}), "展開すると大きくなりすぎます（圧縮爆弾の疑い）"),
    "method": (with_method(14), "圧縮の方式が標準のものではありません"),
    "no office": (zip_of({})[:0] + zip_of({}).replace(b"[Content", b"[Kontent"), "ではありません"),
}
"""Files that are refused before any part is read, and what the message says."""


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_in_one_line_that_names_it(content: bytes, reason: str) -> None:
    with pytest.raises(OfficeFileError) as raised:
        open_archive(content, "回答.docx")
    message = str(raised.value)
    assert message.startswith("回答.docx を読めません。")
    assert reason in message
    assert message.endswith("。")
    assert message.isprintable()


REFUSED_PARTS: Final[dict[str, tuple[str | bytes, str]]] = {
    "doctype": (entities(), "DOCTYPE があります"),
    "doctype in UTF-16": (entities().encode("utf-16"), "DOCTYPE があります"),
    "UTF-7": (
        b'<?xml version="1.0" encoding="UTF-7"?><d/>',
        "文字コードが UTF-8 でも UTF-16 でもありません",
    ),
    "CP932": ("<d>報告</d>".encode("cp932"), "文字コードが UTF-8 でも UTF-16 でもありません"),
    "entity": ("<d>&x;</d>", "1 行目の 4 桁目に、XML の誤りがあります"),
    "unclosed": ("<d>\n<e></d>", "2 行目の 6 桁目に、XML の誤りがあります"),
    "nothing": ("", "1 行目の 1 桁目に、XML の誤りがあります"),
    "deep": ("<d>" * 1000 + "</d>" * 1000, "入れ子が深すぎます"),
    "namespace": (f"<d xmlns='{'n' * 2000}'/>", "名前空間の名前が長すぎます"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED_PARTS.values(), ids=REFUSED_PARTS)
def test_a_part_is_refused_in_one_line_that_names_it(content: str | bytes, reason: str) -> None:
    archive = open_archive(zip_of({BODY: content}), "a.docx")
    with pytest.raises(OfficeFileError) as raised:
        archive.xml(BODY)
    message = str(raised.value)
    assert message.startswith("a.docx を読めません。中の word/document.xml の XML を読みません（")
    assert reason in message


def test_xml_of_too_many_elements_is_refused() -> None:
    with pytest.raises(XmlPartError, match="要素が多すぎます"):
        parse_xml(b"<d>" + b"<e/>" * (2 * MOST_ELEMENTS) + b"</d>")


def test_names_from_the_archive_are_escaped() -> None:
    for name in ("word/\u202e\x1b.xml", "語.xml"):
        with pytest.raises(OfficeFileError) as raised:
            open_archive(zip_of({}), "a.docx").read(name)
        assert str(raised.value).isprintable()
        assert "\\u" in str(raised.value)


def test_a_missing_or_damaged_part_is_said() -> None:
    whole = zip_of({BODY: "<document>" + "x" * 50 + "</document>"})
    with pytest.raises(OfficeFileError, match=r"中に word/styles\.xml がありません"):
        open_archive(whole, "a.docx").read("word/styles.xml")
    at = whole.index(BODY.encode()) + len(BODY) + 3
    damaged = whole[:at] + b"\xff\xff" + whole[at + 2 :]
    with pytest.raises(OfficeFileError, match="ファイルが壊れています"):
        open_archive(damaged, "a.docx").read(BODY)


def test_what_is_read_of_all_parts_together_is_limited() -> None:
    half = "".join(f"{n // 9} " for n in range(1 << 20)).encode() * 2
    parts = TOTAL_LIMIT // len(half) + 1
    archive = open_archive(zip_of({f"{n}.xml": half for n in range(parts)}), "a.docx")
    with pytest.raises(OfficeFileError, match="大きすぎます"):
        for name in archive.names:
            archive.read(name)


@pytest.mark.parametrize(
    ("name", "ignored"),
    [
        ("word/vbaProject.bin", "マクロ"),
        ("xl/vbaProject.bin", "マクロ"),
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", "埋め込まれたファイル"),
        ("word/activeX/activeX1.bin", "ActiveX などの部品"),
        ("xl/externalLinks/externalLink1.xml", "ほかのファイルへのリンク"),
        ("word/afchunk.mht", "差し込まれた別の文書"),
    ],
)
def test_what_may_run_is_ignored_and_named(name: str, ignored: str) -> None:
    entries: dict[str, Content] = {BODY: "<d/>", name: b"\xff"}
    assert open_archive(zip_of(entries), "a.docx").ignored == (ignored,)


def test_what_reaches_out_is_ignored_and_named() -> None:
    types = {"attachedTemplate": "外部のひな形", "image": "外部のファイルの参照", "hyperlink": None}
    for type, ignored in types.items():
        remote = f'<Relationship Id="r" Type="x/{type}" Target="//x/y" TargetMode="External"/>'
        archive = open_archive(
            zip_of({"word/_rels/settings.xml.rels": RELATIONSHIPS.format(remote)}), "a.docx"
        )
        assert archive.ignored == ((ignored,) if ignored else ())
        assert part_relationships(archive, "word/settings.xml") == {}


def test_relationships_lead_to_parts() -> None:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="t{n}" Target="{target}"/>'
        for n, target in enumerate(["notes.xml", "../docProps/app.xml", "/x/y.xml", "./a/b.xml"])
    )
    archive = open_archive(
        zip_of(
            {
                "word/_rels/document.xml.rels": RELATIONSHIPS.format(inner),
                "_rels/.rels": RELATIONSHIPS.format(
                    '<Relationship Id="a" Type="t" Target="word/document.xml"/>'
                ),
            }
        ),
        "a.docx",
    )
    assert part_relationships(archive, BODY) == {
        "r0": ("t0", "word/notes.xml"),
        "r1": ("t1", "docProps/app.xml"),
        "r2": ("t2", "x/y.xml"),
        "r3": ("t3", "word/a/b.xml"),
    }
    assert part_relationships(archive, "") == {"a": ("t", BODY)}
    assert part_relationships(archive, "word/notes.xml") == {}


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    [
        "'<d>' + '<e/>' * 999_000 + '</d>'",
        "'<d>' * 900_000 + '</d>' * 900_000",
        "'<d ' + ' '.join(f'a{n}=\"\"' for n in range(2_900_000)) + '/>'",
        "'<d>' + 'あ' * 10_000_000 + '</d>'",
        "'<d a=\"' + 'x' * 30_000_000 + '\"/>'",
        "'<d ' + 'xmlns' * 6_000_000 + '/>'",
    ],
)
def test_the_largest_xml_is_answered_within_time_and_memory(part: str) -> None:
    program = (
        "from kihonkeikaku.office.xml_parts import parse_xml, XmlPartError\n"
        f"content = ({part}).encode()[:32 << 20]\n"
        "try:\n    parse_xml(content)\nexcept XmlPartError as error:\n    print(error)\n"
    )
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", program], check=True, preexec_fn=limit_memory, timeout=20)
    assert time.monotonic() - start < 10  # on a busy machine; alone it takes less than 2
