"""The manifest as a verifier reads it: whoever wrote it may have meant harm."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Self

from kihonkeikaku.publishing.manifest import GENERATOR

LIMIT: Final = 16 << 20
"""Largest manifest that is read, in bytes; one of 60,000 files has about 9 MiB."""
VALUES: Final = 500_000
"""Most values that are read of one."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class NotUnderstood(Exception):  # noqa: N818 - data that is wrong, not the program
    """The manifest says nothing that can be checked; ``str()`` says why, in Japanese."""


class NotOurs(NotUnderstood):
    """It is another tool's."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the manifest says of a file: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the manifest says of an edition; what one of an older version lacks is None."""

    version: str
    edition: str
    source_sha256: str
    files: Mapping[str, Listed]
    kinds: tuple[str, ...] | None
    editions: Mapping[str, str] | None
    compared: str | None

    @classmethod
    def understood(cls, content: bytes) -> Self:
        """Reads a manifest.

        Raises:
            NotOurs: it is another tool's.
            NotUnderstood: it can't be understood.
        """
        if len(content) > LIMIT or content.count(b",") > VALUES:
            raise NotUnderstood("大きすぎます")
        try:
            facts = json.loads(content, object_pairs_hook=_unique)
        except (ValueError, RecursionError) as error:
            raise NotUnderstood("JSON として読めません") from error
        if not isinstance(facts, dict) or facts.get("generator") != GENERATOR:
            raise NotOurs("kihonkeikaku のものではありません")
        try:
            return cls._of(facts)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotUnderstood("書かれているはずのことがありません") from error

    @classmethod
    def _of(cls, facts: Mapping[str, Any]) -> Self:
        kinds, editions = facts.get("kinds"), facts.get("editions")
        compared = facts.get("compared")
        return cls(
            version=_text(facts["version"]),
            edition=_text(facts["edition"]),
            source_sha256=_hash(facts["source_sha256"]),
            files={_path(name): _listed(known) for name, known in facts["files"].items()},
            kinds=None if kinds is None else tuple(map(_text, kinds)),
            editions=None
            if editions is None
            else {_text(one["edition"]): _hash(one["sha256"]) for one in editions},
            compared=None if compared is None else _text(compared["edition"]),
        )


def _listed(known: Mapping[str, Any]) -> Listed:
    size = known["size"]
    if type(size) is not int or size < 0:
        raise ValueError(size)
    return Listed(size, _hash(known["sha256"]))


def _path(name: str) -> str:
    parts = PurePosixPath(name).parts
    if not parts or "/".join(parts) != name or {"/", ".", ".."} & set(parts) or "\0" in name:
        raise ValueError(name)
    return name


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
