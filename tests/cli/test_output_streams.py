"""A standard output or standard error that is full or closed, and arguments that are too long."""

import subprocess
import sys
from pathlib import Path
from typing import Final, Literal

import pytest

from kihonkeikaku import cli
from tests.sample import SAMPLE, plant

Redirection = Literal[">/dev/full", ">&-", "2>/dev/full", "2>&-", ">&- 2>&-"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full"),
]

REASONS: Final = {
    ">/dev/full": "機械の異常で止まりました（空き容量がありません）。\n",
    ">&-": "機械の異常で止まりました（出力先が閉じられています）。\n",
}
PRINTED: Final = (
    "--version",
    "--help",
    "explain",
    "validate plan",
    "validate plan --format json",
    "diff old plan",
    "diff old plan --format json",
    "diff old plan --format amendment",
    "verify edition",
)
MADE: Final = {
    "build plan --only html --out new": "new/manifest.json",
    "adopt plan --into new": "new/second.json",
    "schema --into new": "new/plan.schema.json",
    "diff old plan --format html --out new": "new",
}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two plans, one with an error, and an edition."""
    measure = SAMPLE["measures/alpha.yaml"]
    plant(tmp_path / "old", {})
    plant(tmp_path / "plan", {"measures/alpha.yaml": measure.replace("取組", "取組の推進")})
    plant(tmp_path / "wrong", {"measures/alpha.yaml": measure.replace("経産省", "経済省")})
    monkeypatch.chdir(tmp_path)
    assert cli.run(["build", "old", "--only", "html", "--out", "edition", "--quiet"]) == 0
    return tmp_path


def run(command: str, redirection: Redirection) -> tuple[int, str]:
    """Runs a command whose output goes where it can't; returns its code and what it said."""
    shell = f'"$0" -m kihonkeikaku {command} {redirection}'
    done = subprocess.run(
        ["sh", "-c", shell, sys.executable], stderr=subprocess.PIPE, encoding="utf-8", check=False
    )
    return done.returncode, done.stderr


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
@pytest.mark.parametrize("command", PRINTED)
def test_what_cannot_be_printed_is_a_fault(command: str, redirection: Redirection) -> None:
    assert run(command, redirection) == (3, REASONS[redirection])


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "2>/dev/full", ">&- 2>&-"])
@pytest.mark.parametrize("command", MADE)
def test_what_is_made_is_made(command: str, redirection: Redirection, work: Path) -> None:
    """Nobody can read that it was; that changes nothing."""
    code, said = run(command, redirection)
    assert code == 0, said
    assert "異常" not in said
    assert (work / MADE[command]).is_file()


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-", ">&- 2>&-"])
def test_a_message_that_nobody_can_read_changes_no_code(redirection: Redirection) -> None:
    assert run("validate nowhere", redirection) == (2, "")
    assert run("build wrong --out new", redirection) == (2, "")
    assert run("validate --no-such-option", redirection) == (2, "")
    assert not Path("new").exists()


@pytest.mark.usefixtures("work")
def test_findings_are_findings_where_the_standard_error_is_full() -> None:
    assert run("validate wrong", "2>/dev/full") == (1, "")


LONG: Final = ("長" * 100, "a" * 300, "a/" * 3000 + "a")
INPUTS: Final = (
    "validate {}",
    "validate --fix {}",
    "validate plan --against {}",
    "build {} --only html --out new",
    "build plan --only html --out new --against {}",
    "diff {}",
    "diff {} plan --out new",
    "diff plan {}",
    "diff HEAD:{} plan",
    "adopt {}",
    "adopt {} --into new",
    "verify {}",
    "explain {}",
)
OUTPUTS: Final = (
    "build plan --only html --out {}",
    "diff old plan --out {}",
    "schema --into {}",
    "adopt plan --into {}",
)


@pytest.mark.parametrize("name", LONG, ids=["japanese", "ascii", "deep"])
@pytest.mark.parametrize("command", INPUTS + OUTPUTS)
def test_a_name_that_is_too_long_is_refused_before_anything_is_made(
    command: str, name: str, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(work.rglob("*"))
    assert cli.run([part.format(name) for part in command.split()]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    if command in OUTPUTS:
        assert said.endswith("は名前が長すぎます。短い名前の場所を指定してください。\n")
    assert set(work.rglob("*")) == before


def test_a_name_that_leaves_no_room_for_what_is_beside_it_is_refused(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "a" * 240  # the system takes 255
    assert cli.run(["build", "plan", "--only", "html", "--out", name]) == 2
    assert "は名前が長すぎます" in capsys.readouterr().err
    assert not (work / name).exists()
