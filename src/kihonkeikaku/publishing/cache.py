"""The user's cache folder: what is kept there for each output folder.

It may be deleted at any time, and costs nothing but time where it can't be written.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.system.atomic_files import remove_tree

FOLDER_VARIABLE: Final = "KIHONKEIKAKU_CACHE"
"""The environment's variable that names another folder."""
KEPT: Final = 32
"""For so many output folders something is kept: those that an edition was last made in."""

_LEDGER: Final = ".json"


def ledger_path(place: Place) -> Path:
    """Returns where the ledger of an output folder is kept."""
    return _path(place, _LEDGER)


def forget_oldest() -> None:
    """Removes what is kept for output folders beyond ``KEPT``.

    Raises:
        OSError: it can't be removed.
    """
    folder = _folder()
    ledgers = sorted(folder.glob(f"*{_LEDGER}"), key=lambda path: path.stat().st_mtime_ns)
    for path in ledgers[:-KEPT]:
        remove_tree(path)


def _path(place: Place, ending: str) -> Path:
    name = hashlib.sha256(os.fsencode(place.path)).hexdigest()
    return _folder() / f"{name}{ending}"


def _folder() -> Path:
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(caches) / "kihonkeikaku"
