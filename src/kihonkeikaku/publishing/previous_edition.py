"""The edition that is in an output folder: which of its files are as they were made."""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.publishing.manifest import MANIFEST, read_manifest_files
from kihonkeikaku.publishing.output_folder import ANOTHER_FOLDER
from kihonkeikaku.system.fingerprint import Fingerprint, read_file
from kihonkeikaku.system.terminal import escape_unprintable

_OWN_PATH: Final = re.compile(
    r"""
    manifest\.json | plan\.json | editions/[^/.][^/]*\.json
    | pdf/plan(-draft)?\.pdf
    | (html|comparison)/([^/.][^/]*/)*[^/.][^/]*\.(html|css|js|json|csv|xml|txt|svg|pdf)
    """,
    re.VERBOSE,
)
"""Where this program puts the files of an edition."""
_OF_THE_DESKTOP: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_LISTED: Final = 3

_Stamp = tuple[int, int, int]


class PreviousEdition:
    """The files in an output folder, each read once unless it changes meanwhile.

    Args:
        folder: the output folder; there need be nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fingerprints: dict[str, tuple[_Stamp, Fingerprint]] = {}

    def path(self, name: str) -> str:
        """Returns where a file is."""
        return f"{self.folder}/{name}"

    def status(self, name: str) -> os.stat_result | None:
        """Returns the status of a regular file; nothing if there is none.

        Args:
            name: its path within the edition, with slashes.

        Raises:
            OSError: it can't be looked at.
        """
        try:
            status = os.lstat(self.path(name))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    def fingerprint(self, name: str) -> Fingerprint | None:
        """Returns the fingerprint of a regular file; nothing if there is none.

        Raises:
            OSError: it can't be read.
        """
        status = self.status(name)
        if not status:
            return None
        stamp = status.st_ino, status.st_size, status.st_mtime_ns
        known = self._fingerprints.get(name)
        if known is None or known[0] != stamp:
            known = stamp, Fingerprint.of(read_file(self.path(name)))
            self._fingerprints[name] = known
        return known[1]

    def consists_of(self, files: Mapping[str, Fingerprint]) -> bool:
        """Whether these files are there as they were made; call ``require_own_files`` first.

        Raises:
            OSError: one can't be read.
        """
        return bool(files) and all(self.fingerprint(name) == known for name, known in files.items())


def require_own_files(edition: PreviousEdition, label: Path) -> None:
    """Checks that a folder holds an edition as it was made and nothing else, or is empty or absent.

    A file is the edition's own if it is where this program puts files and has the fingerprint
    that the manifest says. The manifest alone proves nothing: anybody can write one.

    Args:
        edition: what is in the folder.
        label: the folder's path for messages.

    Raises:
        CommandError: there is a file that is not the edition's, or was changed.
        OSError: something can't be read.
    """
    listed = read_manifest_files(edition.folder) if edition.folder.is_dir() else None
    own = {name: known for name, known in (listed or {}).items() if _OWN_PATH.fullmatch(name)}
    folders = {folder.as_posix() for name in own for folder in Path(name).parents}
    foreign, changed = [], []
    unread = [""] if edition.folder.is_dir() else []
    for within in unread:
        with os.scandir(edition.path(within)) as entries:
            for entry in entries:
                name = within + entry.name
                if entry.is_dir(follow_symlinks=False) and name in folders:
                    unread.append(f"{name}/")
                elif not _is_own_name(entry, name, own, has_manifest=listed is not None):
                    foreign.append(name)
                elif name in own and edition.fingerprint(name) != own[name]:
                    changed.append(name)
    if foreign:
        raise CommandError(
            f"{label} には kihonkeikaku が作ったのではないファイルがあるため、"
            f"置き換えません（{_join_names(foreign)}）。{ANOTHER_FOLDER}"
        )
    if changed:
        raise CommandError(
            f"{label} には、作ったあとで書き換えられたファイルがあるため、"
            f"置き換えません（{_join_names(changed)}）。"
            f"要らなければ、そのファイルを消してください。要るなら、{ANOTHER_FOLDER}"
        )


def _is_own_name(
    entry: os.DirEntry[str], name: str, own: Mapping[str, Fingerprint], *, has_manifest: bool
) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    return name in own or entry.name in _OF_THE_DESKTOP or (name == MANIFEST and has_manifest)


def _join_names(names: list[str]) -> str:
    shown = map(escape_unprintable, sorted(names)[:_LISTED])
    return "、".join(shown) + ("など" if len(names) > _LISTED else "")
