"""What stands in a folder, however many folders deep: nothing that is behind a link."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Inventory:
    """What stands in a folder, by paths within it, with slashes.

    ``files`` are the regular files, ``folders`` the folders, the outer before the inner. ``others``
    is all else: links, pipes.
    """

    files: dict[str, os.stat_result] = field(default_factory=dict)
    folders: dict[str, os.stat_result] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def refuse(error: OSError) -> NoReturn:
    """What to do about something that can't be read, if nothing else is said."""
    raise error


def inventory(
    folder: str | os.PathLike[str], on_error: Callable[[OSError], object] = refuse
) -> Inventory:
    """Returns what stands in a folder.

    Args:
        folder: where.
        on_error: is told what can't be read.

    Raises:
        OSError: something can't be read.
    """
    found = Inventory()
    left = [""]
    for within in left:
        try:
            with os.scandir(os.path.join(folder, within)) as entries:  # noqa: PTH118 # a path each
                for entry in entries:
                    _enter(found, within + entry.name, entry.stat(follow_symlinks=False), left)
        except OSError as error:
            on_error(error)
    return found


def _enter(found: Inventory, name: str, status: os.stat_result, left: list[str]) -> None:
    if stat.S_ISDIR(status.st_mode):
        found.folders[name] = status
        left.append(f"{name}/")
    elif stat.S_ISREG(status.st_mode):
        found.files[name] = status
    else:
        found.others.append(name)
