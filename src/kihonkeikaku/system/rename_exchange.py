"""Two folders change places in one step, where the system has such a step."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

# linux/fcntl.h and linux/fs.h
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2

_NO_SUCH_STEP: Final = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What renameat2 says where the system, or the file system, can't exchange."""


def exchange(one: Path, other: Path) -> bool:
    """Lets what stands at two paths change places at once.

    Returns:
        Whether it was done; if not, there is no such step here, and nothing was done.

    Raises:
        OSError: there is such a step, and it failed; nothing was done.
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
