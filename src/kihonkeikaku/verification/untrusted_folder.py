"""An untrusted folder: read without following links out of it, and without blocking on pipes."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.system import open_flags
from kihonkeikaku.system.os_errors import explain_os_error

MOST_ENTRIES: Final = 200_000
"""Most entries that are read; an edition of 20,000 measures has about 20,000."""
DEEPEST: Final = 16

_NO_LINKS: Final = open_flags.NO_FOLLOW | open_flags.NON_BLOCKING


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """An entry of the folder: its path with slashes, its type and its size in bytes.

    ``refusal`` is the reason why the rest of a folder was not read, if it was not.
    """

    name: str
    mode: int
    size: int
    refusal: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return stat.S_ISREG(self.mode)

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, and no link to one."""
        return stat.S_ISDIR(self.mode)

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return stat.S_ISLNK(self.mode)


class UnreadableFileError(Exception):
    """A file is none or can't be read; ``str()`` is the reason, as part of a Japanese sentence."""


class UntrustedFolder:
    """A folder, and everything in it that is reached without following a link.

    Args:
        path: where it is; a link to it is followed, since the user named it.

    Raises:
        CommandError: there is no such folder, or it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with os.scandir(path):
                pass
        except OSError as error:
            raise CommandError(f"{path} を開けません（{explain_os_error(error)}）。") from error

    def entries(self) -> Iterator[FolderEntry]:
        """Yields all entries, folders before what is in them, in the order of their names."""
        for count, entry in enumerate(self._within(PurePosixPath())):
            if count >= MOST_ENTRIES:
                yield FolderEntry(
                    entry.name, 0, 0, f"{MOST_ENTRIES:,} 個を超えるため、ここから先は見ません"
                )
                return
            yield entry

    def open(self, name: str) -> BufferedReader:
        """Opens a regular file for reading.

        Args:
            name: its path within the folder, with slashes.

        Raises:
            UnreadableFileError: it is none, a link stands in the way, or it can't be opened.
        """
        parts = PurePosixPath(name).parts
        if not parts or name != "/".join(parts) or {"/", ".", ".."} & set(parts) or "\0" in name:
            raise UnreadableFileError("フォルダーの外を指しています")
        try:
            handle = self._opened(parts)
        except OSError as error:
            raise UnreadableFileError(explain_os_error(error)) from error
        file = os.fdopen(handle, "rb")
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return file
        file.close()
        raise UnreadableFileError("通常のファイルではありません")

    def read(self, name: str, limit: int) -> bytes:
        """Returns what a regular file holds.

        Args:
            name: its path within the folder, with slashes.
            limit: the largest size that is read, in bytes.

        Raises:
            UnreadableFileError: it can't be read, or is larger.
        """
        content = self.read_start(name, limit + 1)
        if len(content) > limit:
            raise UnreadableFileError(f"{limit >> 20} MiB を超えています")
        return content

    def read_start(self, name: str, size: int) -> bytes:
        """Returns the first bytes of a regular file, ``size`` at most.

        Raises:
            UnreadableFileError: it can't be read.
        """
        with self.open(name) as file:
            try:
                return file.read(size)
            except OSError as error:
                raise UnreadableFileError(explain_os_error(error)) from error

    def _opened(self, parts: tuple[str, ...]) -> int:
        """Goes down folder by folder, so that no link on the way is followed either."""
        if not open_flags.CAN_OPEN_FOLDERS:
            return self._opened_step_by_step(parts)
        above = os.open(self.path, open_flags.FOLDER)
        try:
            for part in parts[:-1]:
                below = os.open(part, open_flags.FOLDER | _NO_LINKS, dir_fd=above)
                os.close(above)
                above = below
            return os.open(parts[-1], open_flags.READ | _NO_LINKS, dir_fd=above)
        finally:
            os.close(above)

    def _opened_step_by_step(self, parts: tuple[str, ...]) -> int:
        """Looks for links on the way first, where nothing can be found from an open folder."""
        path = self.path
        for part in parts:
            path /= part
            if path.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        return os.open(path, open_flags.READ)

    def _within(self, folder: PurePosixPath) -> Iterator[FolderEntry]:
        name = "" if folder == PurePosixPath() else folder.as_posix()
        if len(folder.parts) > DEEPEST:
            yield FolderEntry(name, 0, 0, "フォルダーが深すぎるため、中は見ません")
            return
        try:
            with os.scandir(self.path / folder) as items:
                found = sorted(item.name for item in islice(items, MOST_ENTRIES + 1))
        except OSError as error:
            yield FolderEntry(name, 0, 0, f"フォルダーを読めません（{explain_os_error(error)}）")
            return
        for item in found:
            entry = self._entry(folder / item)
            yield entry
            if entry.is_folder:
                yield from self._within(folder / item)

    def _entry(self, name: PurePosixPath) -> FolderEntry:
        with suppress(OSError):
            status = (self.path / name).lstat()
            return FolderEntry(name.as_posix(), status.st_mode, status.st_size)
        return FolderEntry(name.as_posix(), 0, 0, "読めません")
