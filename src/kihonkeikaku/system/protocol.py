"""Messages through a pipe: each is preceded by its length."""

from typing import IO, Final

_LENGTH: Final = 8


def send(pipe: IO[bytes], *messages: bytes) -> None:
    """Writes messages.

    Raises:
        OSError: nobody reads.
    """
    for message in messages:
        pipe.write(len(message).to_bytes(_LENGTH))
        pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
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
