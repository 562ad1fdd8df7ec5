"""What is there for people at a terminal: watching, a pager, questions, and completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, frozen, plant
from tests.system.terminal_session import TerminalSession

pytestmark = pytest.mark.slow

NEXT = ["diff", "examples/next-edition"]


def test_watch_lints_after_each_change(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {})
    with TerminalSession(["validate", "--watch"], tmp_path) as session:
        session.wait_for("誤りはありません。")
        file = plan / "measures/alpha.yaml"
        file.write_text(SAMPLE["measures/alpha.yaml"] + "text: 別\n", "utf-8")
        assert "［duplicate-key］" in session.wait_for("誤り 1、")
        (plan / "plan.yaml").rename(plan / "plan.bak")
        session.wait_for("plan は計画のフォルダーではありません")
        (plan / "plan.bak").rename(plan / "plan.yaml")
        file.write_text(SAMPLE["measures/alpha.yaml"], "utf-8")
        session.wait_for("誤りはありません。")
        assert session.interrupt() == 130


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--watch", "--fix"], "--watch は、--fix、--staged、--format と一緒に使えません。"),
        (["--watch", "HEAD:plan"], "HEAD:plan はフォルダーではないため、--watch で見張れません。"),
    ],
)
def test_what_cannot_be_watched(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["validate", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_long_diff_goes_through_the_pager(tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho '[pager]'\nexec cat\n", "utf-8")
    pager.chmod(0o755)
    with TerminalSession(NEXT, REPOSITORY, {"PAGER": str(pager)}) as session:
        code, shown = session.finish()
        assert code == 0
        assert shown.startswith("[pager]\n")
        assert shown.count("\n") > 24
    plan = plant(tmp_path / "plan", {})
    with TerminalSession(
        ["diff", str(plan), str(plan)], REPOSITORY, {"PAGER": str(pager)}
    ) as short:
        assert "[pager]" not in short.finish()[1]
    with TerminalSession(NEXT, REPOSITORY, {"PAGER": ""}) as plain:
        assert plain.finish() == (0, shown.removeprefix("[pager]\n"))


def test_less_shows_it_and_ends_at_q() -> None:
    with TerminalSession(NEXT, REPOSITORY, {"PAGER": "less"}) as session:
        session.wait_for(":")
        session.type("q")
        assert session.finish()[0] == 0


def test_remove_asks_what_became_of_a_measure(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {"editions/first.json": frozen("first")})
    with TerminalSession(["remove", "beta"], tmp_path) as session:
        session.wait_for("取組「beta」はどうなりましたか（完了、統合、分割、移管、廃止）")
        session.type("統合\n")
        session.wait_for("行き先の取組の識別子")
        session.type("alpha\n")
        assert session.finish()[0] == 0
    assert "into: [alpha]" in (plan / "revision/beta.yaml").read_text("utf-8")
    with TerminalSession(["remove", "alpha"], tmp_path) as session:
        session.wait_for("どうなりましたか")
        assert session.interrupt() == 130


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("rename regul", {"regulation-review"}),
        ("rename 内閣府（規", {"内閣府（規制室）"}),
        ("move ai-chips --to development-s", {"development-strengths"}),
        ("move utilization-g", {"utilization-government"}),
        ("new measure x --ministry ◎経", {"◎経産省"}),
        ("remove x --into ai-c", {"ai-chips", "ai-communities", "ai-crime"}),
        ("explain unknown-l", set()),
        ("explain unknown-k", {"unknown-key"}),
        ("mov", {"move"}),
        ("rename --plan nowhere x", set()),
    ],
)
def test_the_shell_offers_what_the_plan_has(words: str, offered: set[str]) -> None:
    line = f"kihonkeikaku {words}"
    environment = {
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
        "_KIHONKEIKAKU_COMPLETE": "complete_bash",
    }
    code = "import sys; sys.argv = ['kihonkeikaku']; from kihonkeikaku.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert set(done.stdout.split()) == offered
