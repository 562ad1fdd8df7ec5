"""The id of an adopted edition is accepted where a plan is, and any two editions of a chain."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.frozen import freeze
from kihonkeikaku.model.plan import Plan
from tests.conftest import REPOSITORY
from tests.diff.plans import chapter, measure, plan

Output = pytest.CaptureFixture[str]
EXAMPLE = REPOSITORY / "examples" / "next-edition"
A, B, C, D = (measure(id) for id in "abcd")


def edition(at: int, *measures: Any, **disposition: Any) -> Plan:
    before = f"e-{at - 1}" if at else None
    said = {"from": before, "dispositions": [disposition]} if before else None
    return plan(chapter("x", *measures), id=f"e-{at}", supersedes=before, revision=said)


CHAIN = (
    edition(0, A, B),
    edition(1, C, measures=["a", "b"], became="merged", into=["c"], reason="重複"),
    edition(2, D, measures=["c"], became="merged", into=["d"], reason="再編"),
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and its adopted editions."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "plan")
    return tmp_path


@pytest.fixture
def editions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but the records of a chain."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "plan" / "editions"
    folder.mkdir(parents=True)
    for one in CHAIN:
        (folder / f"{one.head.edition.id}.json").write_bytes(freeze(one))
    return folder


def changes(capsys: Output, *arguments: str) -> dict[str, Any]:
    assert cli.run(["diff", *arguments, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("arguments", [["outline", "plan"], ["outline"], ["plan"]])
def test_an_id_is_the_edition_that_the_plan_has_adopted(
    arguments: list[str], work: Path, capsys: Output
) -> None:
    report = changes(capsys, *arguments)
    assert (report["old"]["id"], report["new"]["id"]) == ("outline", "example-2026")
    assert report["summary"]["split"] == 1


def test_a_file_and_a_folder_come_before_an_id_and_that_before_a_revision(
    work: Path, capsys: Output
) -> None:
    git = ["git", "-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "plan"], ["commit", "-qm", "m"], ["tag", "outline"]):
        subprocess.run([*git, *arguments], check=True, cwd=work)
    assert changes(capsys, "outline", "plan")["old"]["id"] == "outline"
    shutil.copytree("plan", "outline")
    assert changes(capsys, "outline", "plan")["old"]["id"] == "example-2026"
    shutil.rmtree("outline")
    Path("plan/editions/outline.json").unlink()
    assert cli.run(["diff", "outline:", "outline:"]) == 0


def test_the_editions_of_the_plan_that_is_compared_come_first(work: Path, capsys: Output) -> None:
    shutil.move("plan", "other")
    assert changes(capsys, "outline", "other")["old"]["id"] == "outline"


def test_build_and_validate_compare_with_an_id(work: Path, capsys: Output) -> None:
    assert cli.run(["validate", "--against", "outline", "--quiet"]) == 0
    assert cli.run(["validate", "outline", "--quiet"]) == 0
    assert cli.run(["build", "--only", "html", "--against", "outline", "--quiet"]) == 0
    assert json.loads(Path("build/edition/comparison/changes.json").read_bytes())["old"]["id"] == (
        "outline"
    )


@pytest.mark.parametrize(
    ("write", "named"),
    [
        (lambda: ["diff", "outline", "plan", "--out", "plan/editions/outline.json"], "outline"),
        (lambda: ["build", "outline", "--only", "html", "--out", "plan/editions"], "outline"),
    ],
)
def test_the_record_that_an_id_names_is_not_overwritten(
    write: Callable[[], list[str]], named: str, work: Path, capsys: Output
) -> None:
    record = Path(f"plan/editions/{named}.json").read_bytes()
    assert cli.run(write()) == 2
    assert Path(f"plan/editions/{named}.json").read_bytes() == record


def test_a_misspelt_id_is_suggested(work: Path, capsys: Output) -> None:
    assert cli.run(["diff", "outlin", "plan"]) == 2
    assert capsys.readouterr().err == (
        "「outlin」というフォルダー、版のファイル、決定された版、git の版は見つかりません。"
        "「outline」ではありませんか。\n"
    )


@pytest.mark.parametrize(
    "arguments", [["e-0", "e-2"], ["plan/editions/e-0.json", "plan/editions/e-2.json"]]
)
def test_two_records_of_a_chain_compare_with_all_steps_between_them(
    arguments: list[str], editions: Path, capsys: Output
) -> None:
    report = changes(capsys, *arguments)
    [merged] = [change for change in report["changes"] if change["kind"] == "merged"]
    assert [entry["id"] for entry in merged["detail"]["from"]] == ["a", "b"]
    assert [entry["id"] for entry in merged["detail"]["into"]] == ["d"]
    assert merged["detail"]["reason"] == "重複。再編。"


@pytest.mark.parametrize("damage", [b"{}", b"\xff", b'{"format": 1}'])
def test_a_record_between_them_that_is_damaged_is_named(
    damage: bytes, editions: Path, capsys: Output
) -> None:
    (editions / "e-1.json").write_bytes(damage)
    assert cli.run(["diff", "e-0", "e-2"]) == 2
    assert "plan/editions/e-1.json:1:1" in capsys.readouterr().err
    assert cli.run(["diff", "e-0", "e-0"]) == 0


def test_the_table_and_the_amendment_are_made_across_the_chain(
    editions: Path, capsys: Output
) -> None:
    for format in ("html", "amendment", "md", "text"):
        assert cli.run(["diff", "e-0", "e-2", "--format", format]) == 0
        assert "重複。再編。" in capsys.readouterr().out or format in ("amendment",)
