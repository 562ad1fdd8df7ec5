"""Flags of ``os.open``: 0 where the system has none of that name, as on Windows."""

import os
from typing import Final

CLOSE_ON_EXEC: Final = getattr(os, "O_CLOEXEC", 0)
NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
"""Opens no link; where it is 0, whoever opens has to look first."""
NON_BLOCKING: Final = getattr(os, "O_NONBLOCK", 0)
"""Does not wait on a pipe; Windows has none among its files."""
DIRECTORY: Final = getattr(os, "O_DIRECTORY", 0)

_BINARY: Final = getattr(os, "O_BINARY", 0)  # else Windows changes line ends

READ: Final = os.O_RDONLY | CLOSE_ON_EXEC | _BINARY
WRITE: Final = os.O_WRONLY | CLOSE_ON_EXEC | _BINARY
READ_WRITE: Final = os.O_RDWR | CLOSE_ON_EXEC | _BINARY
FOLDER: Final = os.O_RDONLY | CLOSE_ON_EXEC | DIRECTORY

CAN_OPEN_FOLDERS: Final = DIRECTORY != 0
"""Whether a folder can be opened: to be synced, and for files to be found from it."""
