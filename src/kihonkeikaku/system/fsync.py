"""Waiting until the device has what was written, so that it survives a crash of the machine."""

import ctypes
import errno
import os
import sys
from pathlib import Path


def sync_file(path: Path) -> None:
    """Waits until the device has what a file holds.

    Raises:
        OSError: it can't be done, or the device could not write it.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Waits until the device has what stands in a folder: names, not contents.

    Raises:
        OSError: it can't be done.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
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
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        code = _syncfs(handle)
    finally:
        os.close(handle)
    if code == errno.ENOSYS:
        _sync_each(folder)
    elif code:
        raise OSError(code, os.strerror(code), str(folder))


def _syncfs(handle: int) -> int:
    """Calls syncfs(2), which tells of failed writes since Linux 5.8; returns 0 or the error."""
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
