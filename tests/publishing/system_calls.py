"""Runs a program under strace(1), which can let one of its system calls fail, or kill it there."""

import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TRACED: Final = (
    "openat,write,pwrite64,fsync,syncfs,rename,renameat2,mkdir,link,linkat,unlink,unlinkat,rmdir,"
    "flock,chmod,chown,ftruncate,getdents64,pipe2,clone,clone3,vfork"
)
"""Every write, sync, rename, open and spawn, and what else changes or lists files."""

_LINE: Final = re.compile(r"(?P<name>\w+)\((?P<of>.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """A system call: its name, how many of that name came before it and it, and the rest."""

    name: str
    count: int
    of: str


def strace(log: Path, injection: str | None = None) -> list[str]:
    """Returns what to put before a command to trace it, and to let a call of it fail."""
    inject = ["-e", f"inject={injection}"] if injection else []
    return ["strace", "-o", str(log), "-e", f"trace={TRACED}", *inject]


def calls(log: Path) -> list[Call]:
    """Returns the system calls in a log, in order."""
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        match = _LINE.match(line)
        if match:
            counts[match["name"]] += 1
            found.append(Call(match["name"], counts[match["name"]], match["of"]))
    return found


@cache
def why_not() -> str:
    """Returns why programs can't be traced here; nothing if they can."""
    if not shutil.which("strace"):
        return "strace がありません（apt-get install strace）"
    traced = subprocess.run(
        ["strace", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1", "true"],
        capture_output=True,
        check=False,
    )
    return "strace がここでは働きません" if traced.returncode else ""
