"""What ``receive`` prints: JSON by the contract, text and Markdown for people."""

import json
from pathlib import Path
from typing import Any

import pytest

from kihonkeikaku import cli
from kihonkeikaku.system.terminal import is_printable
from tests.consultation.sheets import copy_plan, send
from tests.consultation.word_edits import EditedFile

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_plan(tmp_path_factory.mktemp("consulted"))


@pytest.fixture(scope="module")
def answer(plan: Path) -> Path:
    file = EditedFile(send(plan, "経産省"), "経産省 山田")
    file.replace("AIに係る革新的技術", "AIの革新的技術")
    file.insert_after("AIの革新的技術", "・新しい<文>。")
    file.replace("講ずべき施策", "講ずべき施策等")
    file.comment("AIの革新的技術", "<img> \u202e逆")
    return file.save(plan.parent / "back.docx")


def run(capsys: Output, plan: Path, *arguments: str) -> tuple[int, str]:
    code = cli.run(["receive", *arguments, "--plan", str(plan)])
    return code, capsys.readouterr().out


def test_json_is_what_the_contract_says(plan: Path, answer: Path, capsys: Output) -> None:
    code, out = run(capsys, plan, str(answer), "--format", "json")
    report: dict[str, Any] = json.loads(out)
    assert code == 1
    assert report.keys() == {"sheets", "units", "summary", "proof"}
    [sheet] = report["sheets"]
    [record] = (plan / "sheets").iterdir()
    assert {**sheet, "notes": []} == {
        "file": str(answer),
        "sheet": record.stem,
        "ministry": "経産省",
        "author": ["経産省 山田"],
        "bookmarks": True,
        "notes": [],
    }
    assert sum(report["summary"].values()) == len(report["units"])
    assert report["summary"]["take"] == 2
    assert report["proof"]["characters"] == report["proof"]["in_bins"] > 0
    [unit] = [unit for unit in report["units"] if unit["id"] == "ai-startups"]
    assert unit["redline"][:3] == [["=", "AI"], ["-", "に係る"], ["+", "の"]]
    assert {key: unit[key] for key in ("type", "bin", "ministry", "tracked", "cell")} == {
        "type": "measure",
        "bin": "take",
        "ministry": "経産省",
        "tracked": True,
        "cell": None,
    }
    assert unit["file"] == f"{plan}/measures/ai-startups.yaml"
    assert unit["sent"] == unit["now"]
    assert unit["sent"].startswith("AIに係る革新的技術")
    assert unit["received"].startswith("AIの革新的技術")
    [added] = [unit for unit in report["units"] if unit["bin"] == "added"]
    assert (added["id"], added["sent"], added["received"]) == (None, None, "・新しい<文>。")
    assert added["after"].startswith("①AIに係る") or "AIに係る" in added["after"]


def test_text_says_what_has_to_be_decided_first(plan: Path, answer: Path, capsys: Output) -> None:
    code, out = run(capsys, plan, str(answer))
    assert code == 1
    assert out.index("■ 追加") < out.index("■ 取り込める変更")
    assert "AI[-に係る-]{+の+}革新的技術" in out
    assert "経産省：取組" in out
    assert "字が、すべてどれか一つの区分に入っています。" in out
    assert "人が決めてください" in out


def test_markdown_escapes_what_came_from_outside(plan: Path, answer: Path, capsys: Output) -> None:
    _, out = run(capsys, plan, str(answer), "--format", "md")
    assert "<del>に係る</del><ins>の</ins>" in out
    assert "<文>" not in out
    assert "<img>" not in out


def test_what_came_from_outside_moves_nothing_on_a_terminal(
    plan: Path, answer: Path, capsys: Output
) -> None:
    _, out = run(capsys, plan, str(answer))
    assert "\u202e" not in out
    assert "逆" in out
    assert all(is_printable(character) for line in out.split("\n") for character in line)


def test_nobody_has_to_decide_anything_where_all_can_be_taken(plan: Path, capsys: Output) -> None:
    file = EditedFile(send(plan, "文科省", name="mext"))
    file.replace("講ずべき施策", "講ずべき施策等")
    code, out = run(capsys, plan, str(file.save(plan.parent / "mext-back.docx")))
    assert code == 0
    assert "人が決めてください" not in out


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    plan: Path, answer: Path, capsys: Output
) -> None:
    before = (plan / "measures/ai-startups.yaml").read_bytes()
    arguments = [str(answer), "--take", "ai-startups", "--dry-run", "--plan", str(plan)]
    assert cli.run(["receive", *arguments]) == 1
    assert "+text: AIの革新的技術" in capsys.readouterr().err
    assert (plan / "measures/ai-startups.yaml").read_bytes() == before
