"""A wheel built from this repository works elsewhere, on a plan folder there."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "kihonkeikaku"
TEMPLATES = ROOT / "templates"


@dataclass(frozen=True)
class Elsewhere:
    """A folder outside the checkout, with the wheel installed and a copy of the plan."""

    folder: Path
    environment: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run([self.environment / "bin" / program, *arguments], cwd=self.folder)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    built = _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", dist], cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = folder / "environment"
    _made([sys.executable, "-m", "venv", "--without-pip", environment])
    python = environment / "bin" / "python"
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    _made([sys.executable, "-m", "pip", "--python", python, *install, wheel])
    _lend_dependencies(python)
    shutil.copytree(ROOT / "plan", folder / "plan")
    return Elsewhere(folder, environment)


def _lend_dependencies(python: Path) -> None:
    """Lets an environment import what is installed here, after what it has of its own.

    A folder named in a .pth file is searched as it is: the .pth files in it are not read, so the
    editable install of this checkout does not come along.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(_made([python, "-c", code]).stdout.strip())
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)), encoding="utf-8")


def _run(command: list[str | Path], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        command,
        cwd=cwd,
        env=kept | {"LC_ALL": "C.UTF-8"},  # lent.pth may name a folder in Japanese
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _made(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    done = _run(command)
    assert done.returncode == 0, done.stderr
    return done


def _files(folder: Path) -> Iterator[Path]:
    return (
        path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__"
    )


def test_the_wheel_holds_the_package_and_the_templates_to_the_byte(wheel: Path) -> None:
    expected = {f"kihonkeikaku/{path.relative_to(PACKAGE)}": path for path in _files(PACKAGE)}
    expected |= {
        f"kihonkeikaku/templates/{path.relative_to(TEMPLATES)}": path for path in _files(TEMPLATES)
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert held == set(expected)
        for name, path in expected.items():
            assert archive.read(name) == path.read_bytes(), name
    assert any(name.startswith("kihonkeikaku/templates/fonts/") for name in held)


def test_the_wheel_carries_its_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name.partition(".dist-info/")[2] for name in archive.namelist()}
    fonts = {f"licenses/templates/fonts/{name}.txt" for name in ("OFL", "OFL-Noto")}
    assert {"licenses/LICENSE", *fonts} <= held


def test_installed_elsewhere_it_is_the_wheel_that_runs(elsewhere: Elsewhere) -> None:
    code = "import sys, kihonkeikaku; print(kihonkeikaku.__file__); print(*sys.path[1:], sep='\\n')"
    module, *search = elsewhere.run("python", "-c", code).stdout.splitlines()
    assert Path(module).is_relative_to(elsewhere.environment)
    assert not [path for path in search if Path(path) == PACKAGE.parent]


def test_installed_elsewhere_it_validates_a_plan(elsewhere: Elsewhere) -> None:
    validated = elsewhere.run("kihonkeikaku", "validate")
    assert validated.returncode == 0, validated.stdout + validated.stderr


def test_installed_elsewhere_it_says_what_is_wrong(elsewhere: Elsewhere) -> None:
    shutil.copytree(elsewhere.folder / "plan", elsewhere.folder / "broken")
    (elsewhere.folder / "broken" / "stray.txt").write_text("", encoding="utf-8")
    validated = elsewhere.run("kihonkeikaku", "validate", "broken")
    assert validated.returncode == 1
    assert "broken/stray.txt:1:1" in validated.stdout
    assert "stray-file" in validated.stdout


def test_installed_elsewhere_it_builds_an_edition(elsewhere: Elsewhere) -> None:
    built = elsewhere.run("kihonkeikaku", "build", "plan", "--out", "edition")
    assert built.returncode == 0, built.stdout + built.stderr
    page = elsewhere.folder / "edition" / "html" / "index.html"
    assert "人工知能基本計画" in page.read_text(encoding="utf-8")
    pdf = elsewhere.folder / "edition" / "pdf" / "plan.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_from_an_empty_folder_to_a_printed_page_in_five_commands(elsewhere: Elsewhere) -> None:
    folder = elsewhere.folder / "empty"
    folder.mkdir()
    person = Elsewhere(folder, elsewhere.environment)
    for command in (
        "init . --title 海洋基本計画",
        "new measure boats --in utilization --text 漁船における利活用の推進 --ministry 内閣府",
        "move business-use --to utilization --before government-use",
        "validate",
        "build --draft",
    ):
        done = person.run("kihonkeikaku", *command.split())
        assert done.returncode == 0, done.stdout + done.stderr
        if command == "validate":
            assert done.stdout == "9 個のファイルを検査しました。誤りはありません。\n"
    with pypdfium2.PdfDocument(folder / "build/edition/pdf/plan-draft.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "海洋基本計画" in text
    places = [
        text.index(found)
        for found in ("中小企業における", "政府における", "漁船における利活用の推進【内閣府】")
    ]
    assert places == sorted(places)
