"""The manifest of an edition: its files, and what they were made from."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.publishing.build_record import hash_program
from kihonkeikaku.system import open_flags
from kihonkeikaku.system.fingerprint import Fingerprint

MANIFEST: Final = "manifest.json"
GENERATOR: Final = "kihonkeikaku"
MANIFEST_LIMIT: Final = 64 << 20
"""Largest manifest that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class NamedHash:
    """Something that an edition was made from: its name, or an edition's id, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionOrigin:
    """What an edition was made from, and as what.

    ``plan`` is its plan, ``compared`` are the editions that it was compared with, ``earlier`` the
    adopted editions before it, the latest first. ``kinds`` are the outputs; of a PDF, ``variant``
    is its kind, ``fonts`` are what it is set in, ``libraries`` those of the system that it was set
    with, by name, and their versions, and ``draft`` is whether there is a draft too. ``base_url``
    is where it is hosted, if that is known.
    """

    plan: NamedHash
    kinds: tuple[str, ...]
    compared: tuple[NamedHash, ...] = ()
    earlier: tuple[NamedHash, ...] = ()
    variant: str | None = None
    draft: bool = False
    fonts: tuple[NamedHash, ...] = ()
    libraries: tuple[tuple[str, str], ...] = ()
    base_url: str | None = None


def manifest_file(origin: EditionOrigin, files: Mapping[str, Fingerprint]) -> bytes:
    """Returns the manifest of an edition: each file's size and SHA-256, and what it was made of.

    Args:
        origin: what it was made from.
        files: fingerprints by path within the edition.
    """
    compared = [_edition_entry(old) for old in origin.compared]
    facts = {
        "generator": GENERATOR,
        "version": __version__,
        "program_sha256": hash_program(),
        "edition": origin.plan.name,
        "source_sha256": origin.plan.sha256,
        **({"base_url": origin.base_url} if origin.base_url else {}),
        "kinds": list(origin.kinds),
        "pdf": _pdf_entry(origin),
        "compared": compared[0] if compared else None,
        **({"also_compared": compared[1:]} if len(compared) > 1 else {}),
        "editions": [_edition_entry(earlier) for earlier in origin.earlier],
        "files": {
            name: {"size": file.size, "sha256": file.sha256} for name, file in sorted(files.items())
        },
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def _edition_entry(named: NamedHash) -> dict[str, str]:
    return {"edition": named.name, "sha256": named.sha256}


def _pdf_entry(origin: EditionOrigin) -> dict[str, object] | None:
    if origin.variant is None:
        return None
    fonts = [{"name": font.name, "sha256": font.sha256} for font in origin.fonts]
    return {
        "variant": origin.variant,
        "draft": origin.draft,
        "fonts": fonts,
        "libraries": dict(origin.libraries),
    }


def read_manifest_files(folder: Path) -> dict[str, Fingerprint] | None:
    """Returns the files that a folder's manifest lists, with their fingerprints.

    Returns:
        Nothing if there is no manifest of this program's. Whoever wrote the manifest may have
        listed anything.

    Raises:
        OSError: there is a manifest that can't be read.
    """
    path = folder / MANIFEST
    if not path.is_file() or path.is_symlink():
        return None
    handle = os.open(path, open_flags.READ | open_flags.NO_FOLLOW | open_flags.NON_BLOCKING)
    with os.fdopen(handle, "rb") as file:
        content = file.read(MANIFEST_LIMIT)
    try:
        facts = json.loads(content)
    except (ValueError, RecursionError):
        return None
    match facts:
        case {"generator": "kihonkeikaku", "files": dict(files)}:
            return {name: known for name, file in files.items() if (known := _fingerprint(file))}
    return None


def _fingerprint(file: object) -> Fingerprint | None:
    match file:
        case {"size": int(size), "sha256": str(sha256)}:
            return Fingerprint(size, sha256)
    return None
