"""The edition that stands in an output folder: what of it is still what it was."""

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from kihonkeikaku.system.folder_contents import Fingerprint, list_folder


class Standing:
    """The files in an output folder; links and what is behind them are none.

    Args:
        folder: the output folder; there need be nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looked_at: dict[str, os.stat_result | None] = {}

    def names(self) -> Iterable[str]:
        """Returns the paths of all files within the edition, as far as they can be read."""
        return list_folder(self._folder, on_error=lambda _: None).files

    def path(self, name: str) -> str:
        """Returns where a file is."""
        return f"{self._folder}/{name}"

    def status(self, name: str) -> os.stat_result | None:
        """Returns what a file was when it was first looked at; nothing if there is none.

        Args:
            name: its path within the edition, with slashes.
        """
        folder, slash, _ = name.rpartition("/")
        there = self._look_at(name) if not slash or self._is_folder(folder) else None
        return there if there and stat.S_ISREG(there.st_mode) else None

    def content(self, name: str) -> bytes:
        """Returns what a file holds.

        Raises:
            OSError: it can't be read.
        """
        return read(self.path(name))

    def has(self, name: str, known: Fingerprint) -> bool:
        """Whether a file is there and is what it is known by.

        Args:
            name: its path within the edition, with slashes.
            known: its size and hash.

        Raises:
            OSError: it can't be read.
        """
        there = self.status(name)
        if there is None or there.st_size != known.size:
            return False
        return Fingerprint.of(self.content(name)) == known

    def consists_of(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether these are all files there are, each of them what it is known by.

        Raises:
            OSError: one can't be read.
        """
        return set(self.names()) == files.keys() and all(
            self.has(name, known) for name, known in files.items()
        )

    def _is_folder(self, folder: str) -> bool:
        above, slash, _ = folder.rpartition("/")
        there = self._look_at(folder) if not slash or self._is_folder(above) else None
        return there is not None and stat.S_ISDIR(there.st_mode)

    def _look_at(self, name: str) -> os.stat_result | None:
        if name not in self._looked_at:
            try:
                self._looked_at[name] = os.lstat(self.path(name))
            except OSError:
                self._looked_at[name] = None
        return self._looked_at[name]


def read(path: str) -> bytes:
    """Returns what a file holds.

    Raises:
        OSError: it can't be read.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # thousands of them
        return file.read()
