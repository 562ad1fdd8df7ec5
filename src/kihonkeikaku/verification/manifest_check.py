"""The manifest of an untrusted edition, and whether the files are those that it lists."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Self

from kihonkeikaku.publishing.manifest import GENERATOR, MANIFEST
from kihonkeikaku.system.os_errors import explain_os_error
from kihonkeikaku.verification.problems import Problem, ProblemKind
from kihonkeikaku.verification.untrusted_folder import (
    FolderEntry,
    UnreadableFileError,
    UntrustedFolder,
)

MANIFEST_LIMIT: Final = 16 << 20
"""Largest manifest that is read, in bytes; one of 60,000 files has about 9 MiB."""

MOST_VALUES: Final = 500_000
"""Most values that a manifest may have."""

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class UnreadableManifestError(Exception):
    """The manifest can't be understood; ``str()`` is the reason, in Japanese."""


class ForeignManifestError(UnreadableManifestError):
    """The manifest is another tool's."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file by the manifest: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ManifestListing:
    """An edition as its manifest describes it; what older manifests lack is None."""

    version: str
    edition: str
    source_sha256: str
    files: Mapping[str, ListedFile]
    kinds: tuple[str, ...] | None
    editions: Mapping[str, str] | None
    compared: str | None

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Parses a manifest.

        Raises:
            ForeignManifestError: it is another tool's.
            UnreadableManifestError: it can't be understood.
        """
        if len(content) > MANIFEST_LIMIT or content.count(b",") > MOST_VALUES:
            raise UnreadableManifestError("大きすぎます")
        try:
            data = json.loads(content, object_pairs_hook=_without_duplicates)
        except (ValueError, RecursionError) as error:
            raise UnreadableManifestError("JSON として読めません") from error
        if not isinstance(data, dict) or data.get("generator") != GENERATOR:
            raise ForeignManifestError("kihonkeikaku のものではありません")
        try:
            return cls._from_json(data)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnreadableManifestError("書かれているはずのことがありません") from error

    @classmethod
    def _from_json(cls, data: Mapping[str, Any]) -> Self:
        kinds, editions = data.get("kinds"), data.get("editions")
        compared = data.get("compared")
        return cls(
            version=_check_text(data["version"]),
            edition=_check_text(data["edition"]),
            source_sha256=_check_hash(data["source_sha256"]),
            files={_check_path(name): _parse_file(file) for name, file in data["files"].items()},
            kinds=None if kinds is None else tuple(map(_check_text, kinds)),
            editions=None
            if editions is None
            else {_check_text(one["edition"]): _check_hash(one["sha256"]) for one in editions},
            compared=None if compared is None else _check_text(compared["edition"]),
        )


def _parse_file(data: Mapping[str, Any]) -> ListedFile:
    size = data["size"]
    if type(size) is not int or size < 0:
        raise ValueError(size)
    return ListedFile(size, _check_hash(data["sha256"]))


def _check_path(name: str) -> str:
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or {"/", ".", ".."} & set(parts) or "\0" in name:
        raise ValueError(name)
    return name


def _check_hash(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(value)
    return value


def _check_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


READ_LIMIT: Final = 4 << 30
"""Most bytes of an edition that are read; files after that are not checked."""


def find_special_files(entries: Mapping[str, FolderEntry]) -> Iterator[Problem]:
    """Yields what can't be part of an edition: links, pipes, unreadable folders."""
    for name, entry in entries.items():
        if entry.refusal:
            yield Problem(name or ".", ProblemKind.UNREADABLE, f"{entry.refusal}。")
        elif entry.is_link:
            message = "シンボリックリンクです。版にあるのは通常のファイルだけです。"
            yield Problem(name, ProblemKind.LINK, message)
        elif not entry.is_file and not entry.is_folder:
            message = "通常のファイルではありません（パイプ、デバイスなど）。"
            yield Problem(name, ProblemKind.NOT_A_FILE, message)


def find_unlisted_files(
    entries: Mapping[str, FolderEntry], listed: Mapping[str, ListedFile]
) -> Iterator[Problem]:
    """Yields the files and folders that the manifest doesn't list."""
    folders = {str(above) for name in listed for above in PurePosixPath(name).parents}
    for name, entry in entries.items():
        if entry.is_file and name not in listed and name != MANIFEST:
            yield Problem(name, ProblemKind.EXTRA, f"{MANIFEST} にないファイルです。")
        elif entry.is_folder and name not in folders:
            yield Problem(name, ProblemKind.EXTRA, f"{MANIFEST} にないフォルダーです。")


def find_altered_files(
    folder: UntrustedFolder, entries: Mapping[str, FolderEntry], listed: Mapping[str, ListedFile]
) -> Iterator[Problem]:
    """Yields the files that are missing or differ from the manifest."""
    left = READ_LIMIT
    for name, known in listed.items():
        entry = entries.get(name)
        if entry is None:
            yield Problem(
                name, ProblemKind.MISSING, f"{MANIFEST} にありますが、ファイルがありません。"
            )
        elif entry.is_folder:
            yield Problem(
                name, ProblemKind.NOT_A_FILE, "ファイルではなく、フォルダーになっています。"
            )
        elif entry.is_file:  # find_special_files() yields the others
            left -= entry.size
            yield from _check_file(folder, entry, known, left)


def _check_file(
    folder: UntrustedFolder, entry: FolderEntry, known: ListedFile, left: int
) -> Iterator[Problem]:
    if entry.size != known.size:
        sizes = f"{known.size:,} バイトのはずが、{entry.size:,} バイト"
        message = f"大きさが {MANIFEST} と違います（{sizes}）。"
        yield Problem(entry.name, ProblemKind.CHANGED, message)
    elif left < 0:
        message = f"全体が {READ_LIMIT >> 30} GiB を超えるため、調べていません。"
        yield Problem(entry.name, ProblemKind.UNREADABLE, message)
    else:
        try:
            same = _sha256(folder, entry.name) == known.sha256
        except UnreadableFileError as why:
            yield Problem(entry.name, ProblemKind.UNREADABLE, f"読めません（{why}）。")
            return
        if not same:
            yield Problem(
                entry.name, ProblemKind.CHANGED, f"内容が {MANIFEST} の SHA-256 と違います。"
            )


def _sha256(folder: UntrustedFolder, name: str) -> str:
    with folder.open(name) as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreadableFileError(explain_os_error(error)) from error
