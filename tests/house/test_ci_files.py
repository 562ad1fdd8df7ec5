"""What CI is given (the action, the workflow, the pre-commit hooks) does what it says.

Every script is run by bash as GitHub runs it, in a checkout made for the test. Only what would
fetch packages is stood in for; the tool itself is the real one.
"""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import sbom
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
WORKFLOW = WORKFLOWS / "plan.yml"
TESTS = WORKFLOWS / "test.yml"
RELEASE = WORKFLOWS / "release.yml"
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"

BROKEN = SAMPLE["measures/alpha.yaml"] + "text: 別\n"
FOUND = "::error file=plan/measures/alpha.yaml,line=5,col=1,title=duplicate-key::"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def steps(path: Path) -> list[dict[str, Any]]:
    data = read(path)
    if path == ACTION:
        found: list[dict[str, Any]] = data["runs"]["steps"]
    else:
        (job,) = data["jobs"].values()
        found = job["steps"]
    return found


def step(path: Path, name: str) -> dict[str, Any]:
    (found,) = [step for step in steps(path) if step.get("name") == name]
    return found


class Checkout:
    """A checkout with a plan, where scripts run as the runner runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder / "runner-temp"
        self.summary = folder / "summary.md"
        self._stubs = folder / "stubs"
        self.temporary.mkdir(parents=True)

    def plan(self, changes: Mapping[str, str | bytes | None]) -> None:
        plant(self.folder / "plan", changes)

    def program(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def stub(self, name: str, script: str) -> None:
        self.program(self._stubs / name, script)

    def tool(self, path: Path) -> None:
        """Puts the real command at ``path``."""
        self.program(path, f'exec {shlex.quote(sys.executable)} -m kihonkeikaku "$@"')

    def run(
        self, script: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        assert "${{" not in script, "what an event says must not become part of a script"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={
                "PATH": f"{self._stubs}:{os.environ['PATH']}",
                "LC_ALL": "C.UTF-8",
                "RUNNER_TEMP": str(self.temporary),
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_STEP_SUMMARY": str(self.summary),
                **(environment or {}),
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        subprocess.run(["git", *identity, *arguments], cwd=self.folder, env=environment, check=True)

    def commit(self) -> None:
        if not (self.folder / ".git").exists():
            self.git("init", "-q")
        self.git("add", "--all", "plan")
        self.git("commit", "-qm", "x", "--allow-empty")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


# What the files say


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", [WORKFLOW, TESTS, RELEASE]),
        ("vendor.github-actions", [ACTION]),
    ],
)
def test_github_would_read_the_files(schema: str, files: list[Path], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    bad = tmp_path / "bad.yml"
    bad.write_text(files[0].read_text("utf-8").replace("steps:", "stepps:"), "utf-8")
    assert subprocess.run([*command, bad], capture_output=True, check=False).returncode == 1


def test_every_workflow_is_looked_at() -> None:
    assert set(WORKFLOWS.iterdir()) == {WORKFLOW, TESTS, RELEASE}


@pytest.mark.parametrize("file", [WORKFLOW, TESTS, RELEASE, ACTION])
def test_actions_of_others_are_pinned_by_their_commit(file: Path) -> None:
    used = re.findall(r"^ *(?:- )?uses: (.*)$", file.read_text("utf-8"), flags=re.MULTILINE)
    assert len(used) == sum("uses" in step for step in steps(file)) > 0
    for action in used:
        assert action == "./" or re.fullmatch(
            r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action
        )


def test_one_version_of_an_action_is_used_everywhere() -> None:
    used = {
        step["uses"]
        for file in (WORKFLOW, TESTS, RELEASE, ACTION)
        for step in steps(file)
        if "@" in step.get("uses", "")
    }
    assert len({action.partition("@")[0] for action in used}) == len(used)


@pytest.mark.parametrize(
    ("file", "events"),
    [
        (WORKFLOW, {"push", "pull_request"}),
        (TESTS, {"push", "pull_request"}),
        (RELEASE, {"push"}),
    ],
)
def test_a_workflow_can_write_nothing_to_the_repository(file: Path, events: set[str]) -> None:
    workflow = read(file)
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    attesting = {"contents": "read", "id-token": "write", "attestations": "write"}
    assert job.get("permissions") == (attesting if file == RELEASE else None)
    assert set(workflow[True]) == events  # YAML 1.1 reads the key on as true
    assert "secrets." not in file.read_text("utf-8")
    (checkout,) = [s for s in steps(file) if s.get("uses", "").startswith("actions/checkout")]
    assert checkout["with"]["persist-credentials"] is False


def step_of_checkout() -> dict[str, Any]:
    (found,) = [s for s in steps(WORKFLOW) if s.get("uses", "").startswith("actions/checkout")]
    return found


def test_the_actions_inputs_are_all_used_and_described() -> None:
    action = read(ACTION)
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", ACTION.read_text("utf-8")))
    assert used == set(action["inputs"])
    assert all(facts["description"] for facts in action["inputs"].values())
    for made in action["runs"]["steps"]:
        assert ("shell" in made) is ("run" in made)


# The action


def validate(
    checkout: Checkout, plan: str = "plan", against: str = "", sarif: str = ""
) -> subprocess.CompletedProcess[str]:
    checkout.tool(checkout.temporary / "kihonkeikaku" / "bin" / "kihonkeikaku")
    made = step(ACTION, "計画を検査する")
    given = {"plan": plan, "against": against, "sarif": sarif}
    environment = {
        name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
        for name, value in made["env"].items()
    }
    return checkout.run(made["run"], environment)


def test_the_action_installs_what_is_locked_and_itself(checkout: Checkout) -> None:
    log = checkout.temporary / "installed"
    checkout.program(checkout.temporary / "pip", f'echo "$@" >>{shlex.quote(str(log))}')
    checkout.stub("python", 'mkdir -p "$3/bin" && cp "$RUNNER_TEMP/pip" "$3/bin/python"')
    done = checkout.run(step(ACTION, "検査の道具を用意する")["run"])
    assert (done.returncode, done.stderr) == (0, "")
    quiet = "-m pip install --quiet --disable-pip-version-check"
    assert log.read_text("utf-8").splitlines() == [
        f"{quiet} --require-hashes --requirement {ROOT}/requirements/runtime.lock",
        f"{quiet} --no-deps --no-build-isolation {ROOT}",
    ]
    assert (ROOT / "requirements" / "runtime.lock").is_file()


def test_the_action_passes_a_sound_plan(checkout: Checkout) -> None:
    checkout.plan({})
    done = validate(checkout)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("誤りはありません。\n")


def test_the_action_fails_for_errors_and_writes_sarif(checkout: Checkout) -> None:
    checkout.plan({"measures/alpha.yaml": BROKEN})
    done = validate(checkout, sarif="findings.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith(FOUND)
    log = json.loads((checkout.folder / "findings.sarif").read_text("utf-8"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["duplicate-key"]


@pytest.mark.parametrize(("sarif", "code"), [("", 2), ("findings.sarif", 1)])
def test_the_action_stops_where_there_is_no_plan(sarif: str, code: int, checkout: Checkout) -> None:
    done = validate(checkout, plan="nowhere", sarif=sarif)
    assert (done.returncode, done.stdout) == (code, "")
    assert "nowhere" in done.stderr


def test_the_action_compares_with_an_edition_before(checkout: Checkout) -> None:
    checkout.plan({})
    checkout.commit()
    measures = SAMPLE["chapters/measures.yaml"].replace("      - beta\n", "")
    checkout.plan({"chapters/measures.yaml": measures})
    (checkout.folder / "plan" / "measures" / "beta.yaml").unlink()
    done = validate(checkout, against="HEAD:plan")
    assert done.returncode == 1
    assert "title=unexplained-removal::" in done.stdout


@pytest.mark.parametrize("plan", ["--version", "plan; touch owned", "$(touch owned)", "a b"])
def test_the_actions_inputs_are_words_and_nothing_else(plan: str, checkout: Checkout) -> None:
    done = validate(checkout, plan=plan, against=plan, sarif=plan)
    assert done.returncode != 0
    assert not (checkout.folder / "owned").exists()
    assert "kihonkeikaku" not in done.stdout


# The workflow


def prepared(checkout: Checkout) -> None:
    """Runs the step that sets up; ``make`` is stood in for, but asked for something there is."""
    checkout.stub(
        "make",
        'mkdir -p .venv/bin && cp "$RUNNER_TEMP/tool" .venv/bin/kihonkeikaku && echo "$@"',
    )
    checkout.tool(checkout.temporary / "tool")
    done = checkout.run(step(WORKFLOW, "版を組む道具を用意する")["run"])
    assert (done.returncode, done.stdout) == (0, ".venv/runtime.stamp\n")
    planned = subprocess.run(
        ["make", "--dry-run", ".venv/runtime.stamp"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        check=False,
    )
    assert planned.returncode == 0


def difference(checkout: Checkout) -> str:
    """What the step writes into the summary."""
    done = checkout.run(step(WORKFLOW, "前との違いを示す")["run"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return checkout.summary.read_text("utf-8")


def test_the_workflow_validates_by_the_action_before_all_else() -> None:
    names = [made.get("name", made.get("uses")) for made in steps(WORKFLOW)]
    assert str(names[0]).startswith("actions/checkout@")
    assert names[1:] == [
        "計画を検査する",
        "版を組む道具を用意する",
        "版を組む",
        "版を保存する",
        "前との違いを示す",
    ]
    assert step(WORKFLOW, "計画を検査する")["uses"] == "./"


def test_the_workflow_builds_what_it_keeps(checkout: Checkout) -> None:
    checkout.plan({})
    prepared(checkout)
    done = checkout.run(step(WORKFLOW, "版を組む")["run"])
    assert done.returncode == 0, done.stderr
    kept = checkout.folder / step(WORKFLOW, "版を保存する")["with"]["path"]
    assert {path.name for path in kept.iterdir()} >= {"manifest.json", "html", "pdf"}


def test_a_pull_request_shows_what_it_changes(checkout: Checkout) -> None:
    checkout.plan({})
    checkout.commit()
    checkout.plan({"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", "挑戦")})
    checkout.commit()
    prepared(checkout)
    assert step_of_checkout()["with"]["fetch-depth"] == 2
    summary = difference(checkout)
    assert summary.startswith("## 計画の変更\n\n")
    assert "<ins>挑戦</ins>" in summary


def test_words_of_a_plan_are_no_markup_of_the_summary(checkout: Checkout) -> None:
    checkout.plan({})
    checkout.commit()
    hostile = "取組<video src=x>"
    measure = SAMPLE["measures/alpha.yaml"].replace("取組", hostile)
    checkout.plan({"measures/alpha.yaml": measure})
    checkout.commit()
    prepared(checkout)
    summary = difference(checkout)
    assert "&lt;video" in summary
    assert "<video" not in summary
    assert "~~~" not in summary


def test_words_of_findings_do_not_end_the_block_that_shows_them(checkout: Checkout) -> None:
    checkout.plan({})
    checkout.commit()
    hostile = SAMPLE["measures/alpha.yaml"].replace("取組", "取組~~~~~ <img src=x> ~~~")
    checkout.plan({"measures/alpha.yaml": hostile})
    checkout.commit()
    prepared(checkout)
    lines = difference(checkout).rstrip("\n").split("\n")
    fence = lines[2].removesuffix("text")
    assert set(fence) == {"~"}
    assert lines[-1] == fence
    assert not any(line.startswith(fence) for line in lines[3:-1])


def test_a_base_that_can_not_be_compared_is_no_fault_of_the_change(checkout: Checkout) -> None:
    checkout.folder.joinpath("plan").mkdir()
    checkout.folder.joinpath("plan", "notes.txt").write_text("x")
    checkout.commit()
    checkout.folder.joinpath("plan", "notes.txt").unlink()
    checkout.plan({})
    checkout.commit()
    prepared(checkout)
    lines = difference(checkout).split("\n")
    assert lines[2] == "~~~text"
    assert lines[-2] == "~~~"
    assert any("HEAD^1:plan" in line for line in lines[3:-2])


# The other workflows


def supported_pythons() -> list[str]:
    """The versions of Python that pyproject.toml names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: "
    return [
        line.removeprefix(prefix)
        for line in project["classifiers"]
        if line.startswith(prefix + "3.")
    ]


