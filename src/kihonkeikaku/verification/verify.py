"""A published edition, verified: by what stands in its folder, and by nothing else."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import PLAN_RECORD
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.files import altered, misplaced, unlisted
from kihonkeikaku.verification.problem import Kind, Problem
from kihonkeikaku.verification.untrusted_folder import Entry, Folder, NotThere
from kihonkeikaku.verification.untrusted_manifest import LIMIT, Listing, NotOurs, NotUnderstood

COMMAND: Final = (sys.executable, "-P", "-X", "utf8", "-m", "kihonkeikaku.verification.worker")
"""Looks at the contents in a process of its own: native code that crashes takes only that along."""
SECONDS: Final = 600
"""So long that may take, by the clock."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found: the problems, how many there are in all, and what was looked at.

    As far as it came to that, ``seen`` counts ``files``, ``pages``, ``links`` and ``pdfs``, and
    names ``editions``: those before this one that have a record.
    """

    edition: str | None
    problems: tuple[Problem, ...]
    count: int
    seen: Mapping[str, Any]


def verify(path: Path) -> Verification:
    """Verifies the edition in a folder.

    Raises:
        CommandError: there is no such folder, or it holds no edition of ours.
    """
    listing, problems = beside_manifest(Folder(path))
    found, count, seen = _contents(path)
    in_all = dict.fromkeys(sorted([*problems, *found], key=lambda each: (each.path, each.kind)))
    files = len(listing.files) if listing else 0
    return Verification(
        edition=listing.edition if listing else None,
        problems=tuple(in_all),
        count=len(in_all) + count - len(found),
        seen={"files": files, **seen},
    )


def beside_manifest(folder: Folder) -> tuple[Listing | None, list[Problem]]:
    """Returns the manifest, as far as it can be understood, and what files are not as it says.

    Raises:
        CommandError: this is no edition of ours.
    """
    entries = {entry.name: entry for entry in folder.entries()}
    listing = _listing(folder, entries)
    problems = list(misplaced(entries))
    if isinstance(listing, Problem):
        return None, [*problems, listing]
    problems += unlisted(entries, listing.files)
    problems += altered(folder, entries, listing.files)
    return listing, problems


def _listing(folder: Folder, entries: dict[str, Entry]) -> Listing | Problem:
    """Returns the manifest, or what is wrong with it where the rest can be looked at without it.

    Raises:
        CommandError: this is no edition of ours.
    """
    ours = PLAN_RECORD in entries
    if MANIFEST not in entries and not ours:
        raise CommandError(
            f"{folder.path} は kihonkeikaku の版ではありません（{MANIFEST} がありません）。"
        )
    if MANIFEST not in entries:
        return Problem(MANIFEST, Kind.MISSING, "ありません。ファイルを確かめられません。")
    try:
        return Listing.understood(folder.read(MANIFEST, LIMIT))
    except (NotThere, NotUnderstood) as why:
        if isinstance(why, NotOurs) or not ours:
            raise CommandError(
                f"{folder.path} は kihonkeikaku の版ではありません（{MANIFEST}：{why}）。"
            ) from None
        message = f"読めません（{why}）。ファイルを確かめられません。"
        return Problem(MANIFEST, Kind.MANIFEST, message)


def _contents(path: Path) -> tuple[list[Problem], int, dict[str, Any]]:
    """Returns what is wrong with the contents, how much there is of it, and what was looked at."""
    problems: list[Problem] = []
    at = PLAN_RECORD
    for facts in _answers(path):
        if "seen" in facts:
            return problems, facts["problems"], facts["seen"]
        if "problem" in facts:
            problems.append(Problem.of(facts["problem"]))
        at = facts.get("at", at)
    message = (
        "調べている途中で止まりました（大きすぎるか、壊れています）。ここから先は見ていません。"
    )
    problems.append(Problem(at, Kind.UNREADABLE, message))
    return problems, len(problems), {}


def _answers(path: Path) -> Iterator[dict[str, Any]]:
    """Runs the process and yields what it says, line by line; nothing if it could not say it."""
    try:
        done = subprocess.run(
            [*COMMAND, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        output = done.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    for line in output.splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # it ended in the middle of a line
            return
