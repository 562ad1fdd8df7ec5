"""Runs a command as on a system that lacks what only Unix has. As far as Linux can show it.

``python -m tests.system.unlike_unix windows validate plan`` takes away what Windows has not
(``macos``: what macOS has not), before anything of the program or of most libraries is imported.
"""

import errno
import os
import signal
import subprocess  # noqa: F401 # which looks for msvcrt to tell where it is: before it is stood in for
import sys
from types import ModuleType, SimpleNamespace
from typing import Any, Final

FLAGS: Final = ("O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_TMPFILE")
CALLS: Final = ("chown", "fchmod", "fchown", "fork", "geteuid", "getuid", "lchown", "umask")
MODULES: Final = ("grp", "pwd", "resource", "termios", "tty")
LK_NBLCK: Final = 2


def be_macos() -> None:
    """Takes away what Linux alone has: nameless files, and the calls of its own C library."""
    del os.O_TMPFILE


def be_windows() -> None:
    """Takes away what Unix alone has, and refuses what Windows refuses."""
    lock = _lock_of_windows()
    for name in (*FLAGS, *CALLS):
        vars(os).pop(name, None)
    for name in ("SIGHUP", "pthread_sigmask"):
        vars(signal).pop(name, None)
    for name in (*MODULES, "fcntl"):
        sys.modules[name] = None  # type: ignore[assignment] # as the import system has it
    sys.modules["msvcrt"] = lock
    for supported in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        supported.clear()
    os.open = _refusing_folders(os.open)
    os.fsync = _refusing_what_is_only_read(os.fsync)
    for name in ("link", "rename", "rmdir", "chmod", "unlink", "stat"):
        setattr(os, name, _refusing_handles(getattr(os, name)))
    os.scandir = _refusing_handles(os.scandir)
    os.replace = _refusing_handles(os.replace)


def _lock_of_windows() -> ModuleType:
    """Returns what stands in for Python's module of Windows' own calls: its locks of a byte."""
    import fcntl  # noqa: PLC0415 # this is what is taken away

    def locking(handle: int, mode: int, size: int) -> None:
        assert mode == LK_NBLCK
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, size, os.lseek(handle, 0, 1))
        except BlockingIOError as error:
            raise PermissionError(errno.EACCES, "Permission denied") from error

    module = ModuleType("msvcrt")
    vars(module).update(LK_NBLCK=LK_NBLCK, locking=locking)
    return module


def _refusing_folders(call: Any) -> Any:
    def opened(path: Any, flags: int, mode: int = 0o777, *, dir_fd: Any = None) -> int:
        if dir_fd is not None:
            raise NotImplementedError("dir_fd unavailable on this platform")
        if os.path.isdir(path):  # noqa: PTH112 # a name of any kind
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return int(call(path, flags, mode))

    return opened


def _refusing_what_is_only_read(call: Any) -> Any:
    def synced(handle: int) -> None:
        with open(f"/proc/self/fdinfo/{handle}", encoding="ascii") as file:  # noqa: PTH123 # plain
            flags = next(line for line in file if line.startswith("flags:"))
        if int(flags.split()[1], 8) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")
        call(handle)

    return synced


def _refusing_handles(call: Any) -> Any:
    def called(*arguments: Any, **options: Any) -> Any:
        if any(name.endswith("dir_fd") and value is not None for name, value in options.items()):
            raise NotImplementedError("dir_fd unavailable on this platform")
        if arguments and isinstance(arguments[0], int):
            raise TypeError("path should be string, bytes or os.PathLike, not int")
        if call.__name__ == "link" and options.get("follow_symlinks") is False:
            raise NotImplementedError("follow_symlinks unavailable on this platform")
        return call(*arguments, **options)

    return called


if __name__ == "__main__":
    system = sys.argv.pop(1)
    if system == "windows":
        be_windows()
    elif system == "macos":
        be_macos()
    from kihonkeikaku.cli import main
    from kihonkeikaku.system import filesystem_calls

    if system != "linux":
        vars(filesystem_calls)["sys"] = SimpleNamespace(platform=system)
    main()
