"""The same plan gives the same bytes, for every file, whatever surrounds the build."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publishing.surroundings import (
    LONG,
    PLAIN,
    QUICK,
    SHUFFLE,
    Surroundings,
    can_be_nobody,
)
from tests.verification.published import BEFORE, NEXT_EDITION

pytestmark = pytest.mark.slow

EVERYTHING = ("--draft", "--against", str(BEFORE))
Hashes = dict[str, str]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("surroundings")


@pytest.fixture(scope="module")
def plain(work: Path) -> Hashes:
    """What is made in surroundings like any."""
    return PLAIN.hashes(NEXT_EDITION, work, EVERYTHING)


def test_everything_is_looked_at(plain: Hashes) -> None:
    assert plain.keys() > {
        "manifest.json",
        "plan.json",
        "html/index.html",
        "pdf/plan.pdf",
        "pdf/plan-draft.pdf",
        "comparison/index.html",
        "comparison/comparison.pdf",
        "comparison/changes.json",
        "comparison/amendment.txt",
    }


@pytest.mark.parametrize("surroundings", QUICK, ids=lambda each: each.name)
def test_the_same_bytes_in_quite_other_surroundings(
    surroundings: Surroundings, plain: Hashes, work: Path
) -> None:
    assert surroundings.hashes(NEXT_EDITION, work, EVERYTHING) == plain


@pytest.mark.torture
@pytest.mark.parametrize("surroundings", LONG, ids=lambda each: each.name)
def test_the_same_bytes_in_each_of_twenty(
    surroundings: Surroundings, plain: Hashes, work: Path
) -> None:
    if surroundings.nobody and not can_be_nobody():
        pytest.skip("needs root, setpriv, and a program that others may read")
    made = surroundings.hashes(NEXT_EDITION, work, EVERYTHING)
    assert made == plain
    print(f"{surroundings.name}: ファイル {len(made)} 個、どれも同じ")


def test_no_time_user_or_place_is_in_the_manifest(plain: Hashes, work: Path) -> None:
    manifest = (work / "plain" / "plain" / "made" / "edition" / "manifest.json").read_text("utf-8")
    assert str(work) not in manifest
    assert set(json.loads(manifest)) == {
        "generator",
        "version",
        "program_sha256",
        "edition",
        "source_sha256",
        "kinds",
        "pdf",
        "compared",
        "editions",
        "files",
    }


def test_the_shuffling_works(work: Path) -> None:
    """Else the shuffled builds would show nothing."""
    site = work / "shuffling"
    site.mkdir()
    for number in range(20):
        (site / f"{number:02}").touch()
    (site / "sitecustomize.py").write_text(SHUFFLE.replace("{seed}", "7"))
    ask = "import os; print(*os.listdir('.')); print(*(item.name for item in os.scandir('.')))"
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=site,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    for listing in done.stdout.splitlines():
        names = [name for name in listing.split() if name.isdigit()]
        assert len(names) == 20
        assert names != sorted(names)
