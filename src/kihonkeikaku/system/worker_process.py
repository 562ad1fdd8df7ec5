"""What a worker process needs: messages through a pipe, and limits of time and memory."""

import sys
from typing import IO, Final

_LENGTH: Final = 8


def send_messages(pipe: IO[bytes], *messages: bytes) -> None:
    """Writes messages, each preceded by its length.

    Raises:
        OSError: the reader is gone.
    """
    for message in messages:
        pipe.write(len(message).to_bytes(_LENGTH))
        pipe.write(message)
    pipe.flush()


def receive_message(pipe: IO[bytes]) -> bytes:
    """Reads one message.

    Raises:
        EOFError: the writer ended before the message was complete.
    """
    return _read(pipe, int.from_bytes(_read(pipe, _LENGTH)))


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:  # an unbuffered pipe may return less than asked for
        part = pipe.read(size - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def limit_resources(seconds: int, memory: int) -> None:
    """Limits this process's CPU time in seconds and its memory in bytes; disables core dumps."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 # not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, bound in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, most = resource.getrlimit(kind)
        if most == resource.RLIM_INFINITY or bound < most:
            resource.setrlimit(kind, (bound, most))
