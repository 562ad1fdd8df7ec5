"""Several files written as one: whatever fails, all are as they were, or all as they should be."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.drafting import file_changes
from kihonkeikaku.drafting.file_changes import FileChange, undo_killed_changes, write_changes
from kihonkeikaku.errors import CommandError, MachineError
from tests.conftest import REPOSITORY

BEFORE: Final = {"plan.yaml": b"old", "measures/a.yaml": b"a", "measures/b.yaml": b"b"}
AFTER: Final = {"plan.yaml": b"new", "measures/c.yaml": b"a", "measures/b.yaml": b"b"}
CHANGES: Final = (
    FileChange("measures/c.yaml", None, b"a", "measures/a.yaml"),
    FileChange("plan.yaml", b"old", b"new"),
    FileChange("measures/a.yaml", b"a", None),
)


class Killed(BaseException):
    """Ends a command at once, as a kill does."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in BEFORE.items():
        path = tmp_path / "plan" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "plan"


def held(folder: Path) -> dict[str, bytes]:
    """What is in a folder, and that nothing lies beside it."""
    assert [path.name for path in folder.parent.iterdir()] == ["plan"]
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_all_is_written(folder: Path) -> None:
    (folder / "measures/a.yaml").chmod(0o640)
    write_changes(folder, CHANGES)
    assert held(folder) == AFTER
    assert (folder / "measures/c.yaml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("number", range(3))
def test_a_write_that_fails_undoes_those_before(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, calls = file_changes._put, iter(range(10))

    def failing(*arguments: object) -> None:
        if next(calls) == number:
            raise MachineError("full")
        put(*arguments)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(file_changes, "_put", failing)
    with pytest.raises(MachineError):
        write_changes(folder, CHANGES)
    assert held(folder) == BEFORE


@pytest.mark.parametrize("number", range(4))
def test_what_a_kill_left_half_done_is_undone(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        put, calls = file_changes._put, iter(range(10))

        def killed(*arguments: object) -> None:
            if next(calls) == number:
                raise Killed
            put(*arguments)  # type: ignore[arg-type] # handed on as they came

        def keep(_folder: Path) -> None:
            if next(calls) > number:
                raise Killed

        patch.setattr(file_changes, "_put", killed)
        undo = iter((undo_killed_changes, keep))
        patch.setattr(file_changes, "undo_killed_changes", lambda f: next(undo)(f))  # noqa: PLW0108 # one a call
        if number < len(CHANGES):
            with pytest.raises(Killed):
                write_changes(folder, CHANGES)
            assert (folder.parent / ".plan.kihonkeikaku-undo").exists()
        else:
            write_changes(folder, CHANGES)
    undo_killed_changes(folder)
    assert held(folder) == (BEFORE if number < len(CHANGES) else AFTER)


def test_a_file_that_somebody_changed_stays(folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(b"theirs")
    with pytest.raises(CommandError, match=r"plan.yaml が書き換えられたため、何も変えませんでした"):
        write_changes(folder, CHANGES)
    assert held(folder) == {**BEFORE, "plan.yaml": b"theirs"}


def test_a_full_disk_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(MachineError, match="空き容量がありません"):
        write_changes(folder, CHANGES)
    monkeypatch.undo()
    assert held(folder) == BEFORE


def planted(folder: Path, name: str, old: bytes | None, new: bytes | None) -> Path:
    """A record as a killed command leaves it, or a stranger."""
    record = folder.parent / ".plan.kihonkeikaku-undo"
    coded = [None if content is None else b64encode(content).decode() for content in (old, new)]
    record.write_text(json.dumps([[name, *coded]]), "utf-8")
    return record


def test_work_done_since_a_kill_is_not_undone(folder: Path) -> None:
    record = planted(folder, "plan.yaml", b"older", b"newer")
    with pytest.raises(CommandError, match=r"plan.yaml が書き換えられました"):
        undo_killed_changes(folder)
    assert (folder / "plan.yaml").read_bytes() == b"old"
    record.unlink()
    assert held(folder) == BEFORE


@pytest.mark.parametrize("name", ["../outside.yaml", "notes.txt", "linked/x.yaml", "measures/../x"])
def test_a_record_of_a_stranger_writes_nothing_but_a_plans_files(folder: Path, name: str) -> None:
    record = planted(folder, name, b"planted", None)
    with pytest.raises(CommandError, match="計画のファイルではないため、書き換えません"):
        undo_killed_changes(folder)
    record.unlink()
    assert held(folder) == BEFORE


def test_a_linked_folder_is_not_written_through(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "chapters").symlink_to(elsewhere)
    with pytest.raises(CommandError, match="計画のファイルではないため、書き換えません"):
        write_changes(folder, [FileChange("chapters/x.yaml", None, b"x")])
    assert list(elsewhere.iterdir()) == []


KILLED: Final = """
import os, signal, sys
from kihonkeikaku import cli
from kihonkeikaku.drafting import file_changes
put, left = file_changes._put, int(sys.argv.pop(1))
def killing(*arguments):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    put(*arguments)
file_changes._put = killing
cli.run(sys.argv[1:])
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 20, 33])
def test_the_command_after_a_kill_puts_everything_back(tmp_path: Path, number: int) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(REPOSITORY / "plan", plan)
    before = {path: path.read_bytes() for path in plan.rglob("*.yaml")}
    command = ["rename", "経産省", "経済産業省", "--plan", str(plan), "--quiet"]
    killed = subprocess.run([sys.executable, "-c", KILLED, str(number), *command], check=False)
    assert killed.returncode == -signal.SIGKILL
    changed = [path for path, content in before.items() if path.read_bytes() != content]
    assert len(changed) == number
    assert cli.run([*command, "--dry-run"]) == 0
    assert {path: path.read_bytes() for path in plan.rglob("*.yaml")} == before
    # The lock that the killed one held is taken over.
    assert cli.run(command) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]
