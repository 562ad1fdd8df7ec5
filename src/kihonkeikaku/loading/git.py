"""A plan's files as they are in a git revision: nothing is fetched, checked out or started.

A repository may come from a stranger, with a configuration that names commands. git reads that
configuration only to find out which commit a revision is, by a command that never fetches what
is missing. The commit's files are read through an empty git folder of our own that borrows the
repository's objects: there is no remote to fetch from, no filter, no hook, no replaced object.
"""

import os
import posixpath
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.loading.source import (
    FOLDERS,
    PLAN_LIMIT,
    SourceFile,
    SourceFolder,
    plan_too_large,
    refuse_unread,
    size_limit,
    too_large,
)
from kihonkeikaku.system.terminal import escape_unprintable

LISTING_LIMIT: Final = 4 << 20
"""Largest folder of a revision that is listed, in bytes of git's tree: some 80,000 files."""

_TIMEOUT: Final = 60
_SAFE_ENVIRONMENT: Final = {
    "GIT_NO_LAZY_FETCH": "1",  # since git 2.45, and 2.39.4
    # No protocol has this name, nor can an alias `remote-…` have it, which git would run.
    "GIT_ALLOW_PROTOCOL": "(none)",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
_NO_REVISION: Final = ("bad revision", "ambiguous argument", "not a git repository")
"""What git says where there simply is no such revision."""
_HEADER: Final = re.compile(r"(?P<id>[0-9a-f]+) [a-z]+ (?P<size>[0-9]+)")
_FILE_MODES: Final = ("100644", "100755")
_FOLDER_MODE: Final = "040000"


class NoSuchPlanError(CommandError):
    """A plan was asked for by a name that leads nowhere."""


class _GitError(Exception):
    """A git command failed; ``str()`` is git's own reason, in one line."""


@dataclass(frozen=True, slots=True)
class _TreeEntry:
    name: str
    mode: str
    object_id: str


def read_revision(argument: str) -> SourceFolder:
    """Reads the plan in a git revision: ``REV:FOLDER``, ``REV:`` or ``REV``.

    Raises:
        NoSuchPlanError: there is no such revision.
        CommandError: there is no such folder in it, or git can't read it.
        MachineError: git is not there, or does not answer.
    """
    revision, colon, folder = argument.partition(":")
    folder = folder if colon and folder else "plan"
    try:
        commit = _find_commit(revision)
    except _GitError as error:
        raise CommandError(f"git の版「{revision}」を読めません（git: {error}）。") from error
    if commit is None:
        raise NoSuchPlanError(
            f"「{argument}」というフォルダー、版のファイル、決定された版、git の版は"
            "見つかりません。"
        )
    try:
        prefix, objects = _locate_repository()
        path = posixpath.normpath(posixpath.join(prefix, folder))
        with _isolated_environment(objects, commit) as environment:
            entries = _read_folder(_ObjectReader(environment), commit, path)
    except _GitError as error:
        raise CommandError(
            f"git の版「{revision}」の {folder} を読めません（git: {error}）。"
        ) from error
    if entries is None:
        raise CommandError(f"git の版「{revision}」に {folder} というフォルダーはありません。")
    return SourceFolder(f"{revision}:{folder}", tuple(entries), commit)


def read_index(folder: str) -> SourceFolder:
    """Reads the plan in a folder as it is staged: as the next commit will have it.

    Raises:
        CommandError: nothing in the folder is staged, or git can't read it.
        MachineError: git is not there, or does not answer.
    """
    try:
        rows = _run_git(
            ["-c", "core.fsmonitor=false", "ls-files", "--stage", "-z", "--", folder]
        ).split(b"\0")[:-1]
        entries = [_index_entry(row, folder) for row in rows]
        _, objects = _locate_repository()
        with _isolated_environment(objects, entries[0].object_id if entries else "") as environment:
            files = _read_files(_ObjectReader(environment), _without_subfolders(entries))
    except _GitError as error:
        raise CommandError(
            f"{folder} の git に登録された内容を読めません（git: {error}）。"
        ) from error
    if not files:
        raise CommandError(f"{folder} には、git に登録されたファイルがありません。")
    return SourceFolder(folder, tuple(files))


def _index_entry(row: bytes, folder: str) -> _TreeEntry:
    fields, _, path = row.partition(b"\t")
    mode, object_id, stage = fields.decode().split(" ")
    name = posixpath.relpath(os.fsdecode(path), folder)
    if stage != "0":
        raise _GitError(f"{escape_unprintable(name)}: unmerged")
    return _TreeEntry(name, mode, object_id)


def _without_subfolders(entries: Iterable[_TreeEntry]) -> list[_TreeEntry]:
    """Returns the entries with one for each folder that a plan does not have."""
    found = {}
    for entry in entries:
        parts = entry.name.split("/")
        depth = 2 if parts[0] in FOLDERS else 1
        name = "/".join(parts[:depth])
        mode = entry.mode if len(parts) <= depth else _FOLDER_MODE
        found[name] = _TreeEntry(name, mode, entry.object_id)
    return sorted(found.values(), key=lambda entry: entry.name)


def _find_commit(revision: str) -> str | None:
    """Returns the id of a revision's commit; nothing where there is none.

    ``rev-list --missing=allow-any`` fetches nothing, unlike ``rev-parse`` in git before 2.45.

    Raises:
        _GitError: git can't say whether there is one.
    """
    if not revision or ".." in revision:  # a range
        return None
    command = ["rev-list", "--no-walk", "--max-count=1", "--missing=allow-any", "--end-of-options"]
    try:
        return _run_git([*command, f"{revision}^{{commit}}", "--"]).decode("ascii").strip() or None
    except _GitError as error:
        if any(words in str(error) for words in _NO_REVISION):
            return None
        raise


def _locate_repository() -> tuple[str, str]:
    """Returns the current folder within the repository, and the folder of its objects."""
    output = os.fsdecode(_run_git(["rev-parse", "--show-prefix", "--git-path", "objects"]))
    prefix, _, objects = output.rstrip("\n").partition("\n")
    return prefix, str(Path(objects).absolute())


@contextmanager
def _isolated_environment(objects: str, commit: str) -> Iterator[dict[str, str]]:
    """Makes an empty git folder with the objects of another; yields git's environment for it."""
    with TemporaryDirectory(prefix="kihonkeikaku-git-") as folder:
        git_folder = Path(folder)
        (git_folder / "refs").mkdir()
        (git_folder / "HEAD").write_text("ref: refs/heads/none\n")
        if len(commit) == 64:
            (git_folder / "config").write_text(
                "[core]\nrepositoryFormatVersion = 1\n[extensions]\nobjectFormat = sha256\n"
            )
        yield {"GIT_DIR": folder, "GIT_COMMON_DIR": folder, "GIT_OBJECT_DIRECTORY": objects}


def _read_folder(reader: "_ObjectReader", commit: str, path: str) -> list[SourceFile] | None:
    """Reads a plan's files; nothing where the commit has no such folder.

    Whatever is refused is not read, and of folders only those that a plan has.
    """
    root = reader.object_id(f"{commit}^{{tree}}", "tree")
    if root is None:
        raise _GitError(f"{commit}^{{tree}} missing")
    top = reader.object_id(f"{commit}:{'' if path == '.' else path}", "tree")
    if top is None:
        return None
    found = []
    for entry in reader.list_folder(top):
        if entry.name in FOLDERS and entry.mode == _FOLDER_MODE:
            found += [
                _TreeEntry(f"{entry.name}/{inner.name}", inner.mode, inner.object_id)
                for inner in reader.list_folder(entry.object_id)
            ]
        else:
            found.append(entry)
    return _read_files(reader, sorted(found, key=lambda entry: entry.name))


def _read_files(reader: "_ObjectReader", found: list[_TreeEntry]) -> list[SourceFile]:
    refused = {entry.name: _refused(entry) for entry in found}
    wanted = [entry for entry in found if not refused[entry.name]]
    sizes = reader.sizes(entry.object_id for entry in wanted)
    total = 0
    for entry in wanted:
        size, limit = sizes[entry.object_id], size_limit(entry.name)
        if size > limit:
            refused[entry.name] = SourceFile(entry.name, too_large(limit))
            continue
        total += size
        if total > PLAN_LIMIT:
            refused[entry.name] = SourceFile(entry.name, plan_too_large())
    contents = reader.contents(e.object_id for e in wanted if not refused[e.name])
    return [refused[e.name] or SourceFile(e.name, contents[e.object_id]) for e in found]


def _refused(entry: _TreeEntry) -> SourceFile | None:
    if entry.mode in _FILE_MODES:
        return refuse_unread(entry.name)
    return refuse_unread(entry.name, "folder" if entry.mode == _FOLDER_MODE else "other")


class _ObjectReader:
    """Reads the objects of a repository.

    Every method raises ``_GitError`` for an object that is missing or damaged.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def object_id(self, name: str, kind: str) -> str | None:
        """Returns the id of the object that ``name`` resolves to, if there is one of this kind."""
        if "\n" in name:
            return None
        header = os.fsdecode(self._run(["cat-file", "--batch-check"], [name]))
        found = re.fullmatch(rf"([0-9a-f]+) {kind} [0-9]+\n", header)
        return found[1] if found else None

    def list_folder(self, object_id: str) -> list[_TreeEntry]:
        """Lists one folder, not what is in its subfolders."""
        if self.sizes([object_id])[object_id] > LISTING_LIMIT:
            raise _GitError(f"{object_id} too large")
        rows = self._run(["ls-tree", "-z", object_id]).split(b"\0")[:-1]
        return [_tree_entry(row) for row in rows]

    def sizes(self, object_ids: Iterable[str]) -> dict[str, int]:
        """Returns the sizes of objects in bytes, by id."""
        output = self._run(["cat-file", "--batch-check"], object_ids)
        return dict(map(_parse_header, output.decode().splitlines()))

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """Returns the contents of objects, by id."""
        output = self._run(["cat-file", "--batch"], object_ids)
        contents, at = {}, 0
        while at < len(output):
            end = output.find(b"\n", at)
            object_id, size = _parse_header(os.fsdecode(output[at:end]))
            contents[object_id] = output[end + 1 : end + 1 + size]
            at = end + size + 2
        return contents

    def _run(self, arguments: list[str], names: Iterable[str] = ()) -> bytes:
        given = b"".join(os.fsencode(name) + b"\n" for name in names)
        return _run_git(arguments, given, self._environment)


def _tree_entry(row: bytes) -> _TreeEntry:
    fields, _, name = row.partition(b"\t")
    mode, _, object_id = fields.decode().split(" ")
    return _TreeEntry(os.fsdecode(name), mode, object_id)


def _parse_header(line: str) -> tuple[str, int]:
    """Parses the line that ``cat-file`` prints before an object: id, kind and size, or an error."""
    found = _HEADER.fullmatch(line)
    if not found:
        raise _GitError(escape_unprintable(line[:100]))
    return found["id"], int(found["size"])


def _run_git(
    arguments: list[str], given: bytes = b"", environment: dict[str, str] | None = None
) -> bytes:
    """Runs git and returns its output.

    Raises:
        _GitError: git fails.
        MachineError: git is not there, or does not answer.
    """
    try:
        done = subprocess.run(
            ["git", *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT,
            env={**os.environ, **_SAFE_ENVIRONMENT, **(environment or {})},
        )
    except FileNotFoundError as error:
        raise MachineError("git が見つかりません。git を入れてください。") from error
    except subprocess.TimeoutExpired as error:
        raise MachineError("git の応答がありません。") from error
    if done.returncode != 0:
        lines = [
            line for line in done.stderr.decode("utf-8", "replace").split("\n") if line.strip()
        ]
        last = lines[-1] if lines else str(done.returncode)
        reason = next((line for line in lines if line.startswith("fatal: ")), last)
        raise _GitError(escape_unprintable(reason.removeprefix("fatal: ")))
    return done.stdout
