"""The edition that stands in an output folder: what of it is still what it was."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from kihonkeikaku.publishing.fingerprint import Fingerprint
from kihonkeikaku.publishing.inventory import inventory


class Standing:
    """The files in an output folder; links and what is behind them are none.

    Args:
        folder: the output folder; there need be nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def files(self) -> dict[str, os.stat_result]:
        """The files by their paths within the edition, as they were when they were first looked at.

        What can't be read is none of them.
        """
        return inventory(self._folder, on_error=lambda _: None).files

    def path(self, name: str) -> str:
        """Returns where a file is."""
        return f"{self._folder}/{name}"

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
        there = self.files.get(name)
        if there is None or there.st_size != known.size:
            return False
        return Fingerprint.of(self.content(name)) == known

    def consists_of(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether these are all files there are, each of them what it is known by.

        Raises:
            OSError: one can't be read.
        """
        return self.files.keys() == files.keys() and all(
            self.has(name, known) for name, known in files.items()
        )


def read(path: str) -> bytes:
    """Returns what a file holds.

    Raises:
        OSError: it can't be read.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # thousands of them
        return file.read()
