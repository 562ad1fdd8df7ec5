"""What a file is known by."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NoReturn, Self


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file is known by: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Returns the fingerprint of a file's content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


@cache
def fingerprint_packaged_file(path: Path) -> Fingerprint:
    """Returns the fingerprint of a file of the program itself: fonts are asked for more than once.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")  # megabytes at a time, in no memory of its own
        return Fingerprint(file.tell(), digest.hexdigest())


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What stands in a folder, by paths within it, with slashes.

    ``files`` are the regular files, ``folders`` the folders, the outer before the inner. ``others``
    is all else: links, pipes.
    """

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def refuse(error: OSError) -> NoReturn:
    """What to do about something that can't be read, if nothing else is said."""
    raise error


def list_folder(
    folder: str | os.PathLike[str], on_error: Callable[[OSError], object] = refuse
) -> FolderListing:
    """Returns what stands in a folder.

    Args:
        folder: where.
        on_error: is told what can't be read.

    Raises:
        OSError: something can't be read.
    """
    found = FolderListing()
    left = [""]
    for within in left:
        try:
            with os.scandir(os.path.join(folder, within)) as entries:  # noqa: PTH118 # a path each
                for entry in entries:
                    name = within + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        found.folders.append(name)
                        left.append(f"{name}/")
                    else:
                        regular = entry.is_file(follow_symlinks=False)
                        (found.files if regular else found.others).append(name)
        except OSError as error:
            on_error(error)
    return found
