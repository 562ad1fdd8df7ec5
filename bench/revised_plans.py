"""The edition after: a plan with a known number of changes planted in it, by a fixed seed."""

import re
import shutil
from pathlib import Path
from random import Random
from typing import Final

SEED: Final = 20260401
_WORDS: Final = (("推進", "促進"), ("検討", "実施"), ("支援", "後押し"), ("強化", "充実"))


def write_revised_plan(old: Path, new: Path, changes: int, seed: int = SEED) -> int:
    """Writes a plan like ``old``, in which some measures are reworded, led otherwise or moved.

    Args:
        old: a plan that ``bench.plans`` wrote.
        new: the folder to write it to, anew.
        changes: how many measures to change, a third in each way as far as may be.
        seed: what is drawn by.

    Returns:
        How many measures were changed.
    """
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new)
    draw = Random(seed)
    files = sorted((new / "measures").iterdir())
    draw.shuffle(files)
    moved = _move_neighbours(new, changes // 3, draw)
    done = len(moved)
    for path in files:
        if done >= changes:
            break
        if path.stem not in moved:
            done += _reword(path) or _lead_otherwise(path)
    return done


def _reword(path: Path) -> bool:
    """Replaces a word of a measure's text by another, if it has one of ours."""
    text = path.read_text("utf-8")
    said = re.search("^text: .+$", text, re.MULTILINE)
    for one, other in _WORDS:
        for word, instead in ((one, other), (other, one)):
            if said and word in said[0]:
                reworded = said[0].replace(word, instead, 1)
                path.write_text(text.replace(said[0], reworded), "utf-8")
                return True
    return False


def _lead_otherwise(path: Path) -> bool:
    """Gives the lead of a measure to nobody, if it has one."""
    text = path.read_text("utf-8")
    bereft, leads = re.subn("(?m)^ +role: lead\n", "", text)
    if leads == 1:
        path.write_text(bereft, "utf-8")
    return leads == 1


def _move_neighbours(plan: Path, count: int, draw: Random) -> set[str]:
    """Takes so many measures out of their groups, and puts each at the end of the next one."""
    moved: set[str] = set()
    for path in sorted((plan / "chapters").iterdir()):
        lines = path.read_text("utf-8").splitlines()
        rows = [n for n, line in enumerate(lines) if line.startswith("          - ")]
        # The last of a group stays where it is: what moves must pass it.
        inner = [n for n in rows if n + 1 in rows and n - 1 in rows]
        share = min(len(inner) // 4, -(-(count - len(moved)) // 2))
        for row in sorted(draw.sample(inner, share), reverse=True):
            following = [n for n in rows if n > row and n + 1 not in rows]
            if len(following) < 2:
                continue
            moved.add(lines[row].removeprefix("          - "))
            lines.insert(following[1] + 1, lines[row])
            del lines[row]
            rows = [n for n, line in enumerate(lines) if line.startswith("          - ")]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return moved
