"""A repository that a stranger sent: reading a revision of it runs and fetches nothing.

Every trap is a command that writes a file. It is shown to fire where git is run plainly, in the
same test, before it is shown not to fire.
"""

import os
import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kihonkeikaku.cli import run
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading import git as git_module
from kihonkeikaku.loading.git import read_index, read_revision
from kihonkeikaku.loading.plan_resolver import open_source_folder
from kihonkeikaku.loading.source import FileProblem
from tests.sample import SAMPLE, plant

ALPHA = "plan/measures/alpha.yaml"


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    command = ["git", *identity, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the sample under plan/, of two commits, every object in a file."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--initial-branch=main")
    plant(folder / "plan", {})
    git(folder, "add", ".")
    git(folder, "commit", "-m", "sample")
    git(folder, "commit", "--allow-empty", "-m", "again")
    monkeypatch.chdir(folder)
    return folder


def object_file(repository: Path, revision: str) -> Path:
    object_id = git(repository, "rev-parse", revision)
    return repository / ".git" / "objects" / object_id[:2] / object_id[2:]


class Trap:
    """A command that writes a file, and the configuration of a remote that runs it."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository
        self.sprung = repository.parent / "sprung"
        self.command = repository.parent / "trap.sh"
        self.command.write_text(f"#!/bin/sh\necho $0 $@ >> {self.sprung}\nexit 1\n")
        self.command.chmod(0o755)

    def set(self, **config: str) -> None:
        """Makes a promisor remote of the repository, with further configuration."""
        settings = {
            "core.repositoryFormatVersion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.promisor": "true",
            "protocol.allow": "always",
        }
        for key, value in (settings | config).items():
            git(self.repository, "config", key, value)

    def fires(self, *arguments: str) -> bool:
        """Whether plain git runs the command."""
        environment = {k: v for k, v in os.environ.items() if k != "GIT_NO_LAZY_FETCH"}
        subprocess.run(["git", *arguments], check=False, capture_output=True, env=environment)
        fired = self.sprung.exists()
        self.sprung.unlink(missing_ok=True)
        return fired


@pytest.fixture
def trap(repository: Path) -> Trap:
    return Trap(repository)


REMOTES: dict[str, Callable[[Trap], dict[str, str]]] = {
    "uploadpack": lambda trap: {
        "remote.origin.url": str(trap.repository),
        "remote.origin.uploadpack": str(trap.command),
    },
    "sshCommand": lambda trap: {
        "remote.origin.url": "ssh://host.invalid/x",
        "core.sshCommand": str(trap.command),
    },
    "ext": lambda trap: {
        "remote.origin.url": f"ext::{trap.command} %S",
        "protocol.ext.allow": "always",
    },
    "gitProxy": lambda trap: {
        "remote.origin.url": "git://host.invalid/x",
        "core.gitProxy": str(trap.command),
    },
    "alias of a protocol named none": lambda trap: {
        "remote.origin.url": "none::x",
        "alias.remote-none": f"!{trap.command}",
    },
    "alias of a protocol without a name": lambda trap: {
        "remote.origin.vcs": "",
        "remote.origin.url": "::x",
        "alias.remote-": f"!{trap.command}",
    },
}
MISSING = {
    "commit": "HEAD",
    "commit before": "HEAD~1",
    "root tree": "HEAD^{tree}",
    "folder": "HEAD:plan/measures",
    "blob": f"HEAD:{ALPHA}",
}


@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("remote", REMOTES)
@pytest.mark.parametrize("supports_no_lazy_fetch", [True, False])
def test_what_is_missing_is_not_fetched(
    remote: str,
    missing: str,
    supports_no_lazy_fetch: bool,
    trap: Trap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not supports_no_lazy_fetch:  # as in git before 2.45
        monkeypatch.delitem(git_module._SAFE_ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    object_id = git(trap.repository, "rev-parse", MISSING[missing])
    object_file(trap.repository, MISSING[missing]).unlink()
    trap.set(**REMOTES[remote](trap))
    assert trap.fires("cat-file", "-p", object_id)
    for argument in ("HEAD~1:plan", "HEAD:plan"):
        try:
            open_source_folder(argument)
        except CommandError as error:
            assert error.exit_code == 2  # either revision may be whole
    assert not trap.sprung.exists()


def test_isolation_alone_guards_an_old_git(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variables nothing is run; without the isolated folder too, the trap is sprung."""
    object_file(trap.repository, f"HEAD:{ALPHA}").unlink()
    trap.set(**REMOTES["uploadpack"](trap))
    monkeypatch.setattr(git_module, "_SAFE_ENVIRONMENT", {})
    with pytest.raises(CommandError):
        open_source_folder("HEAD:plan")
    assert not trap.sprung.exists()
    run = git_module._run_git
    monkeypatch.setattr(
        git_module, "_run_git", lambda arguments, given=b"", _=None: run(arguments, given)
    )
    with pytest.raises(CommandError):
        open_source_folder("HEAD:plan")
    assert trap.sprung.exists()


