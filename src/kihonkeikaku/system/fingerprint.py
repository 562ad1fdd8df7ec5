"""What a file is known by."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file is known by: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Returns the fingerprint of a file's content."""
        return cls(len(content), hashlib.sha256(content).hexdigest())


@cache
def of_packaged_file(path: Path) -> Fingerprint:
    """Returns the fingerprint of a file of the program itself: fonts are asked for more than once.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")  # megabytes at a time, in no memory of its own
        return Fingerprint(file.tell(), digest.hexdigest())
