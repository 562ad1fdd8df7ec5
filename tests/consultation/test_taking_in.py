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
from tests.sample import SAMPLE, plant

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


FORMAT_2: Final = {
    "plan.yaml": SAMPLE["plan.yaml"].replace("format: 1", "format: 2")
    + "assignments: {form: '（{}）', lead: ◎, stand: after-body}\n",
    "chapters/vision.yaml": """\
id: vision
title: 基本構想
body:
  - AIの利活用を進める。
  - {plain: [これは, {em: 強調}, の文で、, {ruby: [計画, けいかく]}, を公表する。]}
  - table: {title: 表の題, columns: [項目, 数], rows: [[甲, 一], [乙, 二]]}
  - list: [初めの項目, 次の項目]
  - 終わりの段落とする。
""",
    "measures/alpha.yaml": """\
id: alpha
text: 取組を進める
assignments:
  - ministry: 経産省
    role: lead
items:
  - {id: alpha-a, text: 一つめの項目}
  - text: 二つめの項目
body:
  - 取組の段落。
""",
}

FORMAT_2_EDITS: Final = (
    ("終わりの段落", "最後の段落", "chapters/vision.yaml"),
    ("の文で、", "の文章で、", "chapters/vision.yaml"),
    ("次の項目", "二番目の項目", "chapters/vision.yaml"),
    ("表の題", "表の名", "chapters/vision.yaml"),
    ("一つめの", "最初の", "measures/alpha.yaml"),
    ("取組の段落", "取組に続く段落", "measures/alpha.yaml"),
    ("取組を進める", "取組を強力に進める", "measures/alpha.yaml"),
)
"""What is edited in a plan with items, lists and tables, and in which file it is."""


def test_items_lists_and_titles_of_tables_are_taken(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", FORMAT_2)
    file = EditedFile(send(plan))
    files = contents(plan)
    for old, new, name in FORMAT_2_EDITS:
        file.replace(old, new)
        files[name] = files[name].replace(old.encode(), new.encode(), 1)
    back = file.save(tmp_path / "back.docx")
    assert len(take(plan, (ALL_CLEAN,), back).units) == len(FORMAT_2_EDITS)
    assert contents(plan) == files
    assert set(bins(receive(plan, back)).values()) == {"already"}


def test_ministries_after_the_body_in_other_brackets_are_taken(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", FORMAT_2)
    file = EditedFile(send(plan))
    file.replace("（◎経産省）", "（経産省、◎文科省）")
    take(plan, (ALL_CLEAN,), file.save(tmp_path / "back.docx"))
    assert (plan / "measures/alpha.yaml").read_text("utf-8") == FORMAT_2[
        "measures/alpha.yaml"
    ].replace("    role: lead\n", "  - ministry: 文科省\n    role: lead\n")


def test_a_row_of_a_table_is_left_to_a_person(tmp_path: Path) -> None:
    plan = plant(tmp_path / "plan", FORMAT_2)
    file = EditedFile(send(plan))
    file.replace("甲　一", "甲　三")
    receipt = receive(plan, file.save(tmp_path / "back.docx"))
    [unit] = [unit for unit in receipt.units if unit.bin != "same"]
    assert (unit.bin, unit.reason) == ("doubtful", "表の行なので、手で直してください。")