def test_no_other_command_of_the_configuration_is_run(trap: Trap) -> None:
    for key in (
        *("core.fsmonitor", "core.pager", "pager.rev-list", "core.alternateRefsCommand"),
        *("core.askPass", "core.editor", "credential.helper", "gpg.program", "diff.external"),
        *("filter.trap.smudge", "filter.trap.clean", "filter.trap.process", "core.sshCommand"),
    ):
        git(trap.repository, "config", key, str(trap.command))
    for name in ("rev-list", "rev-parse", "ls-tree", "cat-file"):
        git(trap.repository, "config", f"alias.{name}", f"!{trap.command}")
    hooks = trap.repository / ".git" / "hooks"
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(trap.command, hooks / hook)
    (trap.repository / ".git" / "info" / "attributes").write_text("* filter=trap\n")
    assert trap.fires("status")
    assert len(read_revision("HEAD~1:plan").files) == len(SAMPLE)
    assert not trap.sprung.exists()


def test_replaced_objects_are_read_as_they_were(repository: Path) -> None:
    """Plain git reads the other text, and so would a revision that is named by way of a parent."""
    forged = repository / "forged.yaml"
    forged.write_text(SAMPLE["measures/alpha.yaml"].replace("取組", "嘘嘘"), "utf-8")
    other = git(repository, "hash-object", "-w", "forged.yaml")
    git(repository, "replace", f"HEAD:{ALPHA}", other)
    assert "嘘嘘" in git(repository, "show", f"HEAD:{ALPHA}")
    git(repository, "commit", "--allow-empty", "-m", "third")
    git(repository, "replace", "HEAD", "HEAD~2")
    assert git(repository, "rev-list", "--count", "HEAD") == "1"
    for argument in ("HEAD:plan", "HEAD~2:plan"):
        files = {entry.name: entry.content for entry in open_source_folder(argument).files}
        assert files == {name: text.encode() for name, text in SAMPLE.items()}


