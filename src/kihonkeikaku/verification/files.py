"""The files of an edition beside its manifest: changed, missing, too many, or none at all."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.system.os_errors import explain_os_error
from kihonkeikaku.verification.problem import Kind, Problem
from kihonkeikaku.verification.untrusted_folder import Entry, Folder, NotThere
from kihonkeikaku.verification.untrusted_manifest import Listed

READ_LIMIT: Final = 4 << 30
"""So many bytes are read of an edition; what comes after that is not looked at."""


def misplaced(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Yields what can't be part of any edition: links, pipes, what can't be read."""
    for name, entry in entries.items():
        if entry.refusal:
            yield Problem(name or ".", Kind.UNREADABLE, f"{entry.refusal}。")
        elif entry.is_link:
            message = "シンボリックリンクです。版にあるのは通常のファイルだけです。"
            yield Problem(name, Kind.LINK, message)
        elif not entry.is_file and not entry.is_folder:
            message = "通常のファイルではありません（パイプ、デバイスなど）。"
            yield Problem(name, Kind.NOT_A_FILE, message)


def unlisted(entries: Mapping[str, Entry], listed: Mapping[str, Listed]) -> Iterator[Problem]:
    """Yields the files and folders that the manifest doesn't know."""
    folders = {str(above) for name in listed for above in PurePosixPath(name).parents}
    for name, entry in entries.items():
        if entry.is_file and name not in listed and name != MANIFEST:
            yield Problem(name, Kind.EXTRA, f"{MANIFEST} にないファイルです。")
        elif entry.is_folder and name not in folders:
            yield Problem(name, Kind.EXTRA, f"{MANIFEST} にないフォルダーです。")


def altered(
    folder: Folder, entries: Mapping[str, Entry], listed: Mapping[str, Listed]
) -> Iterator[Problem]:
    """Yields the files that are not what the manifest says."""
    left = READ_LIMIT
    for name, known in listed.items():
        entry = entries.get(name)
        if entry is None:
            yield Problem(name, Kind.MISSING, f"{MANIFEST} にありますが、ファイルがありません。")
        elif entry.is_folder:
            yield Problem(name, Kind.NOT_A_FILE, "ファイルではなく、フォルダーになっています。")
        elif entry.is_file:  # whatever else it may be has been told
            left -= entry.size
            yield from _altered_file(folder, entry, known, left)


def _altered_file(folder: Folder, entry: Entry, known: Listed, left: int) -> Iterator[Problem]:
    if entry.size != known.size:
        sizes = f"{known.size:,} バイトのはずが、{entry.size:,} バイト"
        message = f"大きさが {MANIFEST} と違います（{sizes}）。"
        yield Problem(entry.name, Kind.CHANGED, message)
    elif left < 0:
        message = f"全体が {READ_LIMIT >> 30} GiB を超えるため、調べていません。"
        yield Problem(entry.name, Kind.UNREADABLE, message)
    else:
        try:
            same = _sha256(folder, entry.name) == known.sha256
        except NotThere as why:
            yield Problem(entry.name, Kind.UNREADABLE, f"読めません（{why}）。")
            return
        if not same:
            yield Problem(entry.name, Kind.CHANGED, f"内容が {MANIFEST} の SHA-256 と違います。")


def _sha256(folder: Folder, name: str) -> str:
    with folder.open(name) as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise NotThere(explain_os_error(error)) from error
