"""The paths of a plan's files as the repository knows them, wherever the command runs."""

import os.path
from functools import lru_cache
from pathlib import Path


def repository_path(file: str) -> str:
    """Returns a file's path from the root of the repository that the current folder is in.

    Outside of a repository the root is the current folder. What lies outside of the root, and a
    file of a git revision, is named as before.
    """
    current = Path.cwd()
    root = _find_root(current) or current
    absolute = Path(os.path.normpath(current / file))
    is_revision = ":" in file.partition("/")[0] and not os.path.lexists(absolute)
    if is_revision or not absolute.is_relative_to(root):
        return os.path.normpath(file)
    return str(absolute.relative_to(root))


@lru_cache(maxsize=1)
def _find_root(folder: Path) -> Path | None:
    return next((root for root in (folder, *folder.parents) if (root / ".git").exists()), None)
