"""Compiled templates, kept where Python keeps compiled modules: beside their sources."""

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import Final

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

_HASH: Final = 32
"""Bytes at the beginning of a file that tell whether the rest is whole and right."""

_READABLE: Final = 0o644
"""By everyone, whoever was the first to compile it."""


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates; where it can't, or Python is told not to, they are compiled anew.

    Args:
        compiler: the module that says how templates are compiled: what was compiled otherwise is
            of no use.
    """

    def __init__(self, compiler: Path) -> None:
        known = sha256(compiler.read_bytes()).hexdigest()
        self._compiler = f"{known} {jinja2.__version__} {MAGIC_NUMBER.hex()}"

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Returns where a template is kept: nowhere, if it is no file."""
        return str(Path(cache_from_source(filename)).with_suffix(".j2c")) if filename else ""

    def get_source_checksum(self, source: str) -> str:
        """Returns a hash of all that a compiled template is made from."""
        return sha256(f"{self._compiler} {source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads a compiled template, if there is one that is whole and right."""
        if not bucket.key:
            return
        with suppress(OSError):
            content = Path(bucket.key).read_bytes()
            if content[:_HASH] == _hash(bucket, content[_HASH:]):
                bucket.code = marshal.loads(content[_HASH:])  # as of Python's own

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template, whole or not at all."""
        if sys.dont_write_bytecode or not bucket.key:
            return
        path, code = Path(bucket.key), marshal.dumps(bucket.code)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_hash(bucket, code) + code)
                Path(beside).chmod(_READABLE)
                Path(beside).replace(path)
            except OSError:
                Path(beside).unlink(missing_ok=True)


def _hash(bucket: Bucket, code: bytes) -> bytes:
    return sha256(bucket.checksum.encode() + code).digest()
