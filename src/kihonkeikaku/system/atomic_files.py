"""Files that are written whole or not at all, and survive a crash; folders made and removed."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

from kihonkeikaku.system import open_flags
from kihonkeikaku.system.filesystem_calls import sync_file, sync_folder
from kihonkeikaku.system.os_errors import translate_os_errors
from kihonkeikaku.system.signals import defer_interruptions

_OPEN_FOLDER: Final = open_flags.FOLDER | open_flags.NO_FOLLOW


def write_file(path: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all; a file that is there is replaced.

    Args:
        path: where; folders that are missing are made.
        content: its bytes, or its text, which is written as UTF-8.

    Raises:
        MachineError: it can't be written; an older file of that name is as it was.
    """
    with translate_os_errors(path), _temporary_file(_beside(path), path, _as_bytes(content)) as new:
        new.replace(path)


def write_new_file(path: Path, content: bytes, tree: Path | None = None) -> None:
    """Writes a file whole or not at all; one that is there is never replaced.

    Args:
        path: where; folders that are missing are made.
        content: its bytes.
        tree: a folder above it in which a kill should leave no temporary file.

    Raises:
        FileExistsError: there is such a file already.
        OSError: it can't be written.
    """
    with defer_interruptions():
        made = make_parent_folders(path)
        try:
            # Unlike a rename, a link never replaces what is there.
            try:
                _link_nameless(path, content)
            except FileExistsError:
                raise
            except (OSError, AttributeError):
                _put_in_place(path, content, tree, _link_to)
        except BaseException:
            remove_empty_folders(made)
            raise
        with suppress(OSError):  # too late to undo; a crash now leaves no file or a whole one
            sync_folder(path.parent)


def replace_file(path: Path, content: bytes, tree: Path | None = None) -> None:
    """Replaces the content of a file whole or not at all, keeping its owner and permissions.

    Args:
        path: the file.
        content: its new bytes.
        tree: a folder above it in which a kill should leave no temporary file.

    Raises:
        MachineError: it can't be written, or may not be; the file is as it was.
    """
    with translate_os_errors(path):
        with path.open("r+b") as file:  # whoever may not write it may not replace it either
            status = os.fstat(file.fileno())

        def replace_path(temporary: Path, path: Path) -> None:
            copy_owner_and_mode(status, temporary)
            temporary.replace(path)

        _put_in_place(path, content, tree, replace_path)


