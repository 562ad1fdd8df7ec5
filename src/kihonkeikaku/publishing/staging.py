"""Where an edition is made: a folder beside the output folder.

Making and removing thousands of folders takes longer than all else that follows from an edit. Those
of the edition before are therefore kept, empty, in the user's cache folder, and used again.
"""

import os
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.cache import folders_path
from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.publishing.previous_edition import Standing, read
from kihonkeikaku.system.atomic_files import remove_tree, write
from kihonkeikaku.system.fingerprint import Fingerprint
from kihonkeikaku.system.folder_listing import inventory

LARGE: Final = 500
"""Of editions of so many files the folders are kept."""


class Workplace:
    """The folder ``place.new``, and in it the files of the edition as they come."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._root = f"{place.new}/"
        self._folders = {""}
        self._brought = False
        self._links: dict[str, os.stat_result] = {}

    def open(self) -> None:
        """Makes the folder.

        Raises:
            OSError: it can't be made.
        """
        remove_tree(self._place.new)
        self._place.new.mkdir()
        self._made = self._place.new.stat()

    def bring_kept_folders(self) -> None:
        """Brings the folders that were kept of an earlier edition, if there are any.

        Each is looked at when it is needed, and whatever else comes with them is removed at last.

        Raises:
            OSError: they can't be looked at.
        """
        new = self._place.new
        with suppress(OSError):  # there are none, or they are on another device
            folders_path(self._place).rename(new)  # in the place of the empty one
            self._brought = True
        if not _is_as_if_made_now(new.stat(), self._made):
            remove_tree(new)
            new.mkdir()

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
        try:
            write(self._root + name, content)
        except FileExistsError:  # it came with the folders
            remove_tree(self._place.new / name)
            write(self._root + name, content)

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

    def remove_what_came_beside(self, names: Collection[str]) -> None:
        """Removes what came with the folders, but for these files and what they stand in.

        Raises:
            OSError: something can't be removed.
        """
        if not self._brought:
            return
        needed = {""}
        for name in names:
            folder = name.rpartition("/")[0]
            while folder not in needed:
                needed.add(folder)
                folder = folder.rpartition("/")[0]
        found = inventory(self._place.new)
        for name in (*found.files, *found.others):
            if name not in names:
                os.unlink(self._root + name)  # noqa: PTH108 # thousands of paths
        for folder in reversed(found.folders):  # the inner before the outer
            if folder not in needed:
                os.rmdir(self._root + folder)  # noqa: PTH106 # thousands of paths

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

    def retire(self, files: Iterable[str]) -> bool:
        """Keeps the folders that now stand at ``place.new`` for the next edition, without files.

        Args:
            files: the files in them.

        Returns:
            Whether that could be done; else there is something there still.
        """
        kept = folders_path(self._place)
        try:
            for name in files:
                os.unlink(self._root + name)  # noqa: PTH108 # thousands of paths
            kept.parent.mkdir(parents=True, exist_ok=True)
            # The edition's own rights are not the next one's.
            self._place.new.chmod(stat.S_IMODE(self._made.st_mode))
            self._place.new.rename(kept)
        except OSError:
            return False
        return True

    def _make_folder(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self._folders:
            self._make_folder(above)
        path = self._root + folder
        try:
            os.mkdir(path)  # noqa: PTH102 # thousands of paths
        except FileExistsError:
            if not _is_as_if_made_now(os.lstat(path), self._made):
                remove_tree(Path(path))
                os.mkdir(path)  # noqa: PTH102 # thousands of paths
        self._folders.add(folder)

    def _found(self, name: str, known: Fingerprint) -> Fingerprint | None:
        link = self._links.get(name)
        try:
            if link and _is_still(link, os.lstat(self._root + name)):
                return known
            return Fingerprint.of(read(self._root + name))
        except FileNotFoundError:
            return None


def _is_as_if_made_now(status: os.stat_result, made: os.stat_result) -> bool:
    """Whether something is a folder just like one that was made now."""
    return (status.st_mode, status.st_uid, status.st_gid) == (
        made.st_mode,
        made.st_uid,
        made.st_gid,
    )


def _is_still(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether a file is the same and was not written meanwhile."""
    return os.path.samestat(before, now) and (
        (before.st_size, before.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
    )
