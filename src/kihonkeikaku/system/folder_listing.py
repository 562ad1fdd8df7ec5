"""What stands in a folder, however many folders deep: nothing that is behind a link."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Inventory:
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
