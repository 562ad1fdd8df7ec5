"""The user's cache folder: what is kept there for each output folder.

It may be deleted at any time, and costs nothing but time where it can't be written.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.system.atomic_files import remove_tree

FOLDER_VARIABLE: Final = "KIHONKEIKAKU_CACHE"
"""The environment's variable that names another folder."""
KEPT: Final = 32
"""For so many output folders something is kept: those that an edition was last made in."""

_LEDGER: Final = ".json"
_FOLDERS: Final = ".folders"


def ledger_path(place: Place) -> Path:
    """Returns where the ledger of an output folder is kept."""
    return _path(place, _LEDGER)


def folders_path(place: Place) -> Path:
    """Returns where the empty folders of an earlier edition are kept."""
    return _path(place, _FOLDERS)


def forget_oldest() -> None:
    """Removes what is kept for output folders beyond ``KEPT``.

    Raises:
        OSError: it can't be removed.
    """
    folder = _folder()
    ledgers = sorted(folder.glob(f"*{_LEDGER}"), key=lambda path: path.stat().st_mtime_ns)
    kept = {path.stem for path in ledgers[-KEPT:]}
    for path in _ours(folder):
        if path.stem not in kept:
            remove_tree(path)


def _ours(folder: Path) -> Iterator[Path]:
    yield from folder.glob(f"*{_LEDGER}")
    yield from folder.glob(f"*{_FOLDERS}")


def _path(place: Place, ending: str) -> Path:
    name = hashlib.sha256(os.fsencode(place.path)).hexdigest()
    return _folder() / f"{name}{ending}"


def _folder() -> Path:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(caches) / "kihonkeikaku"
