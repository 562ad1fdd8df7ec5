"""Messages through a pipe: each is preceded by its length."""

import sys
from typing import IO, Final

_LENGTH: Final = 8


def send_messages(pipe: IO[bytes], *messages: bytes) -> None:
    """Writes messages.

    Raises:
        OSError: nobody reads.
    """
    for message in messages:
        pipe.write(len(message).to_bytes(_LENGTH))
        pipe.write(message)
    pipe.flush()


def receive_message(pipe: IO[bytes]) -> bytes:
    """Reads one message.

    Raises:
        EOFError: the writer went away before it was whole.
    """
    return _read(pipe, int.from_bytes(_read(pipe, _LENGTH)))


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = bytearray()
    while len(data) < size:  # a pipe without a buffer gives what is there
        part = pipe.read(size - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def limit_resources(seconds: int, memory: int) -> None:
    """Sets this process bounds; one that crashes leaves no image of its memory behind."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 # not on every system

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for kind, bound in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        _, most = resource.getrlimit(kind)
        if most == resource.RLIM_INFINITY or bound < most:
            resource.setrlimit(kind, (bound, most))
