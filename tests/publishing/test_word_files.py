"""``build --only docx``: the Word files of an edition are listed, made again and compared."""

import json
from pathlib import Path

import pytest

from kihonkeikaku import cli
from tests.sample import frozen, plant

Output = pytest.CaptureFixture[str]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    plan = plant(tmp_path / "plan", {"editions/first.json": frozen("first")})
    out = tmp_path / "edition"
    against = str(plan / "editions/first.json")
    command = ["build", str(plan), "--only", "docx", "--against", against, "--out", str(out)]
    assert cli.run([*command, "--quiet"]) == 0
    return out


def test_the_edition_and_its_comparison_are_there_as_word_files(edition: Path) -> None:
    listed = json.loads((edition / "manifest.json").read_text("utf-8"))
    assert listed["kinds"] == ["docx"]
    assert {name for name in listed["files"] if name.endswith(".docx")} == {
        "word/plan.docx",
        "comparison/comparison.docx",
        "comparison/redline.docx",
    }


def test_they_are_verified_byte_by_byte(edition: Path, capsys: Output) -> None:
    assert cli.run(["verify", str(edition)]) == 0
    path = edition / "word" / "plan.docx"
    path.write_bytes(path.read_bytes().replace("取組".encode(), "施策".encode(), 1))
    capsys.readouterr()
    assert cli.run(["verify", str(edition)]) == 1
    assert "word/plan.docx" in capsys.readouterr().out


def test_a_redline_of_one_ministry_is_refused(tmp_path: Path, capsys: Output) -> None:
    plan = str(plant(tmp_path / "plan", {}))
    command = ["diff", plan, plan, "--format", "redline", "--ministry", "経産省"]
    assert cli.run(command) == 2
    assert "見え消しは全体で一つなので" in capsys.readouterr().err


@pytest.mark.parametrize("format", ["docx", "redline"])
def test_diff_writes_a_word_file(format: str, tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {"editions/first.json": frozen("first")})
    out = tmp_path / "out.docx"
    old = str(plan / "editions" / "first.json")
    assert cli.run(["diff", old, str(plan), "--format", format, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"PK")
