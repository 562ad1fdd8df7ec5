"""``receive --take``: the plan says then what came back, and every other byte is as it was."""

from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.consultation.bins import sort_into_bins
from kihonkeikaku.consultation.sheet_files import open_consulted_plan, read_sheets
from kihonkeikaku.consultation.taking_in import ALL_CLEAN, TakenUnits, take_units
from kihonkeikaku.errors import CommandError
from tests.consultation.sheets import bins, copy_plan, receive, send
from tests.consultation.word_edits import EditedFile

LINE: Final = "質の高いデータ"
HANDLE: Final = "vision-opportunity#1"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return copy_plan(tmp_path)


def take(plan: Path, names: tuple[str, ...], *files: Path) -> TakenUnits:
    edit = open_consulted_plan(str(plan))
    receipt = sort_into_bins(read_sheets([str(file) for file in files], edit), edit)
    taken = take_units(receipt, edit, names)
    edit.write()
    return taken


def contents(plan: Path) -> dict[str, bytes]:
    return {str(p.relative_to(plan)): p.read_bytes() for p in plan.rglob("*") if p.is_file()}


def write(plan: Path, file: str, text: str) -> None:
    (plan / file).write_text(text, "utf-8")


MEASURE: Final = """\
# a comment at the top
id: defense-ai   # and one behind
text: '防衛力の抜本的強化に向けたAI利活用の推進'

assignments:
  # above the ministry
  - ministry: 防衛省
  # below the ministry
# at the end
"""

EDITS: Final = {
    "words": (
        ("抜本的強化", "抜本的な強化"),
        MEASURE.replace("抜本的強化", "抜本的な強化"),
    ),
    "a lead": (
        ("【防衛省】", "【◎防衛省】"),
        MEASURE.replace(
            "  - ministry: 防衛省\n",
            "  - ministry: 防衛省\n    role: lead\n",
        ),
    ),
    "one more": (
        ("【防衛省】", "【防衛省、デジタル庁】"),
        MEASURE.replace("- ministry: 防衛省\n", "- ministry: 防衛省\n  - ministry: デジタル庁\n"),
    ),
    "one before": (
        ("【防衛省】", "【◎デジタル庁、防衛省】"),
        MEASURE.replace(
            "  # above the ministry\n",
            "  - ministry: デジタル庁\n    role: lead\n  # above the ministry\n",
        ),
    ),
    "quotes": (
        ("抜本的強化", "'抜本的'強化"),
        MEASURE.replace("抜本的強化", "''抜本的''強化"),
    ),
}
"""What a ministry makes of a measure, and the file that it becomes, byte for byte."""


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_a_measure_is_edited_as_a_drafter_would(
    edit: tuple[str, str], expected: str, plan: Path, tmp_path: Path
) -> None:
    write(plan, "measures/defense-ai.yaml", MEASURE)
    file = EditedFile(send(plan))
    file.replace(*edit)
    before = contents(plan)
    back = file.save(tmp_path / "back.docx")
    taken = take(plan, (ALL_CLEAN,), back)
    assert (plan / "measures/defense-ai.yaml").read_text("utf-8") == expected
    assert contents(plan) == before | {"measures/defense-ai.yaml": expected.encode()}
    assert [unit.handle for unit in taken.units] == ["defense-ai"]
    assert bins(receive(plan, back)) == {"defense-ai": "already"}
    assert bins(receive(plan, send(plan, name="again"))) == {}


def test_headings_paragraphs_footnotes_and_texts_beside_references(
    plan: Path, tmp_path: Path
) -> None:
    file = EditedFile(send(plan))
    file.replace(LINE, "良質なデータ")
    file.replace("基本計画の公表及び周知", "基本計画の公表")
    file.replace("のフォローアップの結果", "の結果")
    file.replace("としても公表し", "としても速やかに公表し")
    vision = (plan / "chapters/vision.yaml").read_text("utf-8")
    promotion = (plan / "chapters/promotion.yaml").read_text("utf-8")
    take(plan, (ALL_CLEAN,), file.save(tmp_path / "back.docx"))
    vision = vision.replace(LINE, "良質なデータ")
    promotion = promotion.replace("基本計画の公表及び周知", "基本計画の公表")
    promotion = promotion.replace("のフォローアップの結果", "の結果")
    promotion = promotion.replace("としても公表し", "としても速やかに公表し")
    assert (plan / "chapters/vision.yaml").read_text("utf-8") == vision
    assert (plan / "chapters/promotion.yaml").read_text("utf-8") == promotion


def test_what_is_not_clean_is_taken_only_by_its_name(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(send(plan), tracked=False)
    file.replace(LINE, "良質なデータ")
    back = file.save(tmp_path / "back.docx")
    before = contents(plan)
    assert take(plan, (ALL_CLEAN,), back).units == ()
    assert contents(plan) == before
    taken = take(plan, (HANDLE,), back)
    assert [unit.bin for unit in taken.units] == ["untracked"]
    assert "良質なデータ" in (plan / "chapters/vision.yaml").read_text("utf-8")


def test_a_conflict_is_never_taken(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(send(plan))
    file.replace(LINE, "良質なデータ")
    vision = plan / "chapters/vision.yaml"
    vision.write_text(vision.read_text("utf-8").replace(LINE, "高品質なデータ"), "utf-8")
    before = contents(plan)
    with pytest.raises(CommandError, match="競合"):
        take(plan, (HANDLE,), file.save(tmp_path / "back.docx"))
    assert contents(plan) == before


def test_an_unknown_name_is_said(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(send(plan))
    with pytest.raises(CommandError, match="「vision#99」は、返ってきた紙にありません"):
        take(plan, ("vision#99",), file.save(tmp_path / "back.docx"))


def test_what_makes_the_plan_worse_is_refused_with_its_findings(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = EditedFile(send(plan))
    file.replace(LINE, "<b>質の高い</b>データ")
    back = file.save(tmp_path / "back.docx")
    before = contents(plan)
    assert cli.run(["receive", str(back), "--plan", str(plan), "--take", "all-clean"]) == 2
    errors = capsys.readouterr().err
    assert "markup-in-text" in errors
    assert "何も書き換えませんでした" in errors
    assert contents(plan) == before


def test_the_commit_says_who_and_when(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(send(plan, "経産省"), "経産省 山田")
    file.replace("AIに係る革新的技術", "AIの革新的技術")
    taken = take(plan, (ALL_CLEAN,), file.save(tmp_path / "back.docx"))
    assert taken.commit_message() == (
        "協議の回答を反映（経産省）\n\n記入：経産省 山田（2026-05-01）\n- ai-startups\n"
    )
