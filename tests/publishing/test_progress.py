"""What a build tells while it goes on, and at its end."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.sample import plant

Output = pytest.CaptureFixture[str]
DONE = r"{} に作りました（ファイル \d+ 個、\d+\.\d MB）。\n"


def build(tmp_path: Path, *options: str) -> list[str]:
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out"
    return ["build", str(plan), "--only", "html", "--out", str(out), *options]


def test_where_nobody_watches_each_stage_is_a_plain_line(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(build(tmp_path)) == 0
    captured = capsys.readouterr()
    assert captured.err == "計画を検査しています…\nHTML を作っています…\n"
    assert re.fullmatch(DONE.format(re.escape(str(tmp_path / "out"))), captured.out)


def test_quiet_is_quiet(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(build(tmp_path, "--quiet")) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
def test_on_a_terminal_one_line_changes_and_is_gone_at_the_end(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kihonkeikaku", *build(tmp_path)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    done = subprocess.run(
        command, stderr=theirs, stdout=subprocess.PIPE, env=environment, check=True
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
    assert "HTML を作っています…".encode() in shown
    assert shown.rstrip().endswith((b"\x1b[2K", b"\x1b[?25h", b"\x1b[1A\x1b[2K"))
    assert "に作りました".encode() in done.stdout


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 10_000)
    except OSError:  # the other end is closed, and all is read
        return b""
