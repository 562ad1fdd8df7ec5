"""A plan's files in a folder: links are not followed, and nothing but regular files is read."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.source import (
    EDITIONS,
    FOLDERS,
    PLAN_LIMIT,
    FileProblem,
    SourceFile,
    SourceFolder,
    not_a_file,
    plan_too_large,
    refuse_unread,
    size_limit,
    too_large,
    unreadable_file,
)
from kihonkeikaku.system import open_flags


def read_folder(argument: str) -> SourceFolder:
    """Reads the files of the plan in a folder.

    Raises:
        CommandError: the folder can't be listed.
    """
    return SourceFolder(argument, tuple(_within_limit(_read_top(Path(argument)))))


def read_records(folder: Path) -> tuple[SourceFile, ...]:
    """Reads the frozen editions in a folder ``editions``, none where it can't be listed."""
    try:
        files = list(_read_subfolder(str(folder), EDITIONS))
    except OSError:
        return ()
    return tuple(file for file in _within_limit(files) if file.name.endswith(FOLDERS[EDITIONS]))


def leads_to_folder(argument: str) -> bool:
    """Whether there is a folder of that name; a name that is too long leads nowhere."""
    return os.path.isdir(argument)  # noqa: PTH112 # Path.is_dir raises


def leads_to_file(argument: str) -> bool:
    """Whether there is a regular file of that name; a name that is too long leads nowhere."""
    return os.path.isfile(argument)  # noqa: PTH113 # Path.is_file raises


def leads_anywhere(argument: str) -> bool:
    """Whether there is anything of that name; a name that is too long leads nowhere."""
    return os.path.exists(argument)  # noqa: PTH110 # Path.exists raises


def read_regular_file(path: Path | str, limit: int) -> bytes | FileProblem:
    """Reads a regular file without following a link or waiting on a pipe.

    Args:
        path: the file.
        limit: the largest size that is read, in bytes.
    """
    if not open_flags.NO_FOLLOW and Path(path).is_symlink():
        return not_a_file()
    try:
        handle = os.open(path, open_flags.READ | open_flags.NO_FOLLOW | open_flags.NON_BLOCKING)
    except OSError as error:
        return not_a_file() if Path(path).is_symlink() else unreadable_file(error)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return not_a_file()
        if status.st_size > limit:
            return too_large(limit)
        return _read_bytes(handle, status.st_size)  # what is added from now on is not read
    finally:
        os.close(handle)


def _read_bytes(handle: int, size: int) -> bytes:
    """Reads the first ``size`` bytes of a file; a single read may return less."""
    content = os.read(handle, size)
    while len(content) < size and (more := os.read(handle, size - len(content))):
        content += more
    return content


def _read_top(root: Path) -> Iterator[SourceFile]:
    try:
        for item in sorted(os.scandir(root), key=lambda item: item.name):
            if item.name in FOLDERS and item.is_dir(follow_symlinks=False):
                yield from _read_subfolder(item.path, item.name)
            else:
                yield _read_file(item.path, item.name, item.is_dir(follow_symlinks=False))
    except OSError as error:
        raise CommandError(f"{root} を読めません（{error.strerror}）。") from error


def _read_subfolder(folder: str, name: str) -> Iterator[SourceFile]:
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        is_folder = item.is_dir(follow_symlinks=False)
        yield _read_file(item.path, f"{name}/{item.name}", is_folder)


def _read_file(path: str, name: str, is_folder: bool) -> SourceFile:
    return refuse_unread(name, "folder" if is_folder else "file") or SourceFile(
        name, read_regular_file(path, size_limit(name))
    )


def _within_limit(files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """Yields the files up to the plan's size limit, and refuses those after that."""
    total = 0
    for file in files:
        total += len(file.content) if isinstance(file.content, bytes) else 0
        if isinstance(file.content, bytes) and total > PLAN_LIMIT:
            yield SourceFile(file.name, plan_too_large())
        else:
            yield file
