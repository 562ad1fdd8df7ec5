"""What the program is known by: its own files, the libraries' versions, and Python's.

Fonts are no part of it: what is made with them has them in its recipe.
"""

import hashlib
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from kihonkeikaku.publishing.fingerprint import of_packaged_file
from kihonkeikaku.render.packaged import TEMPLATES

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_LIBRARIES: Final = (
    "deepdiff",
    "fonttools",
    "jinja2",
    "markupsafe",
    "pydantic",
    "pydantic-core",
    "pydyf",
    "pypdfium2",
    "pyyaml",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
)
"""Those whose other version could give other bytes."""


def program_fingerprint() -> str:
    """Returns a hash that is another one as soon as the program is another one."""
    known = hashlib.sha256(sys.version.encode())
    for library in _LIBRARIES:
        known.update(f"\0{library} {_version(library)}".encode())
    for root in (_PACKAGE, TEMPLATES):
        for path in _files(root):
            known.update(f"\0{path.relative_to(root).as_posix()}\0".encode())
            known.update(of_packaged_file(path).sha256.encode())
    return known.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _files(root: Path) -> Iterator[Path]:
    """Yields the files below a folder in order, without fonts and what Python compiled of them."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".ttf":
            yield path
