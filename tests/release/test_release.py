"""The archive for a release page: the same bytes wherever it is made, whole when it is unpacked."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from kihonkeikaku import cli
from scripts import release
from tests.sample import SAMPLE, plant
from tests.verification.published import NEXT_EDITION

pytestmark = pytest.mark.slow

NAME = "jp-ai-basic-plan-example-2026"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release of the example edition."""
    folder = tmp_path_factory.mktemp("release")
    assert release.main([str(NEXT_EDITION), "--into", str(folder)]) == 0
    return folder


def test_what_is_for_the_release_page(released: Path) -> None:
    assert {path.name for path in released.iterdir()} == {NAME, f"{NAME}.zip", "SHA256SUMS"}
    with zipfile.ZipFile(released / f"{NAME}.zip") as archive:
        names = set(archive.namelist())
    within = {name.removeprefix(f"{NAME}/") for name in names}
    assert within > {
        "manifest.json",
        "plan.json",
        "html/index.html",
        "pdf/plan.pdf",
        "editions/outline.json",
        "comparison/index.html",
        "comparison/comparison.pdf",
        "comparison/changes.json",
        "comparison/amendment.txt",
        f"{NAME}.SHA256SUMS",
    }
    assert all(name.startswith(NAME) for name in names)


def test_it_unpacks_and_verifies(released: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(released / f"{NAME}.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert cli.run(["verify", str(tmp_path / NAME)]) == 0


def test_its_checksums_are_those_that_everybodys_tools_read(released: Path, tmp_path: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "--quiet"]
    subprocess.run([*check, "SHA256SUMS"], cwd=released, check=True)
    shutil.unpack_archive(released / f"{NAME}.zip", tmp_path)
    subprocess.run([*check, f"{NAME}.SHA256SUMS"], cwd=tmp_path, check=True)
    with (tmp_path / NAME / "plan.json").open("a") as file:
        file.write(" ")
    done = subprocess.run([*check, f"{NAME}.SHA256SUMS"], cwd=tmp_path, check=False)
    assert done.returncode == 1


def test_it_is_the_same_bytes_from_a_folder_made_otherwise(released: Path, tmp_path: Path) -> None:
    """Times, permissions and the order of entries are none of an archive's business."""
    copy = tmp_path / NAME
    for path in sorted((released / NAME).rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(released / NAME)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
            target.chmod(0o600)
    packed = io.BytesIO()
    release.pack(copy, packed)
    there = (released / f"{NAME}.zip").read_bytes()
    assert hashlib.sha256(packed.getvalue()).digest() == hashlib.sha256(there).digest()


def test_a_plan_with_errors_is_not_released(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", {"plan.yaml": SAMPLE["plan.yaml"].replace("stage: 案", "x: y")})
    assert release.main([str(plan), "--into", str(tmp_path / "release")]) == 2
    assert not (tmp_path / "release").exists()
