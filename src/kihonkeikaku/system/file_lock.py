"""One build at a time for one output folder.

The lock is flock(2) on a file beside the folder, or what Windows has in its place: the kernel
releases it when its holder dies, by whatever cause. Its holder removes the file; one that a killed
build left behind is taken over.
"""

import json
import os
import platform
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kihonkeikaku.system import open_flags
from kihonkeikaku.system.atomic_files import remove_if_possible

try:
    import fcntl
except ImportError:  # Windows
    _windows: Any = import_module("msvcrt")
else:
    _windows = None

_FLAGS: Final = open_flags.NO_FOLLOW | open_flags.NON_BLOCKING
_LOCKED_BYTE: Final = 1 << 30
"""Where Windows locks the file: behind what is written to it, which others may read."""


class LockHeldError(Exception):
    """Another process holds the lock; ``str()`` names it, as far as that is known."""


class FileLock:
    """A lock on the file at ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    @property
    def is_taken(self) -> bool:
        """Whether this process holds it."""
        return self._handle >= 0

    def take(self) -> None:
        """Takes the lock, or fails at once.

        Raises:
            LockHeldError: another process has it.
            OSError: the file can't be made.
        """
        while self._handle < 0:
            self._handle = self._open_and_lock()
        os.truncate(self._handle, 0)
        who = {"process": os.getpid(), "host": platform.node()}
        os.write(self._handle, json.dumps(who).encode())

    def release(self) -> None:
        """Gives the lock back, if it was taken; nothing of it is left."""
        if self._handle >= 0:
            if _windows:  # which removes no file that is open
                os.close(self._handle)
            remove_if_possible(self._path)  # if it stays all the same, the next takes it over
            if not _windows:
                os.close(self._handle)
            self._handle = -1

    def _open_and_lock(self) -> int:
        """Returns the locked file's handle; -1 if it has to be tried again with a new file."""
        handle, is_own = self._open()
        try:
            _lock(handle)
            if self._is_at_its_path(handle):
                if is_own and os.fstat(handle).st_nlink == 1:
                    return handle
                # The file has another name, or was left by another user: it is not written to.
                self._path.unlink(missing_ok=True)
        except BlockingIOError:
            raise LockHeldError(_read_holder(handle)) from None
        except OSError:  # it is ours, or there are no locks here that anyone might hold
            remove_if_possible(self._path)
            os.close(handle)
            raise
        os.close(handle)
        return -1

    def _open(self) -> tuple[int, bool]:
        """Returns the file's handle, and whether it may be written to."""
        try:
            return os.open(self._path, open_flags.READ_WRITE | os.O_CREAT | _FLAGS, 0o666), True
        except PermissionError as refusal:
            try:
                return os.open(self._path, open_flags.READ | _FLAGS), False
            except OSError:
                raise refusal from None

    def _is_at_its_path(self, handle: int) -> bool:
        try:
            status = self._path.stat(follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(status, os.fstat(handle))


def _lock(handle: int) -> None:
    """Locks a file for this process, or fails at once.

    Raises:
        BlockingIOError: another process has locked it.
        OSError: it can't be locked.
    """
    if not _windows:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    try:
        _windows.locking(handle, _windows.LK_NBLCK, 1)
    except OSError as error:  # which says no more than that it may not
        raise BlockingIOError(*error.args) from error
    finally:
        os.lseek(handle, 0, os.SEEK_SET)


def _read_holder(handle: int) -> str:
    """Returns who holds a lock, as far as its file says, and closes the file."""
    with os.fdopen(handle, "rb") as file:
        try:
            facts: Any = json.loads(file.read(1000))
        except ValueError:
            return ""  # only just taken
    if not isinstance(facts, Mapping):
        return ""
    return f"プロセス {facts.get('process')}、機械 {facts.get('host')}"
