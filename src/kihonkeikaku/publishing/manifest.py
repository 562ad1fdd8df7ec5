"""The manifest: what an edition consists of, and what it was made from."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kihonkeikaku import __version__
from kihonkeikaku.publishing.fingerprint import Fingerprint

MANIFEST: Final = "manifest.json"
GENERATOR: Final = "kihonkeikaku"
MANIFEST_LIMIT: Final = 64 << 20
"""Largest manifest that is read, in bytes."""


def manifest(edition: str, source_sha256: str, files: Mapping[str, Fingerprint]) -> bytes:
    """Returns the manifest of an edition: each file's size and SHA-256, and what it was made of.

    Args:
        edition: its id.
        source_sha256: hash of the plan that the files were made from.
        files: fingerprints by path within the edition.
    """
    facts = {
        "generator": GENERATOR,
        "version": __version__,
        "edition": edition,
        "source_sha256": source_sha256,
        "files": {
            name: {"size": file.size, "sha256": file.sha256} for name, file in sorted(files.items())
        },
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Returns the manifest of the edition in ``folder``; nothing if there is none of ours.

    Raises:
        OSError: there is one that can't be read.
    """
    path = folder / MANIFEST
    if not path.is_file() or path.is_symlink():
        return None
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        content = file.read(MANIFEST_LIMIT)
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError):
        return None
    ours = isinstance(facts, dict) and facts.get("generator") == GENERATOR
    return facts if ours else None
