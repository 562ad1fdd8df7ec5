"""Verification of a published edition, from its folder alone, in a process with limits.

The files are untrusted, and native code that reads them may crash. Run as a module, this writes
the result of checking an edition as lines of JSON.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kihonkeikaku import __version__
from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.loading.source import PLAN_RECORD
from kihonkeikaku.publishing.build_record import hash_program
from kihonkeikaku.publishing.manifest import MANIFEST
from kihonkeikaku.system.worker_process import limit_resources
from kihonkeikaku.verification.edition_inputs import EditionInputs, find_contradictions, read_inputs
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
from kihonkeikaku.verification.untrusted_folder import UnreadableFileError, UntrustedFolder

WORKER_COMMAND: Final = (sys.executable, "-P", "-X", "utf8", "-m", __name__)

WORKER_TIMEOUT: Final = 600
"""The longest that checking an edition may take, in seconds."""

TIME_LIMIT: Final = 300
"""In seconds of CPU time; the process that makes the PDFs has limits of its own."""

MEMORY_LIMIT: Final = 4 << 30
"""In bytes."""

MOST_WRITTEN: Final = 1_000
"""Most problems that are written one by one; the rest is counted."""

STOPPED: Final = (
    "調べている途中で止まりました（大きすぎるか、壊れています）。ここから先は見ていません。"
)

_SHOWN_HASH: Final = 12


def verify_edition(path: Path) -> Verification:
    """Verifies the edition in a folder.

    Raises:
        CommandError: there is no such folder, or it holds no edition of ours.
    """
    UntrustedFolder(path)  # raises if there is none
    problems: list[Problem] = []
    at, result = MANIFEST, dict[str, Any]()
    for message in _run_worker(path):
        match message:
            case {"refusal": str(refusal)}:
                raise CommandError(refusal)
            case {"problem": dict(problem)}:
                problems.append(Problem.from_json(problem))
            case {"at": str(at)}:
                pass
            case {"edition": _}:
                result = message
    if not result:
        problems.append(Problem(at, ProblemKind.UNREADABLE, STOPPED))
    problems.sort(key=lambda each: (each.path, each.kind))
    found = tuple(each for each in problems if each.kind is not ProblemKind.PARTIAL)
    limitations = tuple(each for each in problems if each.kind is ProblemKind.PARTIAL)
    count, checked = result.get("problems", len(found)), result.get("checked", {})
    return Verification(result.get("edition"), found, count, checked, limitations)


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


class EditionCheck:
    """The check of an edition; ``listing`` is its manifest, if that can be read.

    Raises:
        CommandError: the folder holds no edition of ours.
    """

    def __init__(self, folder: UntrustedFolder) -> None:
        self._folder = folder
        self._entries = {entry.name: entry for entry in folder.entries()}
        manifest = self._read_manifest()
        self.listing = None if isinstance(manifest, Problem) else manifest
        self._manifest_problem = manifest if isinstance(manifest, Problem) else None
        self._inputs = EditionInputs()
        self._compared: set[str] = set()

    def checked(self) -> dict[str, Any]:
        """Returns what was checked; see ``Verification``."""
        files = self.listing.files if self.listing else {}
        return {
            "files": len(files),
            "pages": sum(name.endswith(".html") for name in files),
            "pdfs": sum(name.endswith(".pdf") for name in files),
            "rebuilt": len(self._compared),
            "editions": list(self._inputs.records),
        }

    def find_problems(self) -> Iterator[Problem | str]:
        """Yields the problems, and before each file its path."""
        yield PLAN_RECORD
        reported = set()
        for message in self._find_content_problems():
            yield message
            if isinstance(message, Problem) and message.kind is not ProblemKind.PARTIAL:
                reported.add(message.path)
        for problem in self.find_file_problems():
            if problem.path not in reported:
                yield problem

    def _find_content_problems(self) -> Iterator[Problem | str]:
        self._inputs = read_inputs(self._folder, self._entries, self.listing)
        yield from self._inputs.problems
        if self.listing:
            yield from find_contradictions(self._inputs, self.listing)
            yield from self._rebuild(self.listing)

    def find_file_problems(self) -> Iterator[Problem]:
        """Yields how the files differ from the manifest, but for those that were compared."""
        yield from find_special_files(self._entries)
        if self._manifest_problem:
            yield self._manifest_problem
        if self.listing:
            yield from find_unlisted_files(self._entries, self.listing.files)
            left = {
                name: file
                for name, file in self.listing.files.items()
                if name not in self._compared
            }
            yield from find_altered_files(self._folder, self._entries, left)

    def _rebuild(self, listing: ManifestListing) -> Iterator[Problem | str]:
        """Makes the edition again, if this program made it, and compares the files."""
        if (listing.version, listing.program_sha256) != (__version__, hash_program()):
            yield Problem("", ProblemKind.PARTIAL, _describe_programs(listing))
            return
        if self._inputs.problems:
            message = "計画か前の版の記録に問題があるため、作り直して比べることはできません。"
            yield Problem("", ProblemKind.PARTIAL, message)
            return
        from kihonkeikaku.verification.rebuild import Rebuild  # noqa: PLC0415 # loads much

        rebuild = Rebuild(self._inputs, listing)
        try:
            yield from rebuild.find_problems(self._folder, self._entries)
        except MachineError as error:
            yield Problem("", ProblemKind.PARTIAL, f"ここでは版を作り直せません（{error}）。")
        except Exception as error:  # whatever a plan causes that no build would publish
            message = f"この計画から版は作れません（{type(error).__name__}: {error}）。"
            yield Problem(PLAN_RECORD, ProblemKind.PLAN, message)
        yield from rebuild.limitations
        self._compared = rebuild.compared

    def _read_manifest(self) -> ManifestListing | Problem:
        """Returns the manifest, or what is wrong with it if the rest can be checked without it.

        Raises:
            CommandError: this is no edition of ours.
        """
        ours = PLAN_RECORD in self._entries
        refusal = f"{self._folder.path} は kihonkeikaku の版ではありません"
        if MANIFEST not in self._entries:
            if not ours:
                raise CommandError(f"{refusal}（{MANIFEST} がありません）。")
            message = "ありません。ファイルを確かめられません。"
            return Problem(MANIFEST, ProblemKind.MISSING, message)
        try:
            return ManifestListing.parse(self._folder.read(MANIFEST, MANIFEST_LIMIT))
        except (UnreadableFileError, UnreadableManifestError) as why:
            if isinstance(why, ForeignManifestError) or not ours:
                raise CommandError(f"{refusal}（{MANIFEST}：{why}）。") from None
            message = f"読めません（{why}）。ファイルを確かめられません。"
            return Problem(MANIFEST, ProblemKind.MANIFEST, message)


def _describe_programs(listing: ManifestListing) -> str:
    """Says which program made an edition, and what can be compared without it."""
    return (
        f"この版を作ったのは kihonkeikaku {_name(listing.version, listing.program_sha256)} で、"
        f"これは {_name(__version__, hash_program())} です。"
        "ファイルの SHA-256、計画、前の版の記録のつながりは確かめましたが、"
        "作り直して比べてはいません。作ったものと同じ kihonkeikaku で verify してください。"
    )


def _name(version: str, program: str) -> str:
    known = f"は {program[:_SHOWN_HASH]}…" if program else "は記録されていません"
    return f"{version}（プログラムの SHA-256 {known}）"


def main(path: str) -> None:
    """Checks the edition in a folder within limits of time and memory."""
    limit_resources(TIME_LIMIT, MEMORY_LIMIT)
    try:
        check = EditionCheck(UntrustedFolder(Path(path)))
    except CommandError as error:
        _write_line({"refusal": str(error)})
        return
    count = 0
    for message in check.find_problems():
        if isinstance(message, str):
            _write_line({"at": message})
            continue
        count += message.kind is not ProblemKind.PARTIAL
        if count <= MOST_WRITTEN or message.kind is ProblemKind.PARTIAL:
            _write_line({"problem": message.as_json()})
    edition = check.listing.edition if check.listing else None
    _write_line({"edition": edition, "problems": count, "checked": check.checked()})


def _write_line(data: dict[str, object]) -> None:
    print(json.dumps(data), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
