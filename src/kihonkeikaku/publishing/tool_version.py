"""What the program is known by: its own files, the libraries' versions, and Python's.

Fonts are no part of it: what is made with them has them in its recipe.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from kihonkeikaku.rendering.assets import TEMPLATES

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
