"""What the edition in an output folder was made from, so that only what changed is made again.

A record is kept for each output folder, outside of it, in the user's cache folder. It holds hashes
only: the files themselves are the edition's. It may be deleted at any time, and a damaged one is
treated as none. Where the cache folder can't be written, builds take longer and are otherwise the
same.
"""

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from kihonkeikaku.errors import MachineError
from kihonkeikaku.loading.folder import read_regular_file
from kihonkeikaku.publishing.output_folder import OutputFolder
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.system.atomic_files import write_file
from kihonkeikaku.system.fingerprint import Fingerprint

CACHE_VARIABLE: Final = "KIHONKEIKAKU_CACHE"
"""The environment variable that names another cache folder."""
RECORDS: Final = "build-records"
"""The folder in the cache folder that holds the records and nothing else."""
MOST_RECORDS: Final = 32
"""Records are kept of so many output folders, the latest ones."""

_LIMIT: Final = 64 << 20
"""Largest record that is read, in bytes."""
_RECORD_NAME: Final = re.compile(r"[0-9a-f]{64}\.json")
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_INSTALLED: Final = (".dist-info", ".egg-info")
"""Endings of the folders whose names give an installed library and its version (PEP 376)."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What an edition consists of, and what it was made from.

    ``cache_key`` is a hash of all that the whole edition was made from, ``parts`` has the paths of
    each part's files by the part's cache key, ``files`` the fingerprint of each file.
    """

    cache_key: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Fingerprint] = field(default_factory=dict)

    @classmethod
    def read(cls, out: OutputFolder, program: str) -> Self:
        """Returns the record of an output folder.

        Args:
            out: the output folder.
            program: the program's fingerprint; what another program made is not used.

        Returns:
            An empty one if there is none, or if it can't be understood.
        """
        path = _record_path(out)
        content = read_regular_file(path, _LIMIT) if path else None
        if not isinstance(content, bytes):
            return cls()
        try:
            return cls._parse(json.loads(content), program)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    @classmethod
    def _parse(cls, data: Any, program: str) -> Self:
        if data["program"] != program:
            return cls()
        files = {str(name): Fingerprint(*values) for name, values in data["files"].items()}
        parts = {str(key): tuple(paths) for key, paths in data["parts"].items()}
        if not all(path in files for paths in parts.values() for path in paths):
            return cls()
        return cls(str(data["cache_key"]), parts, files)

    def write(self, out: OutputFolder, program: str) -> None:
        """Keeps the record for the next build, if that is possible."""
        path = _record_path(out)
        if not path:
            return
        data = {
            "program": program,
            "cache_key": self.cache_key,
            "parts": self.parts,
            "files": {name: (file.size, file.sha256) for name, file in self.files.items()},
        }
        with suppress(MachineError, OSError):
            write_file(path, json.dumps(data))
            _remove_oldest(path.parent)


def hash_inputs(*inputs: object) -> str:
    """Returns a hash of what files are made from; ``repr`` of each input must show all of it."""
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def fingerprint_program() -> str:
    """Returns a hash of the program, the libraries' versions, and Python's."""
    digest = hashlib.sha256(f"{sys.version}\0{hash_program()}".encode())
    for library in _installed_libraries():
        digest.update(f"\0{library}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def hash_program() -> str:
    """Returns a hash of the program's own files, the same on every machine.

    It is also the same for an installed program, which has its templates elsewhere. Fonts are no
    part of it: the manifest and the cache key of a PDF have them.
    """
    digest = hashlib.sha256()
    for root in (_PACKAGE, TEMPLATES):
        for path in sorted(_program_files(root)):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # hundreds of them
                content = file.read()
            name = Path(path).relative_to(root).as_posix()
            digest.update(f"\0{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _record_path(out: OutputFolder) -> Path | None:
    """Returns where the record of an output folder is kept; nothing if there is no cache folder."""
    cache = _cache_folder()
    name = hashlib.sha256(os.fsencode(out.path)).hexdigest()
    return cache / RECORDS / f"{name}.json" if cache else None


def _cache_folder() -> Path | None:
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME")
    if caches:
        return Path(caches) / "kihonkeikaku"
    try:
        return Path("~/.cache/kihonkeikaku").expanduser()
    except RuntimeError:  # no HOME, and the user has no entry in the system's list of users
        return None


def _remove_oldest(folder: Path) -> None:
    """Removes the oldest records; anything else in the folder is somebody else's and stays.

    Raises:
        OSError: one can't be removed.
    """
    if folder.is_symlink():
        return
    records = sorted(
        filter(_is_record, folder.iterdir()), key=lambda path: path.lstat().st_mtime_ns
    )
    for path in records[:-MOST_RECORDS]:
        path.unlink()


def _is_record(path: Path) -> bool:
    is_named_so = _RECORD_NAME.fullmatch(path.name) is not None
    return is_named_so and stat.S_ISREG(path.lstat().st_mode)


def _installed_libraries() -> Iterator[str]:
    """Yields the installed libraries with their versions, in the order of the search path.

    All of them: most take part in what is made, and it is made again if another one comes.
    """
    for folder in sys.path:
        with suppress(OSError):  # some are no folders
            items = os.scandir(folder or os.curdir)
            yield from sorted(item.name for item in items if item.name.endswith(_INSTALLED))


def _program_files(folder: Path | str) -> Iterator[str]:
    """Yields the files below a folder, except for fonts, templates and compiled Python."""
    for item in os.scandir(folder):
        if not item.is_dir():
            if not item.name.endswith(".ttf"):
                yield item.path
        elif item.name != "__pycache__" and Path(item.path) != TEMPLATES:
            yield from _program_files(item.path)
