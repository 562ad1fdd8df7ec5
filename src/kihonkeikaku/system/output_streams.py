"""The standard output and the standard error where they can't be written to."""

import io
import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _LossyFile(io.FileIO):
    """A file that takes whatever is written to it, also when that can't be kept."""

    def write(self, content: "Buffer", /) -> int:
        """Writes bytes; those that the system refuses are lost."""
        try:
            return super().write(content)
        except OSError:
            return memoryview(content).nbytes


def lossy_stream(stream: TextIO | None) -> TextIO:
    """Returns a stream for the standard error: what can't be written is lost, never fatal.

    A message that nobody can read must neither stop a command nor change its exit code.

    Args:
        stream: the standard error; nothing if whoever started this process closed it.
    """
    handle = stream.fileno() if stream else os.open(os.devnull, os.O_WRONLY)
    buffer = io.BufferedWriter(_LossyFile(handle, "wb", closefd=False))
    encoding = stream.encoding if stream else "utf-8"
    return io.TextIOWrapper(buffer, encoding, "backslashreplace", line_buffering=True)


def open_closed_output() -> TextIO:
    """Returns a stream in place of a standard output that was closed: flushing it fails.

    So what a command could not print shows in its exit code, and a file that is opened later is
    not taken for the standard output.
    """
    return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
