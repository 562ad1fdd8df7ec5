"""Where a plan's files come from: a folder, or a git revision. The guards on reading are here.

Nothing is followed, nothing is checked out, and nothing that a user typed reaches git as more
than a name to resolve.
"""

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError, MachineError

YAML_LIMIT: Final = 1 << 20
"""Largest YAML file that is read, in bytes."""
FROZEN_LIMIT: Final = 16 << 20
"""Largest frozen edition that is read, in bytes: as text and data it takes many times as much."""
PLAN_LIMIT: Final = 64 << 20
"""Most bytes that are read of one plan, all its files together."""

PLAN_FILE: Final = "plan.yaml"
MINISTRIES_FILE: Final = "ministries.yaml"
REVISION_FILE: Final = "revision.yaml"
CHAPTERS: Final = "chapters"
MEASURES: Final = "measures"
EDITIONS: Final = "editions"
PLAN_RECORD: Final = "plan.json"
"""The record of its plan that an edition brings along."""
_TOP_FILES: Final = (PLAN_FILE, MINISTRIES_FILE, REVISION_FILE)
_FOLDERS: Final = {CHAPTERS: ".yaml", MEASURES: ".yaml", EDITIONS: ".json"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry was not read: the rule, and the two sentences of its finding."""

    rule: str
    message: str
    hint: str
    place: tuple[int, int] = (1, 1)
    """1-based line and column: where the reading had to stop."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a plan: ``name`` is relative to the plan, ``content`` its bytes, or a refusal."""

    name: str
    content: bytes | Refusal

    @property
    def folder(self) -> str:
        """The folder within the plan; empty at the top."""
        return self.name.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """The file's name without its ending: the identifier that it stands for."""
        return self.name.rpartition("/")[2].rpartition(".")[0]

    @property
    def sha256(self) -> str:
        """A hash of its name and content; empty if it was refused."""
        if not isinstance(self.content, bytes):
            return ""
        return hashlib.sha256(f"{self.name}\0".encode() + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A plan's files in the order of their names; ``label`` is the plan as the user named it."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def sha256(self) -> str:
        """A hash of all names and contents, and of what was refused."""
        known = hashlib.sha256()
        for entry in self.entries:
            known.update((entry.sha256 or repr(entry)).encode())
        return known.hexdigest()

    def display(self, name: str) -> str:
        """Returns a file's name as messages show it."""
        joint = "" if self.label.endswith((":", "/")) else "/"
        return f"{self.label}{joint}{name}"


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """The file of a frozen edition: its bytes, or a refusal; ``label`` is how the user named it."""

    label: str
    content: bytes | Refusal

    @property
    def sha256(self) -> str:
        """A hash of its bytes; empty if it was refused."""
        return hashlib.sha256(self.content).hexdigest() if isinstance(self.content, bytes) else ""


Opened = Tree | FrozenFile
"""A plan's files, read but not understood."""


def open_plan(argument: str) -> Opened:
    """Reads the plan that ``argument`` names: a frozen edition's file, or what ``open_tree`` reads.

    Raises:
        CommandError: there is no such plan.
    """
    file = Path(argument)
    if file.is_file():
        return FrozenFile(argument, read_regular_file(file, FROZEN_LIMIT))
    return open_tree(argument)


def open_tree(argument: str) -> Tree:
    """Reads the plan that ``argument`` names: a folder, ``REV:FOLDER``, ``REV:``, or ``REV``.

    Raises:
        CommandError: there is no such plan.
    """
    folder = Path(argument)
    if folder.is_dir():
        tree = Tree(argument, tuple(_within_limit(_folder_entries(folder))))
    else:
        tree = _git_tree(argument)
    if not any(entry.name == PLAN_FILE for entry in tree.entries):
        raise CommandError(
            f"{argument} は計画のフォルダーではありません（{PLAN_FILE} がありません）。"
        )
    return tree


def read_regular_file(path: Path | str, limit: int) -> bytes | Refusal:
    """Reads a regular file without following a link or waiting on a pipe.

    Args:
        path: the file.
        limit: the largest size that is read, in bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | os.O_NONBLOCK)
    except OSError as error:
        return _not_regular() if Path(path).is_symlink() else _unreadable(error)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return _not_regular()
        if status.st_size > limit:
            return _too_large(limit)
        return _content(handle, status.st_size)  # what is added meanwhile is not read
    finally:
        os.close(handle)


def _content(handle: int, size: int) -> bytes:
    """Returns the first bytes of a file, which may give less than it was asked for at once."""
    content = os.read(handle, size)
    while len(content) < size and (more := os.read(handle, size - len(content))):
        content += more
    return content


def _folder_entries(root: Path) -> Iterator[Entry]:
    try:
        for item in sorted(os.scandir(root), key=lambda item: item.name):
            if item.name in _FOLDERS and item.is_dir(follow_symlinks=False):
                yield from _subfolder_entries(item.path, item.name)
            else:
                yield _folder_entry(item.path, item.name, item.is_dir(follow_symlinks=False))
    except OSError as error:
        raise CommandError(f"{root} を読めません（{error.strerror}）。") from error


def _subfolder_entries(folder: str, name: str) -> Iterator[Entry]:
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        is_folder = item.is_dir(follow_symlinks=False)
        yield _folder_entry(item.path, f"{name}/{item.name}", is_folder)


def _folder_entry(path: str, name: str, is_folder: bool) -> Entry:
    stray = _stray(name)
    if stray:
        return Entry(_printable(name) + ("/" if is_folder else ""), stray)
    if is_folder:
        return Entry(name, _not_regular())
    return Entry(name, read_regular_file(path, _limit(name)))


def _within_limit(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Passes on what fits into a plan's limit, and refuses what comes after that."""
    total = 0
    for entry in entries:
        total += len(entry.content) if isinstance(entry.content, bytes) else 0
        if isinstance(entry.content, bytes) and total > PLAN_LIMIT:
            yield Entry(entry.name, _plan_too_large())
        else:
            yield entry


def _limit(name: str) -> int:
    return FROZEN_LIMIT if name.endswith(".json") else YAML_LIMIT


def _printable(name: str) -> str:
    """A name as it can be printed and encoded, whatever bytes the file system held."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def _stray(name: str) -> Refusal | None:
    """Returns a refusal for whatever has no place in a plan."""
    folder, _, file = name.rpartition("/")
    if name in _TOP_FILES or (
        folder in _FOLDERS and file.endswith(_FOLDERS[folder]) and file.isprintable()
    ):
        return None
    hint = "計画に要るものなら置き場所と名前を確かめ、要らないものなら計画の外へ移してください。"
    if file.endswith(".yml"):
        hint = "ファイル名の終わりを「.yaml」にしてください。"
    return Refusal("stray-file", "計画のファイルではないものが置かれています。", hint)


def _not_regular() -> Refusal:
    return Refusal(
        "not-a-file",
        "通常のファイルではないため読みません（リンク、フォルダー、パイプなど）。",
        "中身を通常のファイルとして置いてください。",
    )


def _unreadable(error: OSError) -> Refusal:
    return Refusal(
        "unreadable-file",
        f"ファイルを読めません（{error.strerror}）。",
        "ファイルの権限を確かめてください。",
    )


def _too_large(limit: int) -> Refusal:
    return Refusal(
        "too-large",
        f"ファイルが大きすぎるため読みません（上限 {limit >> 20} MiB）。",
        "内容を分けるか、誤って入った大きなデータを除いてください。",
    )


def _plan_too_large() -> Refusal:
    return Refusal(
        "too-large",
        f"計画の全体が大きすぎるため、ここから先は読みません（上限 {PLAN_LIMIT >> 20} MiB）。",
        "誤って入った大きなデータを除いてください。",
    )


def _git(arguments: list[str], given: bytes = b"") -> bytes | None:
    """Runs git and returns its output, or nothing where git says no."""
    try:
        done = subprocess.run(
            ["git", *arguments], input=given, capture_output=True, check=False, timeout=60
        )
    except FileNotFoundError as error:
        raise MachineError("git が見つかりません。git を入れてください。") from error
    except subprocess.TimeoutExpired as error:
        raise MachineError("git の応答がありません。") from error
    return done.stdout if done.returncode == 0 else None


def _git_tree(argument: str) -> Tree:
    revision, colon, folder = argument.partition(":")
    folder = folder if colon and folder else "plan"
    commit = _git(
        ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    )
    if not revision or commit is None:
        raise CommandError(
            f"「{argument}」というフォルダー、版のファイル、git の版は見つかりません。"
        )
    object_id = commit.decode("ascii").strip()
    prefix = _git(["rev-parse", "--show-prefix"]) or b""
    place = os.path.normpath(os.fsdecode(prefix.strip()) + folder.rstrip("/"))
    listing = _git(["ls-tree", "-r", "-z", "-l", "--full-tree", object_id, "--", f"{place}/"])
    if not listing:
        raise CommandError(f"git の版「{revision}」に {folder} というフォルダーはありません。")
    return Tree(f"{revision}:{folder}", tuple(_git_entries(listing, place)))


def _git_entries(listing: bytes, place: str) -> Iterator[Entry]:
    """Yields the entries of a listing; what is refused is told before any content is read."""
    rows, total = [], 0
    for name, mode, object_id, size in _git_rows(listing, place):
        refusal = _git_refusal(name, mode, size)
        total += 0 if refusal else int(size)
        if total > PLAN_LIMIT:
            refusal = refusal or _plan_too_large()
        rows.append((name, object_id, refusal))
    contents = _git_contents([object_id for _, object_id, refusal in rows if refusal is None])
    for name, object_id, refusal in rows:
        yield Entry(_printable(name), refusal or contents[object_id])


def _git_rows(listing: bytes, place: str) -> list[tuple[str, bytes, bytes, bytes]]:
    """Name, mode, object id and size of each entry, by name; a submodule's size is "-"."""
    rows = []
    for row in filter(None, listing.split(b"\0")):
        facts, _, path = row.partition(b"\t")
        mode, _, object_id, size = facts.split()
        rows.append((os.fsdecode(path)[len(place) + 1 :], mode, object_id, size))
    return sorted(rows)


def _git_refusal(name: str, mode: bytes, size: bytes) -> Refusal | None:
    refusal = _stray(name)
    if refusal is None and mode not in (b"100644", b"100755"):
        refusal = _not_regular()
    if refusal is None and int(size) > _limit(name):
        refusal = _too_large(_limit(name))
    return refusal


def _git_contents(object_ids: list[bytes]) -> dict[bytes, bytes]:
    """Returns the blobs by object id, read in one process."""
    output = _git(["cat-file", "--batch"], b"".join(o + b"\n" for o in object_ids)) or b""
    contents, at = {}, 0
    while at < len(output):
        end = output.index(b"\n", at)
        object_id, _, size = output[at:end].split(b" ")
        contents[object_id] = output[end + 1 : end + 1 + int(size)]
        at = end + int(size) + 2
    return contents
