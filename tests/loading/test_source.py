"""Where plans come from: folders and git revisions, read the same and guarded alike."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.loading.folder import read_regular_file
from kihonkeikaku.loading.loader import load
from kihonkeikaku.loading.plan_resolver import open_plan, open_source_folder
from kihonkeikaku.loading.source import FROZEN_LIMIT, YAML_LIMIT, FileProblem
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the sample under plan/, tagged v1, then changed."""
    git(tmp_path, "init", "--initial-branch=main")
    plant(tmp_path / "plan", {"editions/.keep": None})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "sample")
    git(tmp_path, "tag", "v1")
    plant(tmp_path / "plan", {"measures/alpha.yaml": "broken: ["})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("argument", ["v1:plan", "v1:", "v1", "HEAD:plan/", "main:./plan"])
def test_revision_is_read_from_the_object_database(argument: str, repository: Path) -> None:
    tree = open_source_folder(argument)
    assert {entry.name: entry.content for entry in tree.files} == {
        name: text.encode() for name, text in SAMPLE.items()
    }
    assert not lint(load(argument)).findings
    assert lint(load("plan")).has_errors


def test_revision_is_found_from_a_subfolder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "plan")
    assert len(open_source_folder("v1:.").files) == len(SAMPLE)


def test_findings_in_a_revision_name_it(repository: Path) -> None:
    git(repository, "commit", "-am", "broken")
    assert lint(load("HEAD:plan")).findings[0].position.file == "HEAD:plan/measures/alpha.yaml"


@pytest.mark.parametrize(
    "argument",
    ["--output=stolen:plan", "--output=stolen", "nowhere", "v1:nowhere", ":plan", "v1^{tree}:", ""],
)
def test_no_argument_reaches_git_unresolved(argument: str, repository: Path) -> None:
    before = sorted(path.name for path in repository.iterdir())
    with pytest.raises(CommandError):
        open_source_folder(argument)
    assert sorted(path.name for path in repository.iterdir()) == before


def test_link_in_a_revision_is_not_a_file(repository: Path) -> None:
    link = repository / "plan" / "measures" / "link.yaml"
    link.symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "link")
    entry = next(e for e in open_source_folder("HEAD:").files if e.name == "measures/link.yaml")
    assert isinstance(entry.content, FileProblem) and entry.content.rule == "not-a-file"


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    folder = plant(tmp_path, {"measures/alpha.yaml": None})
    os.mkfifo(folder / "measures" / "alpha.yaml")
    entry = next(
        e for e in open_source_folder(str(folder)).files if e.name == "measures/alpha.yaml"
    )
    assert isinstance(entry.content, FileProblem) and entry.content.rule == "not-a-file"


def test_unreadable_file_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = plant(tmp_path, {})
    system_open = os.open

    def refusing(path: Path, *arguments: int) -> int:
        if Path(path) == folder / "measures" / "alpha.yaml":  # as for a user who may not read it
            raise PermissionError(13, "Permission denied")
        return system_open(path, *arguments)

    monkeypatch.setattr("os.open", refusing)
    [finding] = lint(load(str(folder))).findings
    assert (finding.rule, finding.position.file) == (
        "unreadable-file",
        f"{folder}/measures/alpha.yaml",
    )


def test_name_that_is_no_text_is_shown_escaped(tmp_path: Path) -> None:
    folder = plant(tmp_path, {})
    (folder / os.fsdecode(b"\xff\x1b[31m.yaml")).write_text("x")
    [finding] = lint(load(str(folder))).findings
    assert finding.position.file == f"{folder}/\\udcff\\x1b[31m.yaml"
    finding.position.file.encode("utf-8")


@pytest.mark.parametrize("content", [{}, {"plan.yaml": None}])
def test_folder_without_plan_yaml_is_no_plan(content: dict[str, None], tmp_path: Path) -> None:
    if content:
        plant(tmp_path, content)
    with pytest.raises(CommandError, match="計画のフォルダーではありません"):
        open_source_folder(str(tmp_path))


def test_folder_in_the_place_of_a_file_is_not_a_file(tmp_path: Path) -> None:
    folder = plant(tmp_path, {"measures/gamma.yaml/inside.yaml": "id: gamma\n"})
    entry = next(
        e for e in open_source_folder(str(folder)).files if e.name == "measures/gamma.yaml"
    )
    assert isinstance(entry.content, FileProblem) and entry.content.rule == "not-a-file"


