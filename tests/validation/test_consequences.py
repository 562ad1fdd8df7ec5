"""One fault is one finding: what can't be read makes no false findings elsewhere."""

from pathlib import Path

import pytest

from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import lint
from tests.sample import SAMPLE, plant

BROKEN = "x: [\n"
FULL = {
    **SAMPLE,
    "chapters/promotion.yaml": "id: promotion\ntitle: 必要な事項\nmeasures: [reprint: alpha]\n",
    "chapters/vision.yaml": "id: vision\ntitle: 基本構想\n"
    "body:\n  - {id: vision-goal, bullet: [{ref: alpha}, による社会]}\n",
    "measures/alpha.yaml": SAMPLE["measures/alpha.yaml"].replace(
        "取組", "AI の取組 # allow stray-space: 原文のまま"
    ),
    "measures/beta.yaml": SAMPLE["measures/beta.yaml"].replace(
        "施策", "[{ref: vision-goal}, に向けた施策]"
    ),
}


def found(folder: Path) -> list[str]:
    findings = lint(load(str(folder))).findings
    return [f"{f.position.file.removeprefix(f'{folder}/')} {f.rule}" for f in findings]


@pytest.mark.parametrize("file", FULL)
def test_a_file_that_can_not_be_read_is_the_only_finding(file: str, tmp_path: Path) -> None:
    plant(tmp_path, FULL)
    assert found(tmp_path) == []
    assert found(plant(tmp_path, {**FULL, file: BROKEN})) == [f"{file} yaml-syntax"]


def test_record_of_the_revision_that_can_not_be_read_is_not_missed(tmp_path: Path) -> None:
    before = load(str(plant(tmp_path / "before", {}))).draft.plan()
    chapter = SAMPLE["chapters/measures.yaml"].replace("      - beta\n", "")
    gone = {"measures/beta.yaml": None, "chapters/measures.yaml": chapter}
    folder = plant(tmp_path / "after", {**gone, "revision.yaml": BROKEN})
    rules = {f.rule for f in lint(load(str(folder)), before).findings}
    assert rules == {"yaml-syntax", "unused-ministry"}  # 文科省 had no other measure


def test_a_file_of_the_wrong_ending_is_not_missed_beside(tmp_path: Path) -> None:
    folder = plant(tmp_path, {"measures/alpha.yaml": None, "measures/alpha.yml": "id: alpha\n"})
    assert found(folder) == ["measures/alpha.yml stray-file"]


def test_renamed_ministry_is_one_finding_of_the_register(tmp_path: Path) -> None:
    register = SAMPLE["ministries.yaml"].replace("name: 経産省", "name: 経済省")
    folder = plant(tmp_path, {"ministries.yaml": register})
    [finding] = lint(load(str(folder))).findings
    assert (finding.rule, finding.position.line, finding.position.column) == (
        "unknown-ministry", 3, 11,
    )  # fmt: skip
    assert finding.message == (
        "一覧では「経済省」ですが、取組の 2 か所では「経産省」です"
        "（一つめは measures/alpha.yaml の 4 行目）。"
    )
    assert finding.hint == (
        "名前が変わったのなら取組の方も「経済省」に、そうでなければここを「経産省」にしてください。"
    )


def test_edition_before_says_which_ministry_was_renamed(tmp_path: Path) -> None:
    before = load(str(plant(tmp_path / "before", {}))).draft.plan()
    register = SAMPLE["ministries.yaml"].replace("name: 経産省", "name: 産業庁")
    folder = plant(tmp_path / "after", {"ministries.yaml": register})
    [finding] = lint(load(str(folder)), before).findings
    assert "一覧では「産業庁」ですが" in finding.message


def test_name_that_is_used_once_is_misspelt_where_it_is_used(tmp_path: Path) -> None:
    alpha = SAMPLE["measures/alpha.yaml"].replace("経産省", "経済省")
    [finding] = lint(load(str(plant(tmp_path, {"measures/alpha.yaml": alpha})))).findings
    assert finding.position.file.endswith("alpha.yaml")
    assert finding.hint == "「経産省」ではありませんか。"
