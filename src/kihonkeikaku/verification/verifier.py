"""Verification of a published edition, from its folder alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import PLAN_RECORD
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.verification.manifest_check import (
    MANIFEST_LIMIT,
    ForeignManifestError,
    ManifestListing,
    UnreadableManifestError,
    find_altered_files,
    find_special_files,
    find_unlisted_files,
)
from kihonkeikaku.verification.problems import Problem, ProblemKind, Verification
from kihonkeikaku.verification.untrusted_folder import (
    FolderEntry,
    UnreadableFileError,
    UntrustedFolder,
)

WORKER_COMMAND: Final = (
    sys.executable,
    "-P",
    "-X",
    "utf8",
    "-m",
    "kihonkeikaku.verification.content_worker",
)
"""Checks the contents in a process of its own: native code may crash on untrusted files."""

WORKER_TIMEOUT: Final = 600
"""The longest that it may run, in seconds."""


def verify_edition(path: Path) -> Verification:
    """Verifies the edition in a folder.

    Raises:
        CommandError: there is no such folder, or it holds no edition of ours.
    """
    listing, problems = check_files(UntrustedFolder(path))
    found, count, checked = _check_contents(path)
    in_all = dict.fromkeys(sorted([*problems, *found], key=lambda each: (each.path, each.kind)))
    files = len(listing.files) if listing else 0
    return Verification(
        edition=listing.edition if listing else None,
        problems=tuple(in_all),
        count=len(in_all) + count - len(found),
        checked={"files": files, **checked},
    )


def check_files(folder: UntrustedFolder) -> tuple[ManifestListing | None, list[Problem]]:
    """Returns the manifest, if it can be parsed, and how the files differ from it.

    Raises:
        CommandError: this is no edition of ours.
    """
    entries = {entry.name: entry for entry in folder.entries()}
    listing = _read_listing(folder, entries)
    problems = list(find_special_files(entries))
    if isinstance(listing, Problem):
        return None, [*problems, listing]
    problems += find_unlisted_files(entries, listing.files)
    problems += find_altered_files(folder, entries, listing.files)
    return listing, problems


def _read_listing(
    folder: UntrustedFolder, entries: dict[str, FolderEntry]
) -> ManifestListing | Problem:
    """Returns the manifest, or what is wrong with it if the rest can be checked without it.

    Raises:
        CommandError: this is no edition of ours.
    """
    ours = PLAN_RECORD in entries
    if MANIFEST not in entries and not ours:
        raise CommandError(
            f"{folder.path} は kihonkeikaku の版ではありません（{MANIFEST} がありません）。"
        )
    if MANIFEST not in entries:
        return Problem(MANIFEST, ProblemKind.MISSING, "ありません。ファイルを確かめられません。")
    try:
        return ManifestListing.parse(folder.read(MANIFEST, MANIFEST_LIMIT))
    except (UnreadableFileError, UnreadableManifestError) as why:
        if isinstance(why, ForeignManifestError) or not ours:
            raise CommandError(
                f"{folder.path} は kihonkeikaku の版ではありません（{MANIFEST}：{why}）。"
            ) from None
        message = f"読めません（{why}）。ファイルを確かめられません。"
        return Problem(MANIFEST, ProblemKind.MANIFEST, message)


def _check_contents(path: Path) -> tuple[list[Problem], int, dict[str, Any]]:
    """Returns problems of the contents, how many there are in all, and what was checked."""
    problems: list[Problem] = []
    at = PLAN_RECORD
    for message in _run_worker(path):
        if "checked" in message:
            return problems, message["problems"], message["checked"]
        if "problem" in message:
            problems.append(Problem.from_json(message["problem"]))
        at = message.get("at", at)
    stopped = (
        "調べている途中で止まりました（大きすぎるか、壊れています）。ここから先は見ていません。"
    )
    problems.append(Problem(at, ProblemKind.UNREADABLE, stopped))
    return problems, len(problems), {}


def _run_worker(path: Path) -> Iterator[dict[str, Any]]:
    """Runs the worker and yields each message that it wrote completely."""
    try:
        done = subprocess.run(
            [*WORKER_COMMAND, str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=WORKER_TIMEOUT,
            check=False,
        )
        output = done.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    for line in output.splitlines():
        try:
            yield json.loads(line)
        except ValueError:  # the worker ended in the middle of a line
            return
