"""Where a command may write: the folder of an edition, or a single file."""

import errno
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.folder import leads_anywhere
from kihonkeikaku.loading.source import CHAPTERS, PLAN_FILE
from kihonkeikaku.system.atomic_files import write_file
from kihonkeikaku.system.os_errors import translate_os_errors

_LONGEST_ENDING: Final = 1 << 32
"""As long as a process's number."""

ANOTHER_FOLDER: Final = "別のフォルダーを --out に指定してください。"


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """The folder that an edition is put into.

    The files beside it that exist during a build have names reserved for this program. While the
    lock is held, whatever has such a name was left by a killed build.

    Attributes:
        label: the path as the user wrote it, for messages.
        path: the path with links in the folders above it resolved.
    """

    label: Path
    path: Path

    @property
    def lock(self) -> Path:
        """The lock file."""
        return self._beside("lock")

    @property
    def staging(self) -> Path:
        """The edition that is being made; after the exchange, the edition that was there before."""
        return self._beside("new")

    @property
    def retired(self) -> Path:
        """The previous edition during two renames, where the two can't be exchanged."""
        return self._beside("old")

    @property
    def leftovers(self) -> list[Path]:
        """What earlier builds could not remove, since other users had made it.

        Raises:
            OSError: the folder above can't be listed.
        """
        name = re.compile(re.escape(self._beside("left").name) + "-[0-9]+")
        return [path for path in self.path.parent.iterdir() if name.fullmatch(path.name)]

    def set_aside(self, path: Path) -> Path:
        """Gives what can't be removed a name in which it is in no build's way; returns the name.

        Raises:
            OSError: it can't be renamed.
        """
        taken = {left.name for left in self.leftovers}
        names = (f"{self._beside('left').name}-{number}" for number in count(1))
        return path.rename(path.with_name(next(name for name in names if name not in taken)))

    def _beside(self, purpose: str) -> Path:
        return self.path.with_name(f".{self.path.name}.kihonkeikaku-{purpose}")


def resolve_output_folder(out: Path) -> OutputFolder:
    """Returns the output folder at a path.

    Raises:
        CommandError: ``out`` is the root, or no path at all.
        MachineError: the way there can't be followed.
    """
    with translate_os_errors(out):
        try:
            path = _resolve(out)
        except (RuntimeError, ValueError) as error:  # links in a circle; a name with a zero byte
            raise CommandError(f"{out} という場所はありません。") from error
    if not path.name:
        raise CommandError(f"{out} は置き換えません。{ANOTHER_FOLDER}")
    return OutputFolder(out, path)


def require_replaceable(out: OutputFolder, plans: Iterable[Path] = ()) -> None:
    """Checks that an output folder is absent, or a folder that can be exchanged for an edition.

    What is in it is not looked at; ``previous_edition.require_own_files`` does that.

    Args:
        out: the output folder.
        plans: the folders and files that the edition is made from, which must stay as they are.

    Raises:
        CommandError: it may not be replaced.
        MachineError: it can't be looked at.
    """
    with translate_os_errors(out.label):
        _require_outside_plans(out, plans)
        if out.path.is_symlink():
            raise CommandError(f"{out.label} はリンクであるため、置き換えません。{ANOTHER_FOLDER}")
        if not out.path.exists():
            return
        if not out.path.is_dir():
            raise CommandError(
                f"{out.label} はフォルダーではないため、置き換えません。{ANOTHER_FOLDER}"
            )
        if os.path.ismount(out.path):  # Path.is_mount raises on Windows
            raise CommandError(
                f"{out.label} はマウントされた場所そのものであるため、置き換えられません。"
                "その下のフォルダーを --out に指定してください。"
            )
        if _is_within(Path.cwd(), out.path):
            raise CommandError(
                f"{out.label} は今いるフォルダーであるため、置き換えません。"
                "ほかのフォルダーに移ってから実行してください。"
            )


def require_writable_file(
    out: Path, inputs: Iterable[str] = (), *, within: str | None = None
) -> None:
    """Checks that a command may write a file at a path.

    An ordinary file may be replaced; a device or a pipe may be written to.

    Args:
        out: the path.
        inputs: the plans that the command reads, as the user named them; none is overwritten.
        within: a folder of a plan that the file may be in nevertheless.

    Raises:
        CommandError: there is a folder or a link, or the file belongs to a plan.
        MachineError: it can't be looked at.
    """
    with translate_os_errors(out):
        try:
            path = _resolve(out)
        except (RuntimeError, ValueError) as error:
            raise CommandError(f"{out} という場所はありません。") from error
        if not path.name or path.is_dir():
            raise CommandError(f"{out} はフォルダーです。出力先にはファイルを指定してください。")
        if is_device(path):
            return
        if path.is_symlink():
            raise CommandError(
                f"{out} はリンクであるため、置き換えません。別のファイルを指定してください。"
            )
        for plan in map(Path, filter(leads_anywhere, inputs)):
            if _is_within(path, plan.resolve()) or (path.exists() and path.samefile(plan)):
                raise _belongs_to_plan(out, plan)
        plan_folder = plan_folder_above(path)
        if plan_folder and (within is None or path.parent != plan_folder / within):
            raise _belongs_to_plan(out, plan_folder)


def write_output_file(out: Path, content: str | bytes) -> None:
    """Writes a file whole or not at all; a device or a pipe is written to.

    Raises:
        MachineError: it can't be written.
    """
    if not is_device(out):
        write_file(out, content)
        return
    with translate_os_errors(out), out.open("wb") as device:
        device.write(content.encode() if isinstance(content, str) else content)


def is_device(path: Path) -> bool:
    """Whether a path leads to something that is written to and can't be replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return any(
        is_kind(mode) for is_kind in (stat.S_ISCHR, stat.S_ISBLK, stat.S_ISFIFO, stat.S_ISSOCK)
    )


def _resolve(out: Path) -> Path:
    """Resolves the folders above a path, but not a link at the path itself.

    Raises:
        CommandError: the name is too long, or leaves no room for the names of what is beside it.
    """
    path = out.resolve() if out.name in ("", "..") else out.parent.resolve() / out.name
    try:
        path.with_name(f".{path.name}.kihonkeikaku-{_LONGEST_ENDING}").lstat()
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise CommandError(
                f"{out} は名前が長すぎます。短い名前の場所を指定してください。"
            ) from error
    return path


def _require_outside_plans(out: OutputFolder, plans: Iterable[Path]) -> None:
    for plan in plans:
        there = plan.resolve()
        if _is_within(there, out.path):
            raise CommandError(
                f"{out.label} には計画（{plan}）があるため、置き換えません。{ANOTHER_FOLDER}"
            )
        if _is_within(out.path, there):
            raise _within_plan(out, plan)
    plan_folder = plan_folder_above(out.path)
    if plan_folder:
        raise _within_plan(out, plan_folder)


def _within_plan(out: OutputFolder, plan: Path) -> CommandError:
    return CommandError(
        f"{out.label} は計画のフォルダー（{plan}）の中であるため、作りません。{ANOTHER_FOLDER}"
    )


def _belongs_to_plan(out: Path, plan: Path) -> CommandError:
    return CommandError(
        f"{out} は計画（{plan}）のものであるため、書き換えません。別のファイルを指定してください。"
    )


def plan_folder_above(path: Path) -> Path | None:
    """Returns the plan's folder that a path is in; nothing if it is in none."""
    for folder in path.parents:
        if (folder / PLAN_FILE).is_file() and (folder / CHAPTERS).is_dir():
            return folder
    return None


def _is_within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
