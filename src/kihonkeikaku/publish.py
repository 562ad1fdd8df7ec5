"""A whole edition onto disk, or nothing.

Everything is written aside and put in place by renaming, so that the output folder holds either
the old edition or the new one.
"""

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.finding import MachineTrouble, Trouble
from kihonkeikaku.frozen import plan_sha256
from kihonkeikaku.model import Plan

MANIFEST: Final = "manifest.json"
_GENERATOR: Final = "kihonkeikaku"


def manifest(plan: Plan, files: Mapping[str, bytes]) -> bytes:
    """Returns the manifest of an edition: each file's size and SHA-256, and what it was made of.

    Args:
        plan: the plan that the files were made from.
        files: contents by path within the edition.
    """
    facts = {
        "generator": _GENERATOR,
        "version": __version__,
        "edition": plan.head.edition.id,
        "source_sha256": plan_sha256(plan),
        "files": {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        },
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def refuse_foreign_folder(out: Path) -> None:
    """Checks that ``out`` is absent, empty, or holds an edition of ours.

    Raises:
        Trouble: it holds something that is not ours to replace.
    """
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink():
        raise Trouble(f"{out} はフォルダーではないため、置き換えません。")
    if any(out.iterdir()) and not _is_ours(out / MANIFEST):
        raise Trouble(
            f"{out} には kihonkeikaku が作ったのではないファイルがあるため、置き換えません。"
            "別のフォルダーを --out に指定してください。"
        )


def _is_ours(path: Path) -> bool:
    try:
        facts = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("generator") == _GENERATOR


def publish(files: Mapping[str, bytes], out: Path) -> None:
    """Puts an edition's files into ``out``, replacing the edition that is there.

    Args:
        files: contents by path within the edition, the manifest among them.
        out: the output folder.

    Raises:
        Trouble: ``out`` is not ours to replace.
        MachineTrouble: the files can't be written; the old edition is as it was.
    """
    refuse_foreign_folder(out)
    aside: Path | None = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        _write_all(files, aside / "new")
        _exchange(aside / "new", out, aside / "old")
    except OSError as error:
        raise MachineTrouble(f"{out} に書けません（{error.strerror}）。") from error
    finally:
        if aside:
            shutil.rmtree(aside, ignore_errors=True)


def write_file(path: Path, text: str) -> None:
    """Writes one file, whole or not at all.

    Raises:
        MachineTrouble: it can't be written; an older file of that name is as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(beside, text.encode())
        beside.replace(path)
    except OSError as error:
        raise MachineTrouble(f"{path} に書けません（{error.strerror}）。") from error
    finally:
        beside.unlink(missing_ok=True)


def write_new_file(path: Path, content: bytes) -> None:
    """Writes a file that is never written again, whole or not at all.

    Raises:
        FileExistsError: there is such a file already.
        OSError: it can't be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(beside, content)
        os.link(beside, path)  # unlike a rename, a link never replaces what is there
    finally:
        beside.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Writes a file that exists anew, whole or not at all, keeping who may do what with it.

    Raises:
        MachineTrouble: it can't be written, or may not be; the file is as it was.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with path.open("r+b") as file:  # who may not write it may not replace it either
            status = os.fstat(file.fileno())
        _write_synced(beside, content)
        with suppress(PermissionError):  # only root may give files away
            os.chown(beside, status.st_uid, status.st_gid)
        beside.chmod(stat.S_IMODE(status.st_mode))
        beside.replace(path)
    except OSError as error:
        raise MachineTrouble(f"{path} に書けません（{error.strerror}）。") from error
    finally:
        beside.unlink(missing_ok=True)


def _write_all(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(path, content)


def _write_synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _exchange(new: Path, out: Path, old: Path) -> None:
    """Puts ``new`` in the place of ``out``, and brings the old one back if that fails."""
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
