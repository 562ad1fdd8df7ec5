"""A command that writes into a plan, killed at any request to the system, leaves no stray file.

Each request is counted by an audit hook; a child process is killed just before each of them.
"""

import os
import re
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.system import atomic_files
from tests.publishing.editions import on_disk
from tests.publishing.faults import Machine, on
from tests.sample import SAMPLE, plant

FIX: Final = ("validate", "--fix", "--quiet")
ADOPT: Final = ("adopt", "--quiet")
LEFT_BESIDE: Final = re.compile(r"\.plan\.kihonkeikaku-[0-9]+")


@dataclass
class KillingMachine(Machine):
    """Kills the process just before the request that would fail."""

    def ask(self, what: str, of: object) -> int:
        if len(self.asked) == self.fail_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().ask(what, of)


def make_plan(folder: Path, command: tuple[str, ...] = FIX) -> Path:
    """A plan; for a fix, one with two files that hold a CJK radical in place of an ideograph."""
    if command == ADOPT:
        return plant(folder / "plan", {})
    changes = {
        name: SAMPLE[name].replace("text: ", "text: ⼈の")
        for name in ("measures/alpha.yaml", "measures/beta.yaml")
    }
    changes["plan.yaml"] = SAMPLE["plan.yaml"].replace("format: 1", "format: 2")
    return plant(folder / "plan", changes)


def run_killed(arguments: list[str], at: int) -> bool:
    """Runs a command in a child process that is killed at a request; returns whether it was."""
    child = os.fork()
    if not child:
        code = 70
        try:
            with on(KillingMachine(at)):
                code = cli.run(arguments)
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, (arguments, at, status)
    return os.WIFSIGNALED(status)


def kill_everywhere(command: tuple[str, ...], work: Path) -> tuple[set[str], set[str]]:
    """Kills a command at each of its requests, on a new plan each time.

    Returns:
        The stray files that were found in the plan, and the files beside it.
    """
    finished = make_plan(work / "finished", command)
    assert cli.run([*command, str(finished)]) == 0
    after = on_disk(finished)
    strays: set[str] = set()
    beside: set[str] = set()
    at, killed = 0, True
    while killed:
        plan = make_plan(work / str(at), command)
        before = on_disk(plan)
        killed = run_killed([*command, str(plan)], at)
        found = on_disk(plan)
        strays |= {name for name in found if name not in before and name not in after}
        for name, content in found.items():
            assert content in (before.get(name), after.get(name)) or name in strays, (at, name)
        beside |= {path.name for path in plan.parent.iterdir() if path != plan}
        if not strays:  # the next goes on as if there had been no kill
            assert cli.run([*command, str(plan)]) == 0
            assert on_disk(plan) == after
        at += 1
    assert at > 10
    return strays, beside


def without_nameless_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError

    monkeypatch.setattr(atomic_files, "_link_nameless", refuse)


def with_nameless_files(_: pytest.MonkeyPatch) -> None:
    pass


@pytest.mark.parametrize("prepare", [with_nameless_files, without_nameless_files])
@pytest.mark.parametrize("command", [FIX, ADOPT])
def test_a_kill_leaves_no_stray_file_in_a_plan(
    command: tuple[str, ...],
    prepare: Callable[[pytest.MonkeyPatch], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare(monkeypatch)
    strays, beside = kill_everywhere(command, tmp_path)
    assert strays == set()
    assert all(map(LEFT_BESIDE.fullmatch, beside)), beside
    assert bool(beside) == (command == FIX or prepare is without_nameless_files)


@pytest.mark.parametrize("command", [FIX, ADOPT])
def test_with_temporary_files_in_the_plan_it_would(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_nameless_files(monkeypatch)
    real = atomic_files._put_in_place
    monkeypatch.setattr(
        atomic_files, "_put_in_place", lambda path, content, _, put: real(path, content, None, put)
    )
    strays, beside = kill_everywhere(command, tmp_path)
    assert strays
    assert beside == set()


def test_a_plan_that_has_nothing_beside_it_is_fixed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder above is closed to the user, or another file system."""
    plan = make_plan(tmp_path)
    real = atomic_files._write_temporary

    def refuse_outside(path: Path, content: bytes) -> None:
        if path.parent == tmp_path:
            raise PermissionError
        real(path, content)

    monkeypatch.setattr(atomic_files, "_write_temporary", refuse_outside)
    assert cli.run([*FIX, str(plan)]) == 0
    assert "人の取組" in (plan / "measures" / "alpha.yaml").read_text("utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"plan"}


def test_what_a_kill_left_in_such_a_plan_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plant(tmp_path / "plan", {"measures/.alpha.yaml.kihonkeikaku-7": "id: alpha\n"})
    assert cli.run(["validate", str(plan)]) == 1
    said = capsys.readouterr().out
    assert "measures/.alpha.yaml.kihonkeikaku-7:1:1: 誤り［stray-file］" in said
    assert (
        "  → kihonkeikaku が書いている途中で強制終了されたときの残りです。消してください。\n"
    ) in said
