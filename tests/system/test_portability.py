"""The commands on Windows and macOS, as far as Linux can show it: without what they have not."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from tests.conftest import REPOSITORY
from tests.sample import SAMPLE, plant

pytestmark = pytest.mark.slow

SYSTEMS: Final = ("windows", "macos")
BROKEN: Final = {"measures/alpha.yaml": SAMPLE["measures/alpha.yaml"] + "text: 別\n"}


def run(system: str, *arguments: str | Path, code: int = 0) -> str:
    command = [sys.executable, "-m", "tests.system.unlike_unix", system, *arguments]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", cwd=REPOSITORY, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def without_manifest(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in files(folder).items() if name != "manifest.json"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_validate_and_fix(system: str, tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", BROKEN)
    out = run(system, "validate", "--format", "json", plan, code=1)
    assert json.loads(out)["summary"]["errors"] == 1
    wide = SAMPLE["measures/alpha.yaml"].replace("取組", "ＡＩの取組")
    plan = plant(tmp_path / "wide", {"measures/alpha.yaml": wide})
    run(system, "validate", "--fix", plan)
    assert "text: AIの取組" in (plan / "measures/alpha.yaml").read_text("utf-8")


COMPARED: Final = ("examples/next-edition/editions/outline.json", "examples/next-edition")


def compare(format: str, out: Path) -> list[str]:
    old, new = (str(REPOSITORY / name) for name in COMPARED)
    return ["diff", old, new, "--format", format, "--out", str(out)]


def build(plan: Path, out: Path) -> list[str]:
    return ["build", str(plan), "--only", "html", "--quiet", "--out", str(out)]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan, and what this system makes of it and of two editions."""
    folder = tmp_path_factory.mktemp("ours")
    plan = plant(folder / "plan", {})
    assert cli.run(build(plan, folder / "edition")) == 0
    for format in ("json", "html"):
        assert cli.run(compare(format, folder / format)) == 0
    return folder


@pytest.mark.parametrize("system", SYSTEMS)
def test_diff_and_html_are_what_linux_makes(system: str, ours: Path, tmp_path: Path) -> None:
    for format in ("json", "html"):
        run(system, *compare(format, tmp_path / format))
        assert (tmp_path / format).read_bytes() == (ours / format).read_bytes(), format
    for _ in range(2):  # the second replaces the first
        run(system, *build(ours / "plan", tmp_path / "edition"), "--afresh")
    assert without_manifest(tmp_path / "edition") == without_manifest(ours / "edition")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edition", "html", "json"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_edits_adopt_and_next(system: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    run(system, "init", folder)
    plan = folder / "plan"
    run(system, "rename", "business-use", "companies", "--plan", plan)
    assert (plan / "measures/companies.yaml").is_file()
    run(system, "adopt", plan)
    run(system, "next", "second", "--plan", plan)
    run(system, "remove", "companies", "--became", "completed", "--plan", plan)
    assert "became: completed" in (plan / "revision/companies.yaml").read_text("utf-8")
    run(system, "validate", "--quiet", plan)
    assert [path.name for path in folder.parent.iterdir()] == ["new"]
    assert not list(folder.glob(".plan*"))


def test_two_builds_at_once_are_refused_on_windows_too(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.system import unlike_unix; unlike_unix.be_windows()\n"
        "from pathlib import Path; from kihonkeikaku.system.file_lock import FileLock\n"
        "lock = FileLock(Path(sys.argv[1])); lock.take(); print('taken', flush=True); input()\n"
        "lock.release()"
    )
    lock = tmp_path / ".edition.kihonkeikaku-lock"
    command = [sys.executable, "-c", code, str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=REPOSITORY
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "taken\n"
        plan = plant(tmp_path / "plan", {})
        said = run("windows", *build(plan, tmp_path / "edition"), code=2)
        assert f"ほかの kihonkeikaku が版を作っている最中です（プロセス {holder.pid}、" in said
        holder.communicate("\n")
    assert not lock.exists()
    run("windows", *build(plan, tmp_path / "edition"))


@pytest.mark.parametrize("system", ["windows"])
def test_a_link_is_not_followed_where_no_flag_forbids_it(system: str, tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {"measures/alpha.yaml": None})
    (tmp_path / "elsewhere.yaml").write_text(SAMPLE["measures/alpha.yaml"], "utf-8")
    (plan / "measures/alpha.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert "［not-a-file］" in run(system, "validate", plan, code=1)


UNIX_ALONE: Final = re.compile(
    r"os\.O_(?:CLOEXEC|DIRECTORY|NOFOLLOW|NONBLOCK)|^(?:import|from) (?:fcntl|grp|pwd|resource)\b",
    re.MULTILINE,
)


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("os.open(path, os.O_RDONLY | os.O_NOFOLLOW)", True),
        ("import resource\n", True),
        ("    import resource\n", False),
        ("os.open(path, os.O_RDONLY)", False),
    ],
)
def test_what_only_unix_has_would_be_found(source: str, is_found: bool) -> None:
    assert bool(UNIX_ALONE.search(source)) == is_found


def test_no_module_names_what_only_unix_has() -> None:
    """``system/open_flags.py`` has the flags; imports stand where they may fail."""
    modules = (REPOSITORY / "src").rglob("*.py")
    assert [path.name for path in modules if UNIX_ALONE.search(path.read_text("utf-8"))] == []
