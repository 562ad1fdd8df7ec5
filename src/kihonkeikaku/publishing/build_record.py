"""What the edition at a place was made from, so that what has not changed is not made again.

A ledger is kept for each output folder, outside of it, in the user's cache folder. It holds hashes
only: the files themselves are the edition's, and one that is not what the ledger says is made
again. It may be deleted at any time, and one that is damaged is as good as none.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from kihonkeikaku.errors import MachineError
from kihonkeikaku.loading.folder import read_regular_file
from kihonkeikaku.publishing.output_folder import Place
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.system.atomic_files import remove_tree, write_file
from kihonkeikaku.system.folder_contents import Fingerprint

_LIMIT: Final = 64 << 20
"""Largest ledger that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an edition consists of, and what it was made from.

    ``source`` is a hash of all that the whole was made from, the program included; ``batches`` has
    the paths of each batch by its recipe, ``files`` what each file is known by, ``sources`` the
    hashes of those files of the plan that need not be read again.
    """

    source: str = ""
    batches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Fingerprint] = field(default_factory=dict)

    @classmethod
    def read(cls, place: Place, program: str) -> Self:
        """Returns the ledger of an output folder.

        Args:
            place: the output folder.
            program: what the program is known by; nothing that another one made is of use.

        Returns:
            An empty one if there is none, or if it can't be understood.
        """
        content = read_regular_file(ledger_path(place), _LIMIT)
        if not isinstance(content, bytes):
            return cls()
        try:
            return cls._understood(json.loads(content), program)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    @classmethod
    def _understood(cls, facts: Any, program: str) -> Self:
        if facts["program"] != program:
            return cls()
        files = {str(name): Fingerprint(*known) for name, known in facts["files"].items()}
        batches = {str(recipe): tuple(paths) for recipe, paths in facts["batches"].items()}
        if not all(path in files for paths in batches.values() for path in paths):
            return cls()
        return cls(str(facts["source"]), batches, files)

    def write(self, place: Place, program: str) -> None:
        """Keeps the ledger for the next build, which makes all anew where that is impossible."""
        files = {name: (known.size, known.sha256) for name, known in self.files.items()}
        facts = {
            "program": program,
            "source": self.source,
            "batches": self.batches,
            "files": files,
        }
        with suppress(MachineError, OSError):
            write_file(ledger_path(place), json.dumps(facts))
            forget_oldest()


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


_PACKAGE: Final = Path(__file__).resolve().parents[1]

_INSTALLED: Final = (".dist-info", ".egg-info")
"""How the names of folders end that tell a library's name and version (PEP 376)."""


def program_fingerprint() -> str:
    """Returns a hash that is another one as soon as the program is another one."""
    known = hashlib.sha256(sys.version.encode())
    for library in _installed():
        known.update(f"\0{library}".encode("utf-8", "surrogateescape"))
    for root in (_PACKAGE, TEMPLATES):
        for path in sorted(_files(str(root))):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # hundreds of them
                content = file.read()
            known.update(f"\0{path[len(str(root)) :]}\0{len(content)}\0".encode())
            known.update(content)
    return known.hexdigest()


def _installed() -> Iterator[str]:
    """Yields the libraries that there are, with their versions, in the order they are looked for.

    All of them: most take part in what is made, and it is made again if another one comes.
    """
    for folder in sys.path:
        with suppress(OSError):  # some are no folders
            items = os.scandir(folder or os.curdir)
            yield from sorted(item.name for item in items if item.name.endswith(_INSTALLED))


def _files(folder: str) -> Iterator[str]:
    """Yields the files below a folder, without fonts and what Python compiled of them."""
    for item in os.scandir(folder):
        if not item.is_dir():
            if not item.name.endswith(".ttf"):
                yield item.path
        elif item.name != "__pycache__":
            yield from _files(item.path)


def recipe(*parts: object) -> str:
    """Returns a hash of what files are made from; ``repr`` of each part must tell all of it."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()
