"""A new plan is set out whole or not at all, and is sound from the start."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kihonkeikaku import cli
from kihonkeikaku.drafting import new_plan
from kihonkeikaku.drafting.new_plan import new_plan_files, set_out_plan
from kihonkeikaku.errors import CommandError, MachineError
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.json_schema import schema_files
from kihonkeikaku.system.atomic_files import write_new_file
from kihonkeikaku.validation.linter import lint
from scripts.prepare_machine import PACKAGES
from tests.conftest import REPOSITORY

Output = pytest.CaptureFixture[str]


def test_nothing_is_wrong_with_it(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["init", str(tmp_path / "a/new"), "--title", "海洋：計画#2"]) == 0
    result = lint(load(str(tmp_path / "a/new/plan")))
    assert [(finding.rule, finding.message) for finding in result.findings] == []
    head = result.loaded.draft.head
    assert head is not None and head.title == "海洋：計画#2"
    assert head.publication is not None and head.publication.notice == "ひな形"
    assert f"{tmp_path}/a/new に " in capsys.readouterr().out


def test_what_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("覚え書き", "utf-8")
    (tmp_path / ".editorconfig").write_text("root = true", "utf-8")
    with pytest.raises(CommandError, match=r"\.editorconfig がすでにあるため、何も作りません"):
        set_out_plan(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt", ".editorconfig"}
    (tmp_path / ".editorconfig").unlink()
    set_out_plan(tmp_path)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "覚え書き"


@pytest.mark.parametrize("number", [0, 1, 9])
def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = write_new_file, iter(range(100))

    def failing(path: Path, content: bytes) -> None:
        if next(calls) == number:
            raise OSError(28, "full")
        write(path, content)

    monkeypatch.setattr(new_plan, "write_new_file", failing)
    with pytest.raises(MachineError, match="空き容量がありません"):
        set_out_plan(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_title_that_breaks_a_rule_is_refused(tmp_path: Path, capsys: Output) -> None:
    assert cli.run(["init", str(tmp_path / "new"), "--title", "海洋 計画"]) == 2
    assert "plan.yaml:4:10: 誤り［stray-space］" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_editors_get_this_versions_schemas() -> None:
    files = new_plan_files()
    assert {f"schema/{name}" for name in schema_files()} <= files.keys()
    settings = json.loads(files[".vscode/settings.json"])
    named = [name.removeprefix("./") for name in settings["yaml.schemas"]]
    assert [name for name in named if name not in files] == []


@pytest.mark.slow
def test_github_would_run_its_workflow(tmp_path: Path) -> None:
    set_out_plan(tmp_path)
    workflow = tmp_path / ".github/workflows/plan.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run([*command, "vendor.github-workflows", workflow], check=False)
    assert done.returncode == 0
    (job,) = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    ours = (REPOSITORY / ".github/workflows/plan.yml").read_text("utf-8")
    assert all(f"uses: {step['uses']}" in ours + ACTION for step in job["steps"] if "uses" in step)
    hooks = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text("utf-8"))
    assert hooks["repos"][0]["hooks"][0]["entry"] == "kihonkeikaku validate --staged"


def test_its_container_has_what_a_pdf_needs(tmp_path: Path) -> None:
    """What ``scripts/prepare_machine.py`` installs; the wheel's step is that of the workflow."""
    set_out_plan(tmp_path)
    steps = (tmp_path / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    (install,) = [step for step in steps if "apt-get install" in step]
    words = install.partition("&& apt-get install")[2].partition("&&")[0].split()
    assert {word for word in words if not word.startswith("-")} == {"git", *PACKAGES}
    assert "COPY tools/kihonkeikaku-*.whl /tmp/" in steps
    ignored = (tmp_path / ".dockerignore").read_text("utf-8").split()
    assert ignored == ["*", "!tools"]
    settings = json.loads((tmp_path / ".devcontainer/devcontainer.json").read_text("utf-8"))
    folder = tmp_path / ".devcontainer"
    assert (folder / settings["build"]["dockerfile"]).resolve() == tmp_path / "Dockerfile"


@pytest.mark.slow
def test_its_container_builds_a_page(tmp_path: Path) -> None:
    set_out_plan(tmp_path)
    base = (tmp_path / "Dockerfile").read_text("utf-8").partition("FROM ")[2].split()[0]
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "pull", "--quiet", base], check=False).returncode:
        pytest.skip("no container engine at hand that has Python's image")
    (tmp_path / "tools").mkdir()
    wheel = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run([*wheel, str(tmp_path / "tools")], cwd=REPOSITORY, check=True)
    subprocess.run([docker, "build", "--tag", "kihonkeikaku-test", tmp_path], check=True)
    volume = f"{tmp_path}:/plan"
    run = [docker, "run", "--rm", "--volume", volume, "kihonkeikaku-test", "build"]
    subprocess.run(run, check=True)
    assert (tmp_path / "build/edition/pdf/plan.pdf").is_file()


ACTION = (REPOSITORY / "action.yml").read_text("utf-8")
