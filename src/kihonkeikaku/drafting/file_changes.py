"""Several files of one folder changed as one: all of them, or none, also where the machine fails.

Before the first file is touched, what all of them held is written to one file beside the folder.
A command that is killed half-way leaves that file, and the next one puts everything back.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_anywhere, read_regular_file
from kihonkeikaku.loading.source import FROZEN_LIMIT, refuse_unread
from kihonkeikaku.system.atomic_files import (
    copy_owner_and_mode,
    remove_if_possible,
    replace_file,
    write_file,
    write_new_file,
)
from kihonkeikaku.system.file_lock import FileLock, LockHeldError
from kihonkeikaku.system.filesystem_calls import sync_folder
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.system.signals import defer_interruptions

_RECORD: Final = "kihonkeikaku-undo"
_LOCK: Final = "kihonkeikaku-edit"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one file of a folder is made from, and into; nothing where there is no file.

    ``moved_from`` is the file that a new one takes the place of: it has its permissions.
    """

    name: str
    old: bytes | None
    new: bytes | None
    moved_from: str | None = None


def write_changes(folder: Path, changes: Sequence[FileChange]) -> None:
    """Makes all changes or none.

    Args:
        folder: the folder; what a killed command left undone in it is undone first.
        changes: one a file; new files come before those that they take the place of.

    Raises:
        CommandError: somebody has changed one of the files, or is at it.
        MachineError: something can't be written; everything is as it was.
    """
    folder = folder.resolve()
    with _locked(folder), defer_interruptions():
        undo_killed_changes(folder)
        for change in changes:
            if _read(folder / change.name) != change.old:
                raise CommandError(
                    f"{change.name} が書き換えられたため、何も変えませんでした。"
                    "もう一度実行してください。"
                )
        record = _beside(folder, _RECORD)
        write_file(record, _record(changes))
        try:
            for change in changes:
                _put(folder, change.name, change.old, change.new, change.moved_from)
        except BaseException:
            undo_killed_changes(folder)
            raise
        record.unlink()
        with suppress(OSError):
            sync_folder(record.parent)


def undo_killed_changes(folder: Path) -> None:
    """Puts back what a command changed that was killed before it had changed everything.

    Raises:
        CommandError: meanwhile somebody else has changed one of the files.
        MachineError: something can't be written.
    """
    record = _beside(folder, _RECORD)
    if not leads_anywhere(str(record)):
        return
    changes = _read_record(record)
    now = {change.name: _read(folder / change.name) for change in changes}
    foreign = [c.name for c in changes if now[c.name] not in (c.old, c.new)]
    if foreign:
        raise CommandError(
            f"前のコマンドが途中で止まったあと、{foreign[0]} が書き換えられました。"
            f"git などで計画を確かめてから、{record} を消してください。"
        )
    for change in reversed(changes):
        if now[change.name] != change.old:
            _put(folder, change.name, now[change.name], change.old)
    remove_if_possible(record)


def _put(
    folder: Path, name: str, now: bytes | None, new: bytes | None, like: str | None = None
) -> None:
    path = folder / name
    if refuse_unread(name) or path.parent.is_symlink():  # a stranger may have left the record
        raise CommandError(f"{path} は計画のファイルではないため、書き換えません。")
    with translate_os_errors(path):
        if new is None:
            path.unlink()
        elif now is None:
            write_new_file(path, new, tree=folder)
            if like and leads_anywhere(str(folder / like)):
                copy_owner_and_mode((folder / like).stat(), path)
        else:
            replace_file(path, new, tree=folder)


def _read(path: Path) -> bytes | None:
    if not os.path.lexists(path):
        return None
    content = read_regular_file(path, FROZEN_LIMIT)
    return content if isinstance(content, bytes) else b"\0"  # equal to nothing of ours


def _record(changes: Sequence[FileChange]) -> bytes:
    def coded(content: bytes | None) -> str | None:
        return None if content is None else b64encode(content).decode()

    return json.dumps([[c.name, coded(c.old), coded(c.new)] for c in changes]).encode()


def _read_record(record: Path) -> list[FileChange]:
    def decoded(content: str | None) -> bytes | None:
        return None if content is None else b64decode(content)

    with translate_os_errors(record):
        entries = json.loads(record.read_bytes())
    return [FileChange(name, decoded(old), decoded(new)) for name, old, new in entries]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = FileLock(_beside(folder, _LOCK))
    try:
        with translate_os_errors(folder):
            lock.take()
        yield
    except LockHeldError as holder:
        raise CommandError(
            f"{folder.name} は、ほかの kihonkeikaku が書き換えている最中です（{holder}）。"
        ) from None
    finally:
        lock.release()


def _beside(folder: Path, purpose: str) -> Path:
    return folder.with_name(f".{folder.name}.{purpose}")
