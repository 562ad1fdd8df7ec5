"""The manifest of an untrusted edition, and whether the files are those that it lists."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from kihonkeikaku.publishing.manifest import GENERATOR, MANIFEST
from kihonkeikaku.rendering.pdf.job import DEFAULT_VARIANT, VARIANTS
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

READ_LIMIT: Final = 4 << 30
"""Most bytes of an edition that are hashed; files after that are not checked."""


class UnreadableManifestError(Exception):
    """The manifest can't be understood; ``str()`` is the reason, in Japanese."""


class ForeignManifestError(UnreadableManifestError):
    """The manifest is another tool's."""


def _require_path(name: str) -> str:
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or {"/", ".", ".."} & set(parts) or "\0" in name:
        raise ValueError(name)
    return name


def _require_variant(name: str) -> str:
    if name not in VARIANTS:
        raise ValueError(name)
    return name


_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_FilePath = Annotated[str, AfterValidator(_require_path)]


class _ManifestModel(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class ListedFile(_ManifestModel):
    """A file by the manifest: its size in bytes and its SHA-256."""

    size: NonNegativeInt
    sha256: _Sha256


class ListedEdition(_ManifestModel):
    """Another edition by the manifest: its id and its SHA-256."""

    edition: str
    sha256: _Sha256


class ListedPdf(_ManifestModel):
    """What the PDFs are, and the versions of the libraries that they were made with."""

    variant: Annotated[str, AfterValidator(_require_variant)] = DEFAULT_VARIANT
    draft: bool = False
    libraries: Mapping[str, str] = {}


class ManifestListing(_ManifestModel):
    """An edition as its manifest describes it; what manifests of older versions lack is empty.

    ``data`` is the whole manifest as JSON data.
    """

    version: str
    program_sha256: str = ""
    edition: str
    source_sha256: _Sha256
    base_url: str | None = None
    kinds: tuple[Literal["html", "pdf", "docx"], ...] = ()
    pdf: ListedPdf | None = None
    compared: ListedEdition | None = None
    also_compared: tuple[ListedEdition, ...] = ()
    editions: tuple[ListedEdition, ...] = ()
    files: Mapping[_FilePath, ListedFile]
    data: Mapping[str, Any] = Field(default={}, exclude=True)

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
            # By way of JSON text: strict models take JSON's own lists there.
            listing = cls.model_validate_json(json.dumps({**data, "data": {}}))
        except (ValidationError, ValueError) as error:
            raise UnreadableManifestError("書かれているはずのことがありません") from error
        return listing.model_copy(update={"data": data})


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


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
            message = f"{MANIFEST} にありますが、ファイルがありません。"
            yield Problem(name, ProblemKind.MISSING, message)
        elif entry.is_folder:
            message = "ファイルではなく、フォルダーになっています。"
            yield Problem(name, ProblemKind.NOT_A_FILE, message)
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
            with folder.open(entry.name) as file:
                actual = hashlib.file_digest(file, "sha256").hexdigest()
        except (UnreadableFileError, OSError) as why:
            reason = explain_os_error(why) if isinstance(why, OSError) else why
            yield Problem(entry.name, ProblemKind.UNREADABLE, f"読めません（{reason}）。")
            return
        if actual != known.sha256:
            message = f"内容が {MANIFEST} の SHA-256 と違います。"
            yield Problem(entry.name, ProblemKind.CHANGED, message)