def write_unsynced(path: Path | str, content: bytes) -> None:
    """Writes a new file without waiting for the device; ``sync_tree`` does that for many at once.

    Raises:
        OSError: it is there already, or can't be written.
    """
    handle = os.open(path, open_flags.WRITE | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _fill(handle, content)
    finally:
        os.close(handle)


def make_parent_folders(path: Path) -> list[Path]:
    """Makes the folders above ``path`` that are missing, and returns them, the outermost first.

    Raises:
        OSError: one can't be made; none is left then.
    """
    made: list[Path] = []
    try:
        for folder in _missing_parents(path):
            folder.mkdir(exist_ok=True)
            made.append(folder)
            sync_folder(folder.parent)
    except OSError:
        remove_empty_folders(made)
        raise
    return made


def remove_empty_folders(folders: list[Path]) -> None:
    """Removes the folders that are empty, the last one first; errors are ignored."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def remove_tree(path: Path) -> None:
    """Removes what is at ``path``, following no link; there need be nothing.

    Works for folders of any depth.

    Raises:
        OSError: something of it can't be removed.
    """
    try:
        is_folder = stat.S_ISDIR(path.lstat().st_mode)
    except FileNotFoundError:
        return
    if not is_folder:
        path.unlink()
        return
    if not open_flags.CAN_OPEN_FOLDERS:
        shutil.rmtree(path)
        return
    top = _open_folder(path)
    try:
        folders = _remove_files(top)
        taken = frozenset(folders)
        free_names = (f".removed-{n}" for n in count() if f".removed-{n}" not in taken)
        for name in folders:  # it grows
            folders += _move_folders_up(name, top, free_names)
            os.rmdir(name, dir_fd=top)
    finally:
        os.close(top)
    path.rmdir()


def remove_if_possible(path: Path) -> None:
    """Removes a file if possible; there need be none."""
    for _ in range(2):  # the second attempt may succeed
        with suppress(OSError):
            path.unlink(missing_ok=True)
            return


def copy_owner_and_mode(status: os.stat_result, path: Path) -> None:
    """Gives a file or folder the owner and the permissions of the one that it will replace.

    Raises:
        OSError: the permissions can't be set.
    """
    with suppress(PermissionError, AttributeError):  # only root may give files away; Windows can't
        os.chown(path, status.st_uid, status.st_gid)
    path.chmod(stat.S_IMODE(status.st_mode))


def _put_in_place(
    path: Path, content: bytes, tree: Path | None, put: Callable[[Path, Path], None]
) -> None:
    """Writes a temporary file and lets ``put`` give it its place.

    The temporary file is beside ``tree``; where that can't be, it is beside ``path``: the folder
    above may be closed to the user, or be another file system.

    Raises:
        OSError: it can't be done.
    """
    if tree:
        with (
            suppress(OSError, ValueError),  # the root has nothing beside it
            _temporary_file(_beside(tree.resolve()), path, content) as temporary,
        ):
            put(temporary, path)
            return
    with _temporary_file(_beside(path), path, content) as temporary:
        put(temporary, path)


def _beside(path: Path) -> Path:
    """Returns where a temporary file is: a hidden one beside ``path``."""
    return path.with_name(f".{path.name}.kihonkeikaku-{os.getpid()}")


@contextmanager
def _temporary_file(temporary: Path, path: Path, content: bytes) -> Iterator[Path]:
    """Yields a temporary file with that content, for the caller to rename to ``path``.

    Interruptions are deferred to the end of the context.
    """
    with defer_interruptions():
        made = make_parent_folders(path)
        try:
            _write_temporary(temporary, content)
            yield temporary
        except BaseException:
            remove_if_possible(temporary)
            remove_empty_folders(made)
            raise
        with suppress(OSError):  # too late to undo; a crash now leaves one or the other, whole
            sync_folder(path.parent)


def _link_to(temporary: Path, path: Path) -> None:
    os.link(temporary, path)
    remove_if_possible(temporary)


def _write_temporary(path: Path, content: bytes) -> None:
    """Writes a new file and waits for the device; if possible, it gets its name only then."""
    try:
        _link_nameless(path, content)
    except (OSError, AttributeError):
        write_unsynced(path, content)
        sync_file(path)


def _link_nameless(path: Path, content: bytes) -> None:
    """Writes a file without a name, waits for the device, and then gives it its name.

    A kill in between leaves no stray file among a plan's.

    Raises:
        FileExistsError: the name is taken.
        OSError: it can't be written, or the file system has no files without names.
        AttributeError: the operating system has none.
    """
    handle = os.open(path.parent, open_flags.WRITE | os.O_TMPFILE, 0o666)
    try:
        _fill(handle, content)
        os.fsync(handle)
        # A directory makes Python call linkat(2), which follows the link; the path is absolute.
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle)
    finally:
        os.close(handle)


def _move_folders_up(name: str, top: int, free_names: Iterator[str]) -> list[str]:
    """Removes the files in a folder of ``top`` and moves the folders in it to ``top``.

    So nothing deeper than one level is ever walked into.

    Returns:
        The names that the folders have now.
    """
    moved = []
    folder = _open_folder(name, top)
    try:
        for inner in _remove_files(folder):
            free_name = next(free_names)
            os.close(_open_folder(inner, folder))  # one that is closed to its owner can't be moved
            os.rename(inner, free_name, src_dir_fd=folder, dst_dir_fd=top)
            moved.append(free_name)
    finally:
        os.close(folder)
    return moved


def _remove_files(folder: int) -> list[str]:
    """Removes all from an open folder but the folders in it, and returns their names."""
    folders = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                os.unlink(entry.name, dir_fd=folder)
    return folders


def _open_folder(path: Path | str, within: int | None = None) -> int:
    """Opens a folder, no link, with its owner's full permissions."""
    try:
        handle = os.open(path, _OPEN_FOLDER, dir_fd=within)
    except PermissionError:
        os.chmod(path, stat.S_IRWXU, dir_fd=within)
        handle = os.open(path, _OPEN_FOLDER, dir_fd=within)
    try:
        mode = os.fstat(handle).st_mode
        if mode & stat.S_IRWXU != stat.S_IRWXU:
            os.fchmod(handle, stat.S_IRWXU)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _fill(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _missing_parents(path: Path) -> list[Path]:
    missing = []
    for parent in path.parents:
        if parent.exists():
            break
        missing.append(parent)
    return missing[::-1]


def _as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