@pytest.mark.parametrize("missing", ["root tree", "folder", "blob"])
def test_missing_object_is_reported_with_gits_reason(
    missing: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    object_id = git(repository, "rev-parse", MISSING[missing])
    object_file(repository, MISSING[missing]).unlink()
    assert run(["validate", "HEAD:plan"]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("git の版「HEAD」の plan を読めません（git: ")
    assert "missing" in line
    assert missing == "root tree" or object_id in line


def test_missing_commit_is_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    object_file(repository, "HEAD").unlink()
    assert run(["validate", "HEAD:plan"]) == 2
    assert "見つかりません" in capsys.readouterr().err


CORRUPT: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda content: content[: len(content) // 2],
    "no zlib": lambda _: b"nonsense",
    "empty": lambda _: b"",
    "other kind": lambda _: zlib.compress(b"nonsense 3\0abc"),
    "too long": lambda _: zlib.compress(b"blob 3\0abcdef"),
    "malformed tree": lambda _: zlib.compress(b"tree 5\0abcde"),
}


@pytest.mark.parametrize(
    "revision", ["HEAD^{tree}", "HEAD:plan", "HEAD:plan/measures", f"HEAD:{ALPHA}"]
)
@pytest.mark.parametrize("damage", CORRUPT)
def test_corrupt_object_is_no_fault_of_the_program(
    damage: str, revision: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = object_file(repository, revision)
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(CORRUPT[damage](content))
    assert run(["validate", "HEAD:plan"]) in (1, 2)
    assert len(capsys.readouterr().err.splitlines()) <= 1


def hash_tree(repository: Path, rows: str) -> str:
    command = ["git", "mktree"]
    done = subprocess.run(
        command, cwd=repository, input=rows, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_bomb_of_trees_is_not_unpacked(repository: Path) -> None:
    """Nine levels of ten folders each: a thousand million files, of which none is listed."""
    rows = f"100644 blob {git(repository, 'rev-parse', f'HEAD:{ALPHA}')}\tx.yaml\n"
    for _ in range(9):
        tree = hash_tree(repository, rows)
        rows = "".join(f"040000 tree {tree}\t{number}\n" for number in range(10))
    bomb = hash_tree(repository, rows)
    plan = git(repository, "ls-tree", "HEAD:plan") + f"\n040000 tree {bomb}\tbomb\n"
    top = hash_tree(repository, f"040000 tree {hash_tree(repository, plan)}\tplan\n")
    commit = git(repository, "commit-tree", top, "-m", "bomb")
    found = {entry.name: entry.content for entry in read_revision(f"{commit}:plan").files}
    assert set(found) == {*SAMPLE, "bomb/"}
    inside = hash_tree(repository, f"040000 tree {bomb}\tmeasures\n")
    commit = git(repository, "commit-tree", inside, "-m", "bomb")
    names = [entry.name for entry in read_revision(f"{commit}:.").files]
    assert names == [f"measures/{number}/" for number in range(10)]


def test_listing_is_bounded(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_module, "LISTING_LIMIT", 30)
    with pytest.raises(
        CommandError, match=r"git の版「HEAD」の plan を読めません（git: .* too large）"
    ):
        read_revision("HEAD:plan")


def test_range_is_no_revision(repository: Path) -> None:
    with pytest.raises(CommandError, match="見つかりません"):
        read_revision("HEAD~1..HEAD:plan")


def test_folder_with_a_line_break_in_its_name_is_not_found(repository: Path) -> None:
    with pytest.raises(CommandError, match="というフォルダーはありません"):
        read_revision("HEAD:plan\nHEAD:plan")


def test_repository_that_is_a_plan_itself_is_read(repository: Path) -> None:
    top = git(repository, "rev-parse", "HEAD:plan")
    commit = git(repository, "commit-tree", top, "-m", "a plan at the top")
    assert len(read_revision(f"{commit}:.").files) == len(SAMPLE)


def test_newer_kind_of_hash_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--object-format=sha256")
    plant(tmp_path / "plan", {})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "sample")
    monkeypatch.chdir(tmp_path)
    assert len(read_revision("HEAD:plan").files) == len(SAMPLE)


def test_work_tree_reads_from_its_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "worktree", "add", "../other")
    monkeypatch.chdir(repository.parent / "other" / "plan")
    assert len(read_revision("main:.").files) == len(SAMPLE)


def test_nothing_is_left_behind(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = sorted(repository.rglob("*"))
    read_revision("HEAD:plan")
    shutil.rmtree(repository / ".git" / "objects")
    (repository / ".git" / "objects").mkdir()
    with pytest.raises(CommandError):
        read_revision("HEAD:plan")
    assert not list(temporary.iterdir())
    assert {path for path in before if "objects" not in path.parts} <= set(repository.rglob("*"))


def test_gits_reason_for_not_reading_a_repository_is_passed_on(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # as in a container
    with pytest.raises(CommandError, match=r"（git: detected dubious ownership in repository at "):
        read_revision("HEAD:plan")
    with pytest.raises(CommandError, match=r"（git: detected dubious ownership in repository at "):
        read_index("plan")


def test_index_is_read_as_it_will_be_committed(repository: Path) -> None:
    alpha = repository / "plan" / "measures" / "alpha.yaml"
    alpha.write_text("not staged", "utf-8")
    (repository / "plan" / "measures" / "deep").mkdir()
    (repository / "plan" / "measures" / "deep" / "x.yaml").write_text("x", "utf-8")
    git(repository, "add", "plan/measures/deep")
    git(repository, "rm", "--cached", "plan/measures/beta.yaml")
    source = read_index("./plan/")
    contents = {file.name: file.content for file in source.files}
    assert contents["measures/alpha.yaml"] == SAMPLE["measures/alpha.yaml"].encode()
    assert "measures/beta.yaml" not in contents
    assert isinstance(contents["measures/deep/"], FileProblem)
    assert source.display_name("plan.yaml") == "./plan/plan.yaml"


def test_index_without_a_plan_is_refused(repository: Path) -> None:
    with pytest.raises(CommandError, match="git に登録されたファイルがありません"):
        read_index("nowhere")


def test_index_in_the_middle_of_a_merge_is_refused(repository: Path) -> None:
    alpha = repository / "plan" / "measures" / "alpha.yaml"
    git(repository, "checkout", "-q", "-b", "other")
    alpha.write_text("text: い\n", "utf-8")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "checkout", "-q", "main")
    alpha.write_text("text: あ\n", "utf-8")
    git(repository, "commit", "-qam", "ours")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "-q", "other")
    with pytest.raises(CommandError, match=r"measures/alpha.yaml: unmerged"):
        read_index("plan")
