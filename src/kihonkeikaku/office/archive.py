"""A stranger's .docx or .xlsx as an archive: what is in it is looked at before any of it is read.

Sizes, names and kinds are taken from the archive's directory; a part is decompressed only when it
is asked for, up to the size that the directory names. What may run or reach out (macros, embedded
objects, remote templates) is never opened: ``ignored`` names it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from xml.etree.ElementTree import Element

from kihonkeikaku.errors import CommandError
from kihonkeikaku.office.xml_parts import XmlPartError, parse_xml

FILE_LIMIT: Final = 32 << 20
"""Largest file that is opened, in bytes."""
PART_LIMIT: Final = 32 << 20
"""Largest part that is decompressed, in bytes."""
TOTAL_LIMIT: Final = 64 << 20
"""Most bytes that are decompressed of one file, all parts together."""
MOST_ENTRIES: Final = 4_096
RATIO_LIMIT: Final = 400
"""Most times that a part may be larger than its compressed form; real text stays below 100."""
_RATIO_COUNTS_FROM: Final = 1 << 20

CONTENT_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = ".rels"
_HYPERLINK: Final = "/hyperlink"

_ENTRY_SIGNATURE: Final = b"PK\x01\x02"
_OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_BAD_NAME: Final = re.compile(r"[\x00-\x1f\x7f\\]|^/|^[A-Za-z]:|(?:^|/)\.\.?(?:/|$)|//")

_ACTIVE_PARTS: Final = (
    (re.compile(r"(?:^|/)vba[^/]*$", re.IGNORECASE), "マクロ"),
    (re.compile(r"/(?:embeddings|oleObject[^/]*)(?:/|$)", re.IGNORECASE), "埋め込まれたファイル"),
    (re.compile(r"/(?:activeX|ctrlProps)/", re.IGNORECASE), "ActiveX などの部品"),
    (re.compile(r"/externalLinks/", re.IGNORECASE), "ほかのファイルへのリンク"),
    (re.compile(r"/afchunk", re.IGNORECASE), "差し込まれた別の文書"),
)
"""What is never opened, by the names of its parts, and what a user calls it."""

_OTHER_FORMATS: Final = (
    (b"{\\rtf", "RTF 形式です"),
    (b"%PDF", "PDF です"),
    (b"<!DOCTYPE html", "HTML です"),
    (b"<html", "HTML です"),
)


class OfficeFileError(CommandError):
    """A Word or Excel file that is not read; ``str()`` names the file, the reason, what to do."""

    def __init__(self, label: str, reason: str, advice: str = "") -> None:
        super().__init__(f"{label} を読めません。{reason}。{advice}")


@dataclass(slots=True)
class OfficeArchive:
    """An archive whose directory was found sound.

    ``label`` is how the user named the file. ``ignored`` says, in words for the user, what in it
    is never opened.
    """

    label: str
    ignored: tuple[str, ...]
    _zip: zipfile.ZipFile
    _names: dict[str, zipfile.ZipInfo]
    _left: int = TOTAL_LIMIT
    _roots: dict[str, Element] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as they are written in the directory."""
        return tuple(info.filename for info in self._names.values())

    def has_part(self, name: str) -> bool:
        """Whether there is such a part; case does not count (ECMA-376 part 2, 6.2.2.3)."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """Decompresses one part.

        Raises:
            OfficeFileError: it is missing, damaged, or too large.
        """
        info = self._names.get(name.lower())
        if info is None:
            raise OfficeFileError(
                self.label,
                f"中に {_shown(name)} がありません",
                "ファイルが壊れていないか、別の種類のファイルでないかを確かめてください。",
            )
        self._left -= info.file_size
        if info.file_size > PART_LIMIT or self._left < 0:
            raise _too_large(self.label)
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise _damaged(self.label) from error

    def xml(self, name: str) -> Element:
        """Returns the root of a part that is XML; it is parsed once.

        Raises:
            OfficeFileError: see ``read``; or its XML is refused.
        """
        if name not in self._roots:
            try:
                self._roots[name] = parse_xml(self.read(name))
            except XmlPartError as error:
                raise OfficeFileError(
                    self.label, f"中の {_shown(name)} の XML を読みません（{error}）", error.advice
                ) from error
        return self._roots[name]


def open_archive(content: bytes, label: str) -> OfficeArchive:
    """Opens a .docx or .xlsx file that anybody may have made.

    Args:
        content: the bytes of the file.
        label: how the user named it, for messages.

    Raises:
        OfficeFileError: it is no such file, or nothing that a word processor writes.
    """
    if len(content) > FILE_LIMIT:
        raise _too_large(label)
    _require_zip(content, label)
    if content.count(_ENTRY_SIGNATURE) > MOST_ENTRIES:
        raise OfficeFileError(label, f"中のファイルが多すぎます（{MOST_ENTRIES:,} 個まで）")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged(label) from error
    entries = _checked_entries(archive, label)
    if CONTENT_TYPES.lower() not in entries:
        raise _not_office(label, "ZIP ですが、Word や Excel のファイルではありません")
    opened = OfficeArchive(label, (), archive, entries)
    opened.ignored = tuple(dict.fromkeys(_ignored(opened)))
    return opened


def _require_zip(content: bytes, label: str) -> None:
    if content.startswith(_OLE_SIGNATURE):
        if _ENCRYPTED_STREAM in content:
            raise OfficeFileError(
                label,
                "パスワードで保護（暗号化）されています",
                "Word や Excel で開き、パスワードを外して保存し直してください。",
            )
        raise _not_office(label, "古い形式（.doc や .xls）です")
    for beginning, name in _OTHER_FORMATS:
        if content[:64].lstrip().lower().startswith(beginning.lower()):
            raise _not_office(label, name)
    if not content.startswith(b"PK"):
        raise _not_office(label, "Word や Excel のファイルではありません")
    if content[30:38] == b"mimetype" and b"opendocument" in content[38:100]:
        raise _not_office(label, "OpenDocument 形式（.odt や .ods）です")


def _checked_entries(archive: zipfile.ZipFile, label: str) -> dict[str, zipfile.ZipInfo]:
    """Returns the entries by their names in lower case.

    Raises:
        OfficeFileError: one is not as a word processor would write it.
    """
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.orig_filename  # ``filename`` ends before a zero byte
        if _BAD_NAME.search(name):
            raise OfficeFileError(
                label, f"中に、名前の正しくないファイルがあります（{_shown(name)}）"
            )
        if name.lower() in entries:
            raise OfficeFileError(
                label, f"中に、同じ名前のファイルが二つあります（{_shown(name)}）"
            )
        if info.flag_bits & 0x1:
            raise OfficeFileError(
                label, "パスワードで保護（暗号化）されています", "パスワードを外してください。"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise OfficeFileError(
                label, f"中の {_shown(name)} の圧縮の方式が標準のものではありません"
            )
        most = max(_RATIO_COUNTS_FROM, info.compress_size * RATIO_LIMIT)
        if info.file_size > most:
            raise OfficeFileError(
                label, f"中の {_shown(name)} が、展開すると大きくなりすぎます（圧縮爆弾の疑い）"
            )
        entries[name.lower()] = info
    return entries


def _ignored(archive: OfficeArchive) -> Iterator[str]:
    """Yields, in words for the user, what in the archive is never opened."""
    for name in archive.names:
        yield from (word for pattern, word in _ACTIVE_PARTS if pattern.search(name))
    for name in archive.names:
        if name.endswith(_RELATIONSHIPS):
            yield from _remote_targets(archive.xml(name))


def _remote_targets(relationships: Element) -> Iterator[str]:
    for relationship in relationships:
        kind = relationship.get("Type", "")
        if relationship.get("TargetMode") == "External" and not kind.endswith(_HYPERLINK):
            yield "外部のひな形" if kind.endswith("/attachedTemplate") else "外部のファイルの参照"


def part_relationships(archive: OfficeArchive, name: str) -> dict[str, tuple[str, str]]:
    """Returns the relationships of a part within the archive, by their ids: type and target part.

    Args:
        archive: where the part is.
        name: the part; empty for the archive itself.
    """
    path = PurePosixPath(name)
    relationships = str(path.parent / "_rels" / f"{path.name}{_RELATIONSHIPS}").lstrip("./")
    if not name:
        relationships = f"_rels/{_RELATIONSHIPS}"
    if not archive.has_part(relationships):
        return {}
    return {
        item.get("Id", ""): (item.get("Type", ""), _resolve(path, item.get("Target", "")))
        for item in archive.xml(relationships)
        if item.get("TargetMode") != "External"
    }


def _resolve(source: PurePosixPath, target: str) -> str:
    """Returns the name of the part that a relationship's target leads to."""
    if target.startswith("/"):
        return target[1:]
    parts = list(source.parent.parts)
    for part in target.split("/"):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _shown(name: str) -> str:
    return ascii(name[:60])[1:-1]


def _too_large(label: str) -> OfficeFileError:
    return OfficeFileError(
        label,
        f"大きすぎます（{FILE_LIMIT >> 20} MiB、展開して {TOTAL_LIMIT >> 20} MiB まで）",
        "画像など、要らないものを除いて保存し直してください。",
    )


def _damaged(label: str) -> OfficeFileError:
    return OfficeFileError(label, "ファイルが壊れています", "送り直してもらってください。")


def _not_office(label: str, reason: str) -> OfficeFileError:
    return OfficeFileError(
        label, reason, "Word なら「.docx」、Excel なら「.xlsx」の形式で保存し直してください。"
    )
