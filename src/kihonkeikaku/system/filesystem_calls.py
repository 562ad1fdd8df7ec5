"""Calls that Python lacks: syncing a tree so that it survives a crash, exchanging two folders."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

from kihonkeikaku.system import open_flags


def sync_file(path: Path) -> None:
    """Waits until the device has what a file holds.

    Raises:
        OSError: it can't be done, or the device could not write it.
    """
    # Windows syncs only what may be written.
    flags = open_flags.READ if open_flags.CAN_OPEN_FOLDERS else open_flags.READ_WRITE
    handle = os.open(path, flags | open_flags.NO_FOLLOW)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Waits until the device has the names in a folder, not their contents.

    Where folders can't be opened, there is no such call.

    Raises:
        OSError: it can't be done.
    """
    if not open_flags.CAN_OPEN_FOLDERS:
        return
    handle = os.open(folder, open_flags.FOLDER)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Waits until the device has everything below a folder, names and contents.

    One call for the whole file system where there is one: asking for each of 2,000 files alone
    takes longer than making them.

    Raises:
        OSError: it can't be done.
    """
    if not open_flags.CAN_OPEN_FOLDERS:
        _sync_each(folder)
        return
    handle = os.open(folder, open_flags.FOLDER)
    try:
        code = _syncfs(handle)
    finally:
        os.close(handle)
    if code == errno.ENOSYS:
        _sync_each(folder)
    elif code:
        raise OSError(code, os.strerror(code), str(folder))


def _syncfs(handle: int) -> int:
    """Calls syncfs(2), which reports failed writes since Linux 5.8; returns 0 or the error."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    call = getattr(libc, "syncfs", None)
    if call is None:
        return errno.ENOSYS
    return ctypes.get_errno() if call(handle) else 0


def _sync_each(folder: Path) -> None:
    for below, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync_file(Path(below, name))
        sync_folder(Path(below))


# linux/fcntl.h and linux/fs.h
_AT_FDCWD: Final = -100

_RENAME_EXCHANGE: Final = 2

_NO_SUCH_STEP: Final = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What renameat2 says where the system, or the file system, can't exchange."""


def exchange_paths(one: Path, other: Path) -> bool:
    """Exchanges what is at two paths in one step.

    Returns:
        Whether it was done; if not, the system can't do it, and nothing was changed.

    Raises:
        OSError: it failed; nothing was changed.
    """
    code = _renameat2(os.fsencode(one), os.fsencode(other))
    if code in _NO_SUCH_STEP:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return True


def _renameat2(one: bytes, other: bytes) -> int:
    """Calls renameat2(2) with RENAME_EXCHANGE; returns 0 or the error's number."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    call = getattr(libc, "renameat2", None)  # glibc has it since 2.28
    if call is None:
        return errno.ENOSYS
    done = call(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_RENAME_EXCHANGE))
    return ctypes.get_errno() if done else 0
