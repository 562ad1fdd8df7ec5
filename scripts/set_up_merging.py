"""Sets this clone's git to merge without guessing renames. Run by `make`.

Two measures may share most of their lines. Where one branch deletes a measure and adds another,
git takes that for a rename, and puts what a second branch changes in the old measure into the new
one, without a conflict. Without the guess, the second merge stops with a conflict. git before 2.50
heeds `merge.renames` in the strategy `recursive` alone, which newer ones take for the usual one.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SETTINGS: Final[Mapping[str, str]] = {"merge.renames": "false", "pull.twohead": "recursive"}


def set_up_merging(folder: Path) -> bool:
    """Sets the clone at ``folder``; returns whether there is one with this folder at its top."""
    git = ["git", "-C", str(folder)]
    try:
        found = subprocess.run(
            [*git, "rev-parse", "--show-toplevel"], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return False
    if found.returncode or Path(found.stdout.rstrip("\n")).resolve() != folder.resolve():
        return False
    for name, value in SETTINGS.items():
        subprocess.run([*git, "config", "--local", name, value], check=True)
    return True


if __name__ == "__main__":
    set_up_merging(Path.cwd())