def test_the_tests_run_on_each_python_that_is_supported() -> None:
    (job,) = read(TESTS)["jobs"].values()
    assert job["strategy"]["matrix"]["python"] == supported_pythons()
    assert step(TESTS, "試験をする")["run"] == "make test PYTHON=python"
    (setup,) = [s for s in steps(TESTS) if s.get("uses", "").startswith("actions/setup-python")]
    assert setup["with"]["python-version"] == "${{ matrix.python }}"


def test_what_the_workflows_make_is_a_target() -> None:
    commands = [made["run"] for file in (TESTS, RELEASE) for made in steps(file) if "run" in made]
    targets = re.findall(r"^make (\w+) PYTHON=python$", "\n".join(commands), flags=re.MULTILINE)
    assert set(targets) == {"test", "dist", "release"}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [target for target in targets if f"\n.PHONY: {target}\n" not in makefile] == []


@pytest.mark.parametrize(("prefix", "code"), [("v", 0), ("", 1), ("v9", 1)])
def test_a_release_is_of_the_version_that_its_tag_names(
    prefix: str, code: int, checkout: Checkout
) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    (checkout.folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    checkout.program(
        checkout.folder / "stubs" / "python", f'exec {shlex.quote(sys.executable)} "$@"'
    )
    done = checkout.run(
        step(RELEASE, "タグと版の番号が同じことを確かめる")["run"], {"TAG": f"{prefix}{version}"}
    )
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("::error::") is bool(code)


def test_a_release_is_tested_and_kept() -> None:
    names = [made["name"] for made in steps(RELEASE) if "name" in made]
    assert names.index("試験をする") < names.index("配布物を作る") < names.index("配布物を保存する")
    assert step(RELEASE, "配布物を保存する")["with"]["path"] == "build/dist"
    assert names.index("版の書庫を作る") < names.index("出所を証明する")
    kept = ["build/dist/*", "build/release/*.zip", "build/release/SHA256SUMS"]
    assert step(RELEASE, "出所を証明する")["with"]["subject-path"].split() == kept
    parts = step(RELEASE, "部品の一覧を証明する")["with"]
    assert parts == {"subject-path": "build/dist/*.whl", "sbom-path": f"build/dist/{sbom.NAME}"}
    assert step(RELEASE, "版の書庫を保存する")["with"]["path"].split() == [
        "build/release/*.zip",
        "build/release/SHA256SUMS",
    ]


# pre-commit


def hooks() -> Iterator[dict[str, Any]]:
    yield from read(HOOKS)


def test_the_hooks_are_about_the_plan_as_a_whole() -> None:
    assert [hook["id"] for hook in hooks()] == ["kihonkeikaku", "kihonkeikaku-fix"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for hook in hooks():
        assert hook["entry"].split()[0] in project["scripts"]
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
    check, fix = hooks()
    assert check["always_run"] and "files" not in check  # also where files are only deleted
    assert re.search(fix["files"], "plan/measures/alpha.yaml")
    assert not re.search(fix["files"], "docs/plan/x.yaml")


def test_the_hooks_run(checkout: Checkout) -> None:
    checkout.tool(checkout.folder / "stubs" / "kihonkeikaku")
    check, fix = (hook["entry"] for hook in hooks())
    checkout.plan({"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace("取組", "ＡＩ")})
    checkout.commit()
    before = checkout.run(check)
    assert before.returncode == 1
    assert "plan/measures/alpha.yaml:2:7: 誤り［full-width-latin］" in before.stdout
    assert checkout.run(fix).returncode == 0
    assert checkout.run(check).returncode == 1
    checkout.git("add", "plan")
    assert checkout.run(check).returncode == 0


def test_the_hook_checks_what_is_committed_and_not_what_lies_there(checkout: Checkout) -> None:
    checkout.tool(checkout.folder / "stubs" / "kihonkeikaku")
    check = next(hooks())["entry"]
    checkout.plan({})
    checkout.commit()
    alpha = checkout.folder / "plan" / "measures" / "alpha.yaml"
    alpha.write_text("broken: [", "utf-8")
    alpha.with_name("gamma.yaml").write_text("id: gamma\ntext: 取組\n", "utf-8")
    assert checkout.run(check).returncode == 0  # neither is staged
    checkout.git("rm", "-q", "--cached", "plan/measures/beta.yaml")
    done = checkout.run(check)  # the file still lies there
    assert done.returncode == 1
    assert "plan/chapters/measures.yaml:9:9: 誤り［unknown-measure］" in done.stdout


OWN_HOOKS = ROOT / ".pre-commit-config.yaml"


def test_the_projects_own_hooks_fetch_nothing_and_run() -> None:
    repositories = read(OWN_HOOKS)["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    own = repositories[0]["hooks"]
    assert [hook["id"] for hook in own] == ["ruff-check", "ruff-format", "mypy", "validate"]
    for hook in own:
        program, *arguments = hook["entry"].split()
        assert (hook["language"], Path(program).parent) == ("system", Path(".venv/bin"))
        command = {"kihonkeikaku": [sys.executable, "-m", "kihonkeikaku"]}.get(
            Path(program).name, [sys.executable, "-m", Path(program).name]
        )
        asked = subprocess.run([*command, *arguments, "--help"], capture_output=True, check=False)
        assert asked.returncode == 0, hook["id"]


# Issues and pull requests


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_github_would_show_the_form(form: Path) -> None:
    """By GitHub's syntax for issue forms; it shows none of a form that departs from it."""
    data = read(form)
    if form.stem == "config":
        assert data == {"blank_issues_enabled": True}
        return
    assert set(data) == {"name", "description", "labels", "body"}
    fields = [field for field in data["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields) > 0
    for field in data["body"]:
        assert field["type"] in {"markdown", "textarea", "input", "dropdown", "checkboxes"}
        wanted = {"markdown": {"value"}, "dropdown": {"label", "options"}}
        assert set(field["attributes"]) >= wanted.get(field["type"], {"label"})
        assert set(field) <= {"type", "id", "attributes", "validations"}


def test_what_a_pull_request_is_asked_for_is_a_target() -> None:
    text = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"`make (\w+)`", text)
    assert targets == ["quick", "test"]
    assert [target for target in targets if f"\n.PHONY: {target}\n" not in makefile] == []


def test_the_container_is_set_up_by_make() -> None:
    text = (ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8")
    container = json.loads(re.sub(r"^//.*\n", "", text, flags=re.MULTILINE))
    assert container["postCreateCommand"] == "make .venv/dev.stamp"
    assert container["image"].startswith("python:3.11-")
