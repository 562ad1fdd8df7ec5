"""The folder beside the output folder in which an edition is made, and the exchange of the two."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.publishing.output_folder import ANOTHER_FOLDER, OutputFolder
from kihonkeikaku.publishing.previous_edition import PreviousEdition
from kihonkeikaku.system.atomic_files import remove_tree, write_unsynced
from kihonkeikaku.system.filesystem_calls import exchange_paths
from kihonkeikaku.system.fingerprint import Fingerprint, read_file

_WHERE_IT_IS: Final = {
    errno.EBUSY: "マウントされた場所そのもの",
    errno.EXDEV: "重ねられたファイルシステム（overlay）の下の層のもの",
}
"""Why a folder can't be renamed beside itself."""


class Staging:
    """The staging folder, and in it the files of the edition as they are made."""

    def __init__(self, out: OutputFolder) -> None:
        self._folder = out.staging
        self._made = {""}
        self._links: dict[str, os.stat_result] = {}

    def create(self) -> None:
        """Makes the folder anew.

        Raises:
            OSError: it can't be made.
        """
        remove_tree(self._folder)
        self._folder.mkdir()

    def require_exchangeable(self, previous: Path) -> None:
        """Checks that the system will exchange the folder for the previous edition.

        It is asked for a rename that it must refuse, since the folder is not empty: the reason
        tells whether it would have been done otherwise.

        Raises:
            CommandError: the previous edition is mounted, or belongs to a lower layer.
            OSError: it may not be renamed.
        """
        probe = self._folder / "probe"
        probe.mkdir()
        try:
            os.rename(previous, self._folder)  # noqa: PTH104 # Path.rename says that it renames
        except OSError as error:
            if error.errno in _WHERE_IT_IS:
                raise CommandError(
                    f"{previous} は{_WHERE_IT_IS[error.errno]}であるため、置き換えられません。"
                    f"{ANOTHER_FOLDER}"
                ) from error
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        probe.rmdir()

    def write(self, name: str, content: bytes) -> None:
        """Writes a file.

        Raises:
            OSError: it can't be written.
        """
        self._make_folder(name.rpartition("/")[0])
        write_unsynced(self._path(name), content)

    def reuse(self, name: str, previous: PreviousEdition) -> None:
        """Puts a file of the previous edition into this one too, if possible without writing it.

        Raises:
            OSError: it can't be done.
        """
        status = previous.status(name)
        if status and status.st_nlink == 1:  # no other name leads to the file
            self._make_folder(name.rpartition("/")[0])
            with suppress(OSError, NotImplementedError):  # not every file system or system can
                os.link(previous.path(name), self._path(name), follow_symlinks=False)
                self._links[name] = status
                return
        self.write(name, read_file(previous.path(name)))

    def read_back(self, files: Mapping[str, Fingerprint]) -> dict[str, Fingerprint | None]:
        """Reads all files back, except reused ones that are still as they were when compared.

        Args:
            files: the fingerprints that the files should have.

        Returns:
            The fingerprints that they have; nothing for what is not there.

        Raises:
            OSError: one can't be read.
        """
        return {name: self._read_back(name, known) for name, known in files.items()}

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            self._make_folder(folder.rpartition("/")[0])
            os.mkdir(self._path(folder))  # noqa: PTH102 # a Path for each takes longer
            self._made.add(folder)

    def _read_back(self, name: str, known: Fingerprint) -> Fingerprint | None:
        link = self._links.get(name)
        try:
            if link and _is_unchanged(link, os.lstat(self._path(name))):
                return known
            return Fingerprint.of(read_file(self._path(name)))
        except FileNotFoundError:
            return None


class ExchangeMethod(Enum):
    """How an edition came into its place."""

    FIRST = "first"
    """There was nothing; one rename."""
    EXCHANGED = "exchanged"
    """It changed places with the previous one, in one step."""
    TWO_RENAMES = "two renames"
    """For a moment there was none: the file system can't exchange two folders."""


def put_in_place(out: OutputFolder) -> ExchangeMethod:
    """Puts the staged edition in place; the previous one is then in the staging folder.

    Raises:
        OSError: it can't be done; everything is as it was.
    """
    if not out.path.exists():
        out.staging.rename(out.path)
        return ExchangeMethod.FIRST
    if exchange_paths(out.staging, out.path):
        return ExchangeMethod.EXCHANGED
    out.path.rename(out.retired)
    try:
        out.staging.rename(out.path)
        out.retired.rename(out.staging)
    except OSError:
        if not out.staging.exists():
            out.path.rename(out.staging)
        out.retired.rename(out.path)
        raise
    return ExchangeMethod.TWO_RENAMES


def undo(out: OutputFolder, method: ExchangeMethod) -> None:
    """Undoes ``put_in_place``.

    Raises:
        OSError: it can't be done; the new edition is in place.
    """
    if method is ExchangeMethod.FIRST:
        out.path.rename(out.staging)
    else:
        put_in_place(out)


def recover_from_two_renames(out: OutputFolder) -> None:
    """Puts the previous edition back after a build was killed between two renames.

    Raises:
        OSError: it can't be done.
    """
    if out.retired.is_dir() and not out.path.exists():
        out.retired.rename(out.path)


def _is_unchanged(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether a file is the same and was not written meanwhile."""
    return os.path.samestat(before, now) and (
        (before.st_size, before.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
    )
