"""The edition that stands in an output folder: what of it is still what it was."""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from kihonkeikaku.publishing.files import write
from kihonkeikaku.publishing.fingerprint import Fingerprint


class Standing:
    """The files in an output folder; links and what is behind them are none.

    Args:
        folder: the output folder; there need be nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, name: str, known: Fingerprint) -> bool:
        """Whether a file is there and is what it is known by.

        Args:
            name: its path within the edition, with slashes.
            known: its size and hash.

        Raises:
            OSError: it can't be read.
        """
        there = self._files.get(name)
        if there is None or there.st_size != known.size:
            return False
        return Fingerprint.of(self._path(name).read_bytes()) == known

    def consists_of(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether these are all files there are, each of them what it is known by.

        Raises:
            OSError: one can't be read.
        """
        return self._files.keys() == files.keys() and all(
            self.has(name, known) for name, known in files.items()
        )

    def hand_over(self, name: str, path: Path) -> None:
        """Puts a file of this edition into another one too, which costs no writing.

        Raises:
            OSError: it can't be done.
        """
        with suppress(OSError):  # not every file system can
            if self._files[name].st_nlink == 1:  # nobody else has hold of it
                os.link(self._path(name), path, follow_symlinks=False)
                return
        write(path, self._path(name).read_bytes())

    def _path(self, name: str) -> Path:
        return self._folder.joinpath(*PurePosixPath(name).parts)

    @cached_property
    def _files(self) -> dict[str, os.stat_result]:
        found = {}
        for folder, _, names in os.walk(self._folder):
            within = Path(folder).relative_to(self._folder)
            for name in names:
                status = Path(folder, name).lstat()
                if stat.S_ISREG(status.st_mode):
                    found[(within / name).as_posix()] = status
        return found
