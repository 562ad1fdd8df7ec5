"""Two branches of a plan in one git: an edit never ends up in another measure in silence."""

import subprocess
from pathlib import Path

import pytest

from scripts.set_up_merging import SETTINGS, set_up_merging
from tests.conftest import REPOSITORY

MEASURE = """\
id: alpha
text: AIの研究開発を促進する
assignments:
  - ministry: 内閣府
    role: lead
  - ministry: 総務省
  - ministry: 文科省
  - ministry: 経産省
"""
OTHER = MEASURE.replace("alpha", "beta").replace("AIの研究開発を促進", "半導体の製造を支援")
EDITS = {
    "another ministry": MEASURE.replace("文科省", "農水省"),
    "another lead": MEASURE.replace("総務省\n", "総務省\n    role: lead\n"),
    "a further paragraph": MEASURE + "body:\n  - 期限は2027年とする\n",
}
WAYS = {
    "merge": ("merge", "--no-edit", "edited"),
    "rebase": ("rebase", "edited"),
    "cherry-pick": ("cherry-pick", "edited"),
}


def git(folder: Path, *arguments: str, check: bool = True) -> int:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=check, capture_output=True).returncode


def branches(folder: Path, edited: str) -> Path:
    """A repository where one branch deletes alpha and adds beta, and another edits alpha."""
    measures = folder / "plan" / "measures"
    measures.mkdir(parents=True)
    git(folder, "init", "-b", "main")
    for branch, files in (
        ("main", {"alpha": MEASURE}),
        ("edited", {"alpha": edited}),
        ("replaced", {"beta": OTHER}),
    ):
        git(folder, "checkout", "-q", *(["-b", branch] if branch != "main" else []), check=False)
        for file in measures.iterdir():
            file.unlink()
        for name, text in files.items():
            (measures / f"{name}.yaml").write_text(text)
        git(folder, "add", "--all")
        git(folder, "commit", "-m", branch)
        if branch == "edited":
            git(folder, "checkout", "-q", "main")
    return measures


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_a_deleted_measure_is_a_conflict(edit: str, way: str, tmp_path: Path) -> None:
    branches(tmp_path, EDITS[edit])
    assert set_up_merging(tmp_path)
    assert git(tmp_path, *WAYS[way], check=False) != 0
    unmerged = subprocess.run(
        ["git", "-C", str(tmp_path), "diff", "--name-only", "--diff-filter=U"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert unmerged == "plan/measures/alpha.yaml\n"


def test_git_by_itself_puts_the_edit_into_another_measure(tmp_path: Path) -> None:
    """What the settings are for: without them, nothing tells of it."""
    measures = branches(tmp_path, EDITS["another ministry"])
    assert git(tmp_path, *WAYS["merge"], check=False) == 0
    assert "農水省" in (measures / "beta.yaml").read_text()


def test_nothing_but_the_clone_itself_is_set(tmp_path: Path) -> None:
    assert not set_up_merging(tmp_path)  # no repository
    git(tmp_path, "init")
    (tmp_path / "below").mkdir()
    assert not set_up_merging(tmp_path / "below")  # a repository of someone else's
    config = (tmp_path / ".git" / "config").read_text()
    assert "renames" not in config
    assert set_up_merging(tmp_path)
    assert "renames = false" in (tmp_path / ".git" / "config").read_text()


def test_make_and_the_guide_set_the_same() -> None:
    assert "scripts/set_up_merging.py" in (REPOSITORY / "Makefile").read_text("utf-8")
    guide = (REPOSITORY / "README.md").read_text("utf-8")
    for name, value in SETTINGS.items():
        assert f"git config {name} {value}\n" in guide
