"""What holds for the repository as a whole: what is in it, and what must never be."""

import json
import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime", "dev")

# Put together here, so that this file does not name them itself.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)
FOREIGN = re.compile(
    "|".join(
        [
            *(rf"(?<![\w-]){re.escape(host)}(?!\w)" for host in HOSTS),
            *(rf"(?<![\w.~-])/{folder}/" for folder in ("work", "root")),
            rf"(?<![\w.~-])/{'home'}/\w",
            rf"(?<![\w.~-])/{'opt'}/(?:wheels|pypi)",
            rf"\.{'library'}/",
        ]
    )
)
LITERALS = tuple(
    literal.encode()
    for literal in (
        *HOSTS,
        *(f"/{folder}/" for folder in ("work", "root", "home", "opt")),
        f".{'library'}/",
    )
)
"""Each match of ``FOREIGN`` holds one of these: files without are not searched, which is slow."""


def _foreign(content: bytes) -> list[str]:
    """The registries' hosts and the machine's paths that a file names."""
    if not any(literal in content for literal in LITERALS):
        return []
    return [found.group() for found in FOREIGN.finditer(content.decode("utf-8", "replace"))]


def _git(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", ROOT, *arguments], capture_output=True, encoding="utf-8", check=False
    )


def _tree() -> list[Path]:
    """Every file that is tracked, or would be by ``git add``."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is tracked cannot be told")
    listed = _git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
    assert listed.returncode == 0, listed.stderr
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"--index-url https://{HOSTS[0]}/simple", [HOSTS[0]]),
        (f"https://files.{HOSTS[1]}/packages/x.whl", [HOSTS[1]]),
        (f'"resolved": "https://registry.{HOSTS[2]}/x"', [HOSTS[2]]),
        (f"cd /{'work'}/main", [f"/{'work'}/"]),
        (f"file:///{'root'}/x", [f"/{'root'}/"]),
        (f"'/{'home'}/taro/plan'", [f"/{'home'}/t"]),
        (f"see shared/.{'library'}/x", [f".{'library'}/"]),
        ("network/work/x, ./work/x, examplepypi.organic, build/edition/html/index.html", []),
    ],
)
def test_the_search_finds_hosts_and_paths_and_nothing_else(text: str, found: list[str]) -> None:
    assert _foreign(text.encode()) == found


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    tree = _tree()
    assert ROOT / "Makefile" in tree
    named = {
        str(path.relative_to(ROOT)): found
        for path in tree
        if (found := _foreign(path.read_bytes()))
    }
    assert named == {}


@pytest.mark.parametrize(
    "path",
    [
        "build/edition/html/index.html",
        ".venv/bin/python",
        "dist/x.whl",
        ".mypy_cache/x",
        "tests/browser/node_modules/x",
    ],
)
def test_what_is_made_is_ignored(path: str) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is ignored cannot be told")
    assert _git("check-ignore", "--quiet", "--no-index", path).returncode == 0


@pytest.mark.parametrize("path", ["plan/plan.yaml", ".ci/run", "requirements/dev.lock"])
def test_what_is_needed_is_not_ignored(path: str) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: what is ignored cannot be told")
    assert _git("check-ignore", "--quiet", "--no-index", path).returncode == 1


ENTRY = re.compile(
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[0-9][\w.+!-]*)(?: ; (?P<marker>[^\\\n]+?))?"
    r"(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


@cache
def _locked(lock: str) -> dict[str, str]:
    """Each name in a lock with its version and hashes; fails on anything that is neither."""
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    entries = "".join(line for line in text.splitlines(keepends=True) if line[0] != "#")
    assert ENTRY.sub("", entries) == ""
    found = list(ENTRY.finditer(entries))
    assert len({entry["name"] for entry in found}) == len(found)
    return {entry["name"]: entry["version"] + entry["hashes"] for entry in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_but_exact_versions_with_hashes(lock: str) -> None:
    assert len(_locked(lock)) > 10


@pytest.mark.parametrize(
    "entry", ["six==1.17.0\n", "six>=1.17.0 \\\n    --hash=sha256:" + "0" * 64 + "\n"]
)
def test_an_entry_without_hash_or_exact_version_would_be_seen(entry: str) -> None:
    assert ENTRY.sub("", entry) == entry


def test_what_runs_is_locked_alike_for_developers() -> None:
    assert _locked("runtime").items() <= _locked("dev").items()


def _wanted(*groups: str) -> set[str]:
    """The names that pyproject.toml asks for: the dependencies, and those of the groups."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    asked: list[str] = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in groups:
        asked += [line for line in project["dependency-groups"][group] if isinstance(line, str)]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in asked]
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    assert _wanted("build") <= set(_locked("runtime"))
    assert _wanted("build", "dev") <= set(_locked("dev"))


def test_what_npm_installs_is_locked_by_hash_wherever_it_is_fetched_from() -> None:
    folder = ROOT / "tests" / "browser"
    wanted = json.loads((folder / "package.json").read_text("utf-8"))["devDependencies"]
    lock = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert lock.pop("")["devDependencies"] == wanted
    for name, version in wanted.items():
        assert lock[f"node_modules/{name}"]["version"] == version, name
    for package in lock.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def _commands_in_readme() -> list[list[str]]:
    """The make commands in README's code, in order, each once."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^(?:\$ )?make\b *([\w ]*?) *(?:#.*)?$", text, flags=re.MULTILINE)
    return [words.split() for words in dict.fromkeys(found)]


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs make as a person would, not as a part of the make that runs the tests."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_two_commands_that_the_readme_names_first_exist() -> None:
    commands = _commands_in_readme()[:2]
    assert commands == [[], ["test"]]
    for targets in commands:
        planned = _make("--dry-run", *targets)
        assert planned.returncode == 0, planned.stderr


@pytest.mark.parametrize("python", ["false", "no-such-python"])
def test_make_says_that_the_python_will_not_do(python: str) -> None:
    stopped = _make("machine", f"PYTHON={python}")
    assert stopped.returncode == 2
    assert stopped.stderr.splitlines()[:2] == [
        f"Python 3.11以上が必要ですが、{python} はそうではありません (Python >= 3.11 needed)。",
        "make PYTHON=python3.11 のように指定してください。",
    ]


def test_the_schemas_that_the_editor_is_told_of_exist() -> None:
    settings = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
    schemas = re.findall(r'"\./(schema/[\w.]+)"', settings)
    assert len(schemas) == 5
    assert [schema for schema in schemas if not (ROOT / schema).is_file()] == []
