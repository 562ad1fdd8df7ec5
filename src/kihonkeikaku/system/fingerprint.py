"""Fingerprints of files: whether a file holds what it held before."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's size in bytes, and its SHA-256 in hexadecimal."""

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


def read_file(path: str) -> bytes:
    """Returns what a file holds; quicker than ``Path.read_bytes`` for thousands of files.

    Raises:
        OSError: it can't be read.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 # thousands of them
        return file.read()
