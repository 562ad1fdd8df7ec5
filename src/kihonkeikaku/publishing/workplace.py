"""Where an edition is made: a folder beside the output folder.

Making and removing thousands of folders takes longer than all else that follows from an edit. Those
of the edition before are therefore kept, empty, in the user's cache folder, and used again.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from kihonkeikaku.publishing.cache import folders_path
from kihonkeikaku.publishing.files import remove_tree, write
from kihonkeikaku.publishing.fingerprint import Fingerprint
from kihonkeikaku.publishing.inventory import Inventory, inventory
from kihonkeikaku.publishing.place import Place
from kihonkeikaku.publishing.standing import Standing, read

LARGE: Final = 500
"""Of editions of so many files the folders are kept."""


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

    def bring_kept_folders(self) -> None:
        """Brings the folders that were kept of an earlier edition, if there are any.

        Raises:
            OSError: those that are not fit for use can't be removed.
        """
        new = self._place.new
        made = new.stat()
        try:
            folders_path(self._place).rename(new)  # in the place of the empty one
        except OSError:  # there are none, or they are on another device
            return
        found = inventory(new)
        if _are_as_if_made_now(found, made):
            new.chmod(stat.S_IMODE(made.st_mode))
            self._folders |= found.folders.keys()
        else:
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
        self._make_way(name)
        write(self._root + name, content)

    def take_over(self, name: str, standing: Standing) -> None:
        """Puts a file of the edition that stands into this one too, which costs no writing.

        Raises:
            OSError: it can't be done.
        """
        status = standing.files[name]
        if status.st_nlink == 1:  # nobody else has hold of it
            self._make_way(name)
            with suppress(OSError):  # not every file system can
                os.link(standing.path(name), self._root + name, follow_symlinks=False)
                self._links[name] = status
                return
        self.write(name, standing.content(name))

    def remove_empty_folders(self, names: Iterable[str]) -> None:
        """Removes the folders that none of these files stands in.

        Raises:
            OSError: one can't be removed.
        """
        needed = {""}
        for name in names:
            folder = name.rpartition("/")[0]
            while folder not in needed:
                needed.add(folder)
                folder = folder.rpartition("/")[0]
        for folder in sorted(self._folders - needed, reverse=True):  # the inner before the outer
            os.rmdir(self._root + folder)  # noqa: PTH106 # thousands of paths
            self._folders.remove(folder)

    def files(self, known: Mapping[str, Fingerprint]) -> dict[str, Fingerprint | None]:
        """Reads all files back, but for those taken over: they are told by what they were then.

        Args:
            known: what the files are known by.

        Returns:
            What each is known by; nothing for what is no file.

        Raises:
            OSError: one can't be read.
        """
        found = inventory(self._place.new)
        read_back: dict[str, Fingerprint | None] = dict.fromkeys(found.others)
        for name, status in found.files.items():
            link = self._links.get(name)
            if link and _is_still(link, status):
                read_back[name] = known[name]
            else:
                read_back[name] = Fingerprint.of(read(self._root + name))
        return read_back

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
            self._place.new.rename(kept)
        except OSError:
            return False
        return True

    def _make_folder(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self._folders:
            self._make_folder(above)
        os.mkdir(self._root + folder)  # noqa: PTH102 # thousands of paths
        self._folders.add(folder)

    def _make_way(self, name: str) -> None:
        """Makes the folder of a file; a folder of an earlier edition that has its name must go."""
        if name in self._folders:
            remove_tree(self._place.new / name)
            self._folders -= {f for f in self._folders if f"{f}/".startswith(f"{name}/")}
        self.make_folders([name])


def _are_as_if_made_now(found: Inventory, made: os.stat_result) -> bool:
    """Whether there is nothing but folders that only their makers' rights are needed for."""
    expected = made.st_mode, made.st_uid, made.st_gid
    return not (found.files or found.others) and all(
        (status.st_mode, status.st_uid, status.st_gid) == expected
        for status in found.folders.values()
    )


def _is_still(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether a file is the same and was not written meanwhile."""
    return os.path.samestat(before, now) and (
        (before.st_size, before.st_mtime_ns) == (now.st_size, now.st_mtime_ns)
    )
