"""Puts the files of an imported plan on disk: the whole folder, or nothing."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kihonkeikaku.errors import CommandError
from kihonkeikaku.system.os_errors import translate_os_errors


def require_empty(folder: Path) -> None:
    """Checks that a plan may be written to a folder.

    Raises:
        CommandError: there is something in it, or it is no folder.
        MachineError: it can't be looked at.
    """
    with translate_os_errors(folder):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise CommandError(
                f"{folder} はフォルダーではありません。別の場所を --out に指定してください。"
            )
        if folder.is_dir() and any(folder.iterdir()):
            raise CommandError(
                f"{folder} にはすでにファイルがあるため、書き込みません。"
                "別のフォルダーを --out に指定してください。"
            )


def write_plan_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Writes the files of a plan; the folder appears when all of them are there.

    Args:
        folder: absent or empty.
        files: the text of each file by its name.

    Raises:
        MachineError: it can't be written; nothing is left then.
    """
    with translate_os_errors(folder):
        parent = folder.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.kihonkeikaku-", dir=parent))
        try:
            for name, text in files.items():
                path = staging / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, "utf-8")
            staging.chmod(0o777 & ~_umask())
            staging.replace(folder.absolute())
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
