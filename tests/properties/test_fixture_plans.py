"""Four small plans in the manner of real ones: each is sound, is built, verified, and compared.

Their outlines, marks, tables, boxes, items and deadlines are those that real plans have.
"""

import shutil
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.amendment.amendment import proved_amendment
from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.document import NumberedHeading
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.linter import lint

PLANS: Final = Path(__file__).parents[1] / "fixtures/plans"
EDITS: Final = {
    "priority": (
        ("measures/shared-platform.yaml", "令和８年度末", "令和９年度末"),
        ("measures/shared-platform.yaml", "手引を配り", "手引と動画を配り"),
        ("chapters/situation.yaml", "形式をそろえること", "形式と用語をそろえること"),
        ("measures/open-forms.yaml", "ministry: デジタル庁", "ministry: 総務省"),
    ),
    "strategy": (
        ("chapters/aim.yaml", "人材を育てる", "人材を育てて支える"),
        ("chapters/view.yaml", "社会の変化", "暮らしの変化"),
        ("measures/alert-sharing.yaml", "ほかの事業者", "多くの事業者"),
    ),
    "reform": (
        ("measures/night-delivery.yaml", "令和8年度措置, by: 2027", "令和9年度措置, by: 2028"),
        ("measures/night-delivery.yaml", "健康診断の回数", "健康診断の方法"),
        ("chapters/fields.yaml", "[点呼, '2', '']", "[点呼, '3', '']"),
    ),
    "city": (
        ("chapters/plan.yaml", "58%, 70%", "58%, 75%"),
        ("measures/nursery-places.yaml", "ministry: 企画課", "ministry: 港湾課"),
        ("chapters/indicators.yaml", "市の調査", "市の統計"),
    ),
}
NUMBERS: Final = {
    "priority": ("", "第１", "１．", "（１）", "第２", "１．", "（１）", "①", "ア", "", "②"),
    "strategy": (
        *("1.", "2.", "2.1.", "2.2.", "3.", "4.", "4.1.", "(1)", "①", "②", "4.2.", "①", "5."),
    ),
    "reform": ("Ⅰ", "Ⅱ", "１．", "（1）", "（2）"),
    "city": ("第1編", "第2編", "政策1", "施策1", "政策2", "施策1", "別表"),
}


def labels(heading: NumberedHeading) -> list[str]:
    found = [heading.label]
    for measure in heading.measures:
        found.append(measure.label)
        for section in measure.sections:
            found += labels(section)
    for section in heading.sections:
        found += labels(section)
    return found


def edited(name: str, folder: Path) -> Path:
    """The plan with the changes of an editor planted, as the edition after it."""
    plan = Path(shutil.copytree(PLANS / name, folder / name))
    edits = (*EDITS[name], ("plan.yaml", "id: first", "id: second"))
    for file, old, new in edits:
        text = (plan / file).read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        (plan / file).write_text(text.replace(old, new), "utf-8")
    return plan


@pytest.mark.parametrize("name", EDITS)
def test_a_plan_of_its_own_outline_is_sound(name: str) -> None:
    result = lint(load(str(PLANS / name)))
    assert [(one.rule, one.message) for one in result.findings] == []
    assert not result.loaded.waivers
    document = number(result.loaded.draft.plan())
    assert tuple(one for c in document.chapters for one in labels(c)) == NUMBERS[name]


@pytest.mark.parametrize("name", EDITS)
def test_it_is_built_and_verified(name: str, tmp_path: Path) -> None:
    out = str(tmp_path / "edition")
    only = ["--only", "html,pdf" if name == "priority" else "html"]
    assert cli.run(["build", str(PLANS / name), *only, "--out", out, "--quiet"]) == 0
    assert cli.run(["verify", out, "--quiet"]) == 0


def old_and_new(name: str, tmp_path: Path) -> tuple[Plan, Plan]:
    old = load(str(PLANS / name)).draft.plan()
    loaded = load(str(edited(name, tmp_path)))
    assert [one.message for one in lint(loaded, old).findings if one.severity == "error"] == []
    return old, loaded.draft.plan()


@pytest.mark.parametrize("name", EDITS)
def test_each_planted_edit_is_found(name: str, tmp_path: Path) -> None:
    changes = compare_editions(*old_and_new(name, tmp_path)).comparison.changes
    assert len(changes) >= len(EDITS[name])


@pytest.mark.parametrize("name", EDITS)
def test_the_amendment_makes_the_new_edition(name: str, tmp_path: Path) -> None:
    proved_amendment(*old_and_new(name, tmp_path))
