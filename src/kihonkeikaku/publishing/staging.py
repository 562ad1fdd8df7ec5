"""Where an edition is made: a folder beside the output folder."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum

from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.publishing.previous_edition import Standing, read
from kihonkeikaku.system.atomic_files import remove_tree, write_unsynced
from kihonkeikaku.system.filesystem_calls import exchange_paths
from kihonkeikaku.system.folder_contents import Fingerprint


class Workplace:
    """The folder ``place.new``, and in it the files of the edition as they come."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._root = f"{place.new}/"
        self._folders = {""}
        self._links: dict[str, os.stat_result] = {}

    def open(self) -> None:
        """Makes the folder.

        Raises:
            OSError: it can't be made.
        """
        remove_tree(self._place.new)
        self._place.new.mkdir()

    def make_folders(self, names: Iterable[str]) -> None:
        """Makes the folders of files that are not there yet.

        Raises:
            OSError: one can't be made.
        """
        for name in names:
            folder = name.rpartition("/")[0]
            if folder not in self._folders:
                self._make_folder(folder)

    def write(self, name: str, content: bytes) -> None:
        """Writes a file.

        Raises:
            OSError: it can't be written.
        """
        self.make_folders([name])
        write_unsynced(self._root + name, content)

    def take_over(self, name: str, standing: Standing) -> None:
        """Puts a file of the edition that stands into this one too, which costs no writing.

        Raises:
            OSError: it can't be done.
        """
        status = standing.status(name)
        if status and status.st_nlink == 1:  # nobody else has hold of it
            self.make_folders([name])
            with suppress(OSError):  # not every file system can
                os.link(standing.path(name), self._root + name, follow_symlinks=False)
                self._links[name] = status
                return
        self.write(name, standing.content(name))

    def read_back(self, known: Mapping[str, Fingerprint]) -> dict[str, Fingerprint | None]:
        """Reads all files back, but for those taken over: they are told by what they were then.

        Args:
            known: what the files are known by.

        Returns:
            What each is known by; nothing for what is not there.

        Raises:
            OSError: one can't be read.
        """
        return {name: self._found(name, fingerprint) for name, fingerprint in known.items()}

    def _make_folder(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self._folders:
            self._make_folder(above)
        os.mkdir(self._root + folder)  # noqa: PTH102 # thousands of paths
        self._folders.add(folder)

    def _found(self, name: str, known: Fingerprint) -> Fingerprint | None:
        link = self._links.get(name)
        try:
            if link and _is_still(link, os.lstat(self._root + name)):
                return known
            return Fingerprint.of(read(self._root + name))
        except FileNotFoundError:
            return None


def _is_still(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether a file is the same and was not written meanwhile."""
    return os.path.samestat(before, now) and (
        (before.st_size, before.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
    )


class Step(Enum):
    """How an edition came into its place."""

    FIRST = "first"
    """There was nothing; one rename."""
    EXCHANGED = "exchanged"
    """It changed places with the one before, in one step."""
    TWO_RENAMES = "two renames"
    """For a moment there was none: the system can't exchange."""


def put_in_place(place: Place) -> Step:
    """Puts the new edition in place; the one before is then where the new one was made.

    Raises:
        OSError: it can't be done; everything is as it was.
    """
    if not place.path.exists():
        place.new.rename(place.path)
        return Step.FIRST
    if exchange_paths(place.new, place.path):
        return Step.EXCHANGED
    place.path.rename(place.old)
    try:
        place.new.rename(place.path)
        place.old.rename(place.new)
    except OSError:
        if not place.new.exists():
            place.path.rename(place.new)
        place.old.rename(place.path)
        raise
    return Step.TWO_RENAMES


def bring_back(place: Place, step: Step) -> None:
    """Undoes ``put_in_place``.

    Raises:
        OSError: it can't be done; the new edition is in place.
    """
    if step is Step.FIRST:
        place.path.rename(place.new)
    else:
        put_in_place(place)


def finish_two_renames(place: Place) -> None:
    """Puts right what a build left that was killed between two renames: the old edition is back.

    Raises:
        OSError: it can't be done.
    """
    if place.old.is_dir() and not place.path.exists():
        place.old.rename(place.path)