def test_folder_that_cannot_be_listed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(tmp_path, {})

    def refusing(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refusing)
    with pytest.raises(CommandError) as error_info:
        open_source_folder(str(tmp_path))
    assert str(error_info.value) == f"{tmp_path} を読めません（Permission denied）。"


def test_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "alpha.yaml"
    file.write_bytes(b"#" * 100)
    assert read_regular_file(file, 100) == b"#" * 100
    refusal = read_regular_file(file, 99)
    assert isinstance(refusal, FileProblem) and refusal.rule == "too-large"


def test_file_is_read_in_several_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may give less than it is asked for, and a file may be cut off meanwhile."""
    file = tmp_path / "alpha.yaml"
    file.write_bytes(b"abc")
    system_read = os.read
    monkeypatch.setattr("os.read", lambda handle, size: system_read(handle, min(size, 1)))
    assert read_regular_file(file, 100) == b"abc"


def test_too_large_file_in_a_revision_is_refused(repository: Path) -> None:
    plant(repository / "plan", {"measures/alpha.yaml": "#" * (YAML_LIMIT + 1)})
    git(repository, "commit", "-am", "large")
    [finding] = load("HEAD:").findings
    assert (finding.rule, finding.position.file) == (
        "too-large",
        "HEAD:plan/measures/alpha.yaml",
    )


def test_submodule_in_a_revision_is_not_a_file(repository: Path) -> None:
    commit = subprocess.run(["git", "rev-parse", "v1"], capture_output=True, text=True, check=True)
    place = f"160000,{commit.stdout.strip()},plan/measures/sub.yaml"
    git(repository, "update-index", "--add", "--cacheinfo", place)
    git(repository, "commit", "-m", "submodule")
    entry = next(e for e in open_source_folder("HEAD:").files if e.name == "measures/sub.yaml")
    assert isinstance(entry.content, FileProblem) and entry.content.rule == "not-a-file"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (FileNotFoundError(), "git が見つかりません。git を入れてください。"),
        (subprocess.TimeoutExpired("git", 60), "git の応答がありません。"),
    ],
)
def test_git_that_does_not_answer_is_an_error_of_the_machine(
    error: Exception, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("subprocess.run", failing)
    with pytest.raises(MachineError) as error_info:
        open_source_folder("v1:plan")
    assert (str(error_info.value), error_info.value.exit_code) == (message, 3)


PLAN_TOO_LARGE = "計画の全体が大きすぎるため、ここから先は読みません"


@pytest.mark.parametrize("argument", ["plan", "HEAD:plan"])
def test_plan_is_read_up_to_its_limit(
    argument: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "commit", "-am", "all")
    entries = open_source_folder(argument).files
    sizes = [len(entry.content) for entry in entries if isinstance(entry.content, bytes)]
    for module in ("folder", "git"):
        monkeypatch.setattr(f"kihonkeikaku.loading.{module}.PLAN_LIMIT", sum(sizes) - 1)
    *read, last = open_source_folder(argument).files
    assert tuple(read) == entries[:-1]
    assert isinstance(last.content, FileProblem) and last.content.rule == "too-large"
    assert last.content.message.startswith(PLAN_TOO_LARGE)


def test_hash_of_a_plans_files_changes_with_them_alone(tmp_path: Path) -> None:
    folder = plant(tmp_path / "plan", {})
    before = open_plan(str(folder)).sha256
    assert before == open_plan(str(folder)).sha256
    (folder / "measures/alpha.yaml").write_text("id: alpha\ntext: 別の取組\n", "utf-8")
    assert open_plan(str(folder)).sha256 not in (before, "")


def test_hash_of_a_plans_files_counts_what_is_refused(tmp_path: Path) -> None:
    folder = plant(tmp_path / "plan", {})
    before = open_plan(str(folder)).sha256
    (folder / "measures/stray.txt").write_text("x")
    assert open_plan(str(folder)).sha256 not in (before, "")


def test_hash_of_a_frozen_editions_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "first.json"
    file.write_bytes(b"{}")
    assert open_plan(str(file)).sha256 == hashlib.sha256(b"{}").hexdigest()
    os.truncate(file, FROZEN_LIMIT + 1)
    assert open_plan(str(file)).sha256 == ""
