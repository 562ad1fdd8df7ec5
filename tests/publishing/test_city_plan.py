"""A plan with an outline of its own, tables, figures, boxes and items is published whole."""

import re
import shutil
from itertools import pairwise
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


def test_items_of_a_ministry_are_its_measures(published: Path) -> None:
    page = (published / "html" / "ministries" / "welfare.html").read_text("utf-8")
    assert "窓口で書く書類をなくす" in page  # 福祉課 stands in an item alone
    rows = (published / "html" / "data" / "assignments.csv").read_text("utf-8-sig").splitlines()
    found = {tuple(row.split(",")[at] for at in (1, 5, 8)) for row in rows}
    assert {("plain-window", "welfare", "lead"), ("plain-window", "civic", "lead")} <= found


def test_pages_speak_in_the_terms_of_the_plan(published: Path) -> None:
    for page in (published / "html").rglob("*.html"):
        assert "府省庁" not in page.read_text("utf-8"), page


def test_pages_mark_lead_ministries_as_the_plan_does(published: Path) -> None:
    pages = [page.read_text("utf-8") for page in (published / "html").rglob("*.html")]
    assert any("●主な" in page for page in pages)
    assert not any("◎" in page for page in pages)


def test_headings_follow_each_other_and_are_listed(published: Path) -> None:
    page = (published / "html" / "index.html").read_text("utf-8")
    main = page.partition("<main")[2]
    ranks = [int(rank) for rank in re.findall(r"<h([1-6]) ", main)]
    assert all(after <= before + 1 for before, after in pairwise(ranks))
    assert {"foreword", "now", "procedures", "online-way"} <= set(
        re.findall(r'href="#([^"]*)"', page)
    )
    listed = page.partition('aria-labelledby="page--contents"')[2].partition("</nav>")[0]
    assert "#online-way" in listed and "#concerns" not in listed  # `contents: false`


def test_table_of_many_pages_is_set_and_read_back(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(CITY_PLAN, folder)
    rows = "".join(f"        - [指標{at}, {at}割]\n" for at in range(10, 99))
    table = "  - table:\n      columns: [指標, 目標]\n      rows:\n" + rows
    (folder / "chapters" / "table.yaml").write_text(
        "id: table\nkind: annex\nlabel: 別表\ntitle: 指標の一覧\nbody:\n" + table, "utf-8"
    )
    out = ["--out", str(tmp_path / "edition"), "--only", "pdf", "--quiet"]
    assert run(["build", str(folder), *out]) == 0


def test_deadlines_as_data_the_earliest_first(published: Path) -> None:
    text = (published / "html" / "data" / "deadlines.csv").read_text("utf-8-sig")
    rows = [row.split(",") for row in text.splitlines()[1:]]
    assert [(row[1], row[2], row[5], row[6]) for row in rows] == [
        ("plain-window", "b", "2026-09-30", "市民課"),
        ("plain-window", "a", "2027-03-31", "市民課、デジタル課"),
        ("open-data", "", "2027-03-31", "デジタル課、福祉課"),
        ("plain-window", "c", "2028-03-31", "福祉課"),
        ("plain-window", "e", "2031-03-31", ""),
    ]
    overview = (published / "html" / "overview" / "index.html").read_text("utf-8")
    assert "data/deadlines.csv" in overview
