"""A plan with an outline of its own, tables, figures, boxes and items is published whole."""

import shutil
from pathlib import Path

import pytest

from kihonkeikaku.cli.app import run
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.frozen import freeze, thaw
from kihonkeikaku.validation.linter import lint, load_valid_plan
from tests.conftest import REPOSITORY

CITY_PLAN = REPOSITORY / "tests" / "fixtures" / "city-plan"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city") / "edition"
    assert run(["build", str(CITY_PLAN), "--out", str(folder), "--quiet"]) == 0
    return folder


def test_sound_and_frozen_with_its_pictures() -> None:
    assert lint(load(str(CITY_PLAN))).findings == ()
    plan = load_valid_plan(str(CITY_PLAN))
    assert [figure.file for figure in plan.figures] == ["figures/online.svg"]
    assert thaw(freeze(plan)) == plan


def test_verified(published: Path) -> None:
    assert run(["verify", str(published)]) == 0


def test_picture_beside_the_pages(published: Path) -> None:
    picture = (CITY_PLAN / "figures" / "online.svg").read_bytes()
    assert (published / "html" / "figures" / "online.svg").read_bytes() == picture
    page = (published / "html" / "index.html").read_text("utf-8")
    assert '<img src="figures/online.svg" alt="電子申請の割合。' in page


def test_picture_replaced_under_the_same_name(tmp_path: Path) -> None:
    before = load_valid_plan(str(CITY_PLAN))
    folder = tmp_path / "plan"
    shutil.copytree(CITY_PLAN, folder)
    picture = folder / "figures" / "online.svg"
    picture.write_text(picture.read_text("utf-8").replace("#0017c1", "#000000"), "utf-8")
    [finding] = lint(load(str(folder)), before).findings
    assert (finding.rule, finding.position.file) == ("replaced-figure", str(picture))
