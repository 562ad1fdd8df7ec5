"""What came back is put into bins: against what was sent, and against the plan as it is now."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, get_args

import pytest

from kihonkeikaku.consultation.bins import BIN_NAMES, UnitBin
from tests.consultation.sheets import bins, copy_plan, receive, require_conserved, send
from tests.consultation.word_edits import EditedFile

LINE: Final = "質の高いデータ"  # in vision-opportunity#1
HANDLE: Final = "vision-opportunity#1"
NEXT: Final = "vision-opportunity#2"
ELSEWHERE: Final = "個人の尊厳"  # in vision-goal#3
DEFENSE: Final = "防衛力の抜本的強化"

Edit = Callable[[EditedFile], object]
Bins = dict[str | None, UnitBin]

CASES: Final[dict[str, tuple[Edit, Bins, Bins]]] = {
    "nothing": (lambda f: None, {}, {}),
    "words": (
        lambda f: f.replace(LINE, "良質なデータ"),
        {HANDLE: "take"},
        {HANDLE: "untracked"},
    ),
    "retyped": (
        lambda f: f.retype(LINE, "・全く別の文。"),
        {HANDLE: "take"},
        {HANDLE: "untracked"},
    ),
    "removed": (lambda f: f.delete(LINE), {HANDLE: "removed"}, {HANDLE: "lost"}),
    "added": (
        lambda f: f.insert_after(LINE, "・新しい文。"),
        {None: "added"},
        {None: "added"},
    ),
    "split": (lambda f: f.split("を生かした"), {HANDLE: "split"}, {HANDLE: "split"}),
    "joined": (
        lambda f: f.join(LINE),
        {HANDLE: "joined", NEXT: "joined"},
        {HANDLE: "joined", NEXT: "joined"},
    ),
    "moved": (lambda f: f.move_after(LINE, ELSEWHERE), {HANDLE: "moved"}, {HANDLE: "moved"}),
    "copied": (lambda f: f.copy_after(LINE, ELSEWHERE), {None: "added"}, {None: "added"}),
    "ministries": (
        lambda f: f.replace("【防衛省】", "【デジタル庁、◎防衛省】"),
        {"defense-ai": "take"},
        {"defense-ai": "untracked"},
    ),
    "no ministry any more": (
        lambda f: f.replace("【防衛省】", ""),
        {"defense-ai": "take"},
        {"defense-ai": "untracked"},
    ),
    "unknown ministry": (
        lambda f: f.replace("【防衛省】", "【未来庁】"),
        {"defense-ai": "doubtful"},
        {"defense-ai": "untracked"},
    ),
    "a number": (lambda f: f.replace("第4章　", "第三章"), {}, {}),
    "reference": (
        lambda f: f.replace("第4章第1節", "第4章第2節"),
        {"promotion-changes#1": "doubtful"},
        {"promotion-changes#1": "untracked"},
    ),
    "beside a reference": (
        lambda f: f.replace("のフォローアップの結果", "の結果"),
        {"promotion-changes#1": "take"},
        {"promotion-changes#1": "untracked"},
    ),
    "guide": (lambda f: f.replace("【この紙の使い方】", "【使い方】"), {}, {}),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_plan(tmp_path_factory.mktemp("consulted"))
    send(folder)
    return folder


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("name", CASES)
def test_an_edit_is_put_into_its_bin(name: str, tracked: bool, plan: Path, tmp_path: Path) -> None:
    edit, in_tracked, in_untracked = CASES[name]
    file = EditedFile(plan.parent / "sheet.docx", tracked=tracked)
    edit(file)
    receipt = receive(plan, file.save(tmp_path / "back.docx"))
    assert bins(receipt) == (in_tracked if tracked else in_untracked)
    assert {unit.tracked for unit in receipt.units if unit.bin != "same"} <= {tracked}
    require_conserved(receipt)


def test_without_bookmarks_everything_is_doubtful(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(plan.parent / "sheet.docx")
    file.replace(LINE, "良質なデータ")
    file.insert_after(ELSEWHERE, "・誰も送っていない、まったく新しい話。")
    file.drop_bookmarks()
    file.drop_properties()
    receipt = receive(plan, file.save(tmp_path / "pasted.docx"))
    assert receipt.summary.keys() == {"doubtful", "added"}
    assert receipt.summary["added"] == 1
    changed = [u for u in receipt.units if u.bin == "doubtful" and u.received != u.sent]
    assert [unit.handle for unit in changed] == [HANDLE]
    assert not receipt.sheets[0].bookmarks
    require_conserved(receipt)


@pytest.mark.parametrize("changed", [False, True], ids=["alone", "with a change"])
def test_a_comment_belongs_to_its_unit(changed: bool, plan: Path, tmp_path: Path) -> None:
    file = EditedFile(plan.parent / "sheet.docx")
    if changed:
        file.replace(LINE, "良質なデータ")
    file.comment("を生かした", "根拠を示してください")
    receipt = receive(plan, file.save(tmp_path / "back.docx"))
    [unit] = [unit for unit in receipt.units if unit.comments]
    assert (unit.handle, unit.bin) == (HANDLE, "take" if changed else "same")
    assert unit.comments == ("経産省 山田：根拠を示してください",)


def change_plan(plan: Path, old: str, new: str, file: str = "chapters/vision.yaml") -> None:
    path = plan / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("良質なデータ", "already"),
        ("高品質なデータ", "conflict"),
    ],
)
def test_what_the_plan_says_meanwhile_counts(now: str, expected: UnitBin, tmp_path: Path) -> None:
    plan = copy_plan(tmp_path)
    file = EditedFile(send(plan))
    file.replace(LINE, "良質なデータ")
    change_plan(plan, LINE, now)
    [unit] = [u for u in receive(plan, file.save(tmp_path / "a.docx")).units if u.bin != "same"]
    assert unit.bin == expected
    assert unit.sent and LINE in unit.sent
    assert unit.received and "良質なデータ" in unit.received
    assert unit.now and now in unit.now


def test_a_change_of_the_plan_alone_is_none_of_the_ministries(tmp_path: Path) -> None:
    plan = copy_plan(tmp_path)
    file = send(plan)
    change_plan(plan, LINE, "高品質なデータ")
    assert bins(receive(plan, file)) == {}


def test_a_unit_that_is_gone_from_the_plan_is_a_conflict_where_it_was_changed(
    tmp_path: Path,
) -> None:
    plan = copy_plan(tmp_path)
    file = EditedFile(send(plan))
    file.replace(LINE, "良質なデータ")
    lines = (plan / "chapters/vision.yaml").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if LINE not in line]
    (plan / "chapters/vision.yaml").write_text("".join(kept), "utf-8")
    [unit] = [u for u in receive(plan, file.save(tmp_path / "a.docx")).units if u.bin != "same"]
    assert (unit.bin, unit.now) == ("conflict", None)


def test_two_ministries_are_compared_with_each_other(tmp_path: Path) -> None:
    plan = copy_plan(tmp_path)
    files = []
    for ministry, other in (("経産省", "良質な"), ("文科省", "優れた"), ("総務省", "質の高い")):
        file = EditedFile(send(plan, name=ministry), ministry)
        if ministry != "総務省":
            file.replace("質の高いデータ", f"{other}データ")
        file.replace("個人の尊厳", "人の尊厳")
        files.append(file.save(tmp_path / f"{ministry}-back.docx"))
    receipt = receive(plan, *files)
    changed = [unit for unit in receipt.units if unit.bin != "same"]
    assert sorted((u.handle or "", u.bin, len(u.ministries)) for u in changed) == [
        ("vision-goal#3", "take", 3),
        (HANDLE, "between-ministries", 1),
        (HANDLE, "between-ministries", 1),
    ]
    require_conserved(receipt)


def test_a_sheet_for_a_ministry_has_its_measures_and_their_headings(tmp_path: Path) -> None:
    plan = copy_plan(tmp_path)
    [sheet] = receive(plan, send(plan, "防衛省")).sheets
    assert sheet.record.ministry == "防衛省"
    measures = {u.unit.id for u in sheet.units if u.unit and u.unit.type == "measure"}
    assert "defense-ai" in measures
    assert "ai-literacy" not in measures
    assert "measures" in {u.unit.id for u in sheet.units if u.unit and u.unit.type == "heading"}


def test_every_bin_has_a_name() -> None:
    assert set(BIN_NAMES) == set(get_args(UnitBin))
