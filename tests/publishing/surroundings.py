"""Surroundings that a build may find itself in, and what it makes there."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.publishing.editions import on_disk

SHUFFLE: Final = '''\
"""Lets folders list what is in them in another order; Python loads this before anything else."""
import os, random
_scandir, _listdir = os.scandir, os.listdir

class _Shuffled:
    def __init__(self, items):
        self._items = list(items)
        random.Random({seed}).shuffle(self._items)
        self._left = iter(self._items)
    def __iter__(self): return self._left
    def __next__(self): return next(self._left)
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def close(self): pass

def listdir(path="."):
    items = _listdir(path)
    random.Random({seed}).shuffle(items)
    return items

os.scandir = lambda path=".": _Shuffled(_scandir(path))
os.listdir = listdir
'''
NOBODY: Final = 65534


@dataclass(frozen=True)
class Surroundings:
    """What may differ from one build to another, and must not be seen in what it makes."""

    name: str
    variables: Mapping[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    """Python's own."""
    umask: int = 0o022
    nobody: bool = False
    shuffled: bool = False
    folder: str = "plain"
    """The folder that holds the plan and the output; a copy of the plan, made in another order."""

    def hashes(self, plan: Path, work: Path, arguments: tuple[str, ...]) -> dict[str, str]:
        """Builds the plan in these surroundings; returns the SHA-256 of each file that was made."""
        if self.nobody:  # who may not enter the folder of these tests
            with TemporaryDirectory(prefix="kihonkeikaku-nobody-") as folder:
                Path(folder).chmod(0o755)
                return self._hashes(plan, Path(folder), arguments)
        return self._hashes(plan, work, arguments)

    def _hashes(self, plan: Path, work: Path, arguments: tuple[str, ...]) -> dict[str, str]:
        room = work / self.name / self.folder
        _copy_backwards(plan, room / "plan")
        command = [sys.executable, *self.options, "-m", "kihonkeikaku", "build", *arguments]
        command += ["--quiet", "--out", "made/edition", "plan"]
        if self.nobody:
            _give_away(work)
            command = [
                "setpriv",
                f"--reuid={NOBODY}",
                f"--regid={NOBODY}",
                "--clear-groups",
                *command,
            ]
        subprocess.run(command, cwd=room, env=self._environment(work), umask=self.umask, check=True)
        made = on_disk(room / "made" / "edition")
        return {name: hashlib.sha256(content).hexdigest() for name, content in made.items()}

    def _environment(self, work: Path) -> dict[str, str]:
        variables: dict[str, str | None] = {**os.environ, "KIHONKEIKAKU_CACHE": None}
        variables["XDG_CACHE_HOME"] = str(work / self.name / "cache")
        variables |= self.variables
        if self.shuffled:
            site = work / self.name / "site"
            site.mkdir(parents=True)
            (site / "sitecustomize.py").write_text(SHUFFLE.replace("{seed}", "7"))
            variables["PYTHONPATH"] = str(site)
        return {name: value for name, value in variables.items() if value is not None}


def _copy_backwards(plan: Path, copy: Path) -> None:
    """Copies a plan, its files in reversed order: many file systems list them as they came."""
    for path in sorted(plan.rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(plan)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def _give_away(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)


def can_be_nobody() -> bool:
    """Whether builds can be run as another user who can read this program."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return False
    command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    # By way of a shell: setpriv itself may still reach what the user that it becomes may not.
    ask = [*command, "sh", "-c", '"$0" -c "import kihonkeikaku.cli"', sys.executable]
    return subprocess.run(ask, capture_output=True, check=False).returncode == 0


PLAIN: Final = Surroundings("plain")
QUICK: Final = (
    Surroundings(
        "elsewhere",
        {
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "1",
            "HOME": None,
            "XDG_CACHE_HOME": None,
            "SOURCE_DATE_EPOCH": "1",
            "PYTHONOPTIMIZE": "1",
            "PYTHONWARNINGS": "error",
        },
        umask=0o077,
        shuffled=True,
        folder="計画 と 版",
    ),
)
LONG: Final = (
    Surroundings("west", {"TZ": "America/Adak"}),
    Surroundings("east", {"TZ": "Pacific/Kiritimati"}),
    Surroundings("half-hour", {"TZ": "Asia/Kathmandu"}),
    Surroundings("no-zone", {"TZ": "Nowhere/At_All"}),
    Surroundings("c", {"LC_ALL": "C", "LANG": "C"}),
    Surroundings("c-without-utf-8", {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}),
    Surroundings("japanese", {"LC_ALL": "ja_JP.UTF-8", "LANG": "ja_JP.UTF-8", "LANGUAGE": "ja"}),
    Surroundings("turkish", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    Surroundings("seed-0", {"PYTHONHASHSEED": "0"}),
    Surroundings("seed-1", {"PYTHONHASHSEED": "1"}),
    Surroundings("seed-big", {"PYTHONHASHSEED": "4294967295"}),
    Surroundings("tight-umask", umask=0o077),
    Surroundings("loose-umask", umask=0),
    Surroundings("no-home", {"HOME": None, "XDG_CACHE_HOME": None, "USER": None}),
    Surroundings("deep", folder="a/" * 20 + "b"),
    Surroundings("japanese-folder", folder="計画 と 版"),
    Surroundings("shuffled", shuffled=True),
    Surroundings("isolated", options=("-s", "-P", "-X", "utf8")),
    Surroundings("optimised", options=("-O", "-B")),
    Surroundings("epoch", {"SOURCE_DATE_EPOCH": "1", "PYTHONDONTWRITEBYTECODE": "1"}),
    Surroundings("nobody", {"HOME": "/nonexistent", "TMPDIR": "/tmp"}, nobody=True),
)
