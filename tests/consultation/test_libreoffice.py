"""Real edits by a real program: what LibreOffice saves is put into the right bins.

The expected bins were written by hand. What no case names came back as it was sent.
"""

from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku.consultation.bins import UnitBin
from tests.consultation.sheets import bins, copy_plan, receive, require_conserved, send
from tests.office.libreoffice import LibreOffice

Edits = tuple[tuple[str, ...], ...]
Bins = dict[str | None, UnitBin]

LINE: Final = "質の高いデータ"  # in vision-opportunity#1
ELSEWHERE: Final = "個人の尊厳が尊重"  # in vision-goal#3
HANDLE: Final = "vision-opportunity#1"
NEXT: Final = "vision-opportunity#2"

CASES: Final[dict[str, tuple[Edits, Bins, Bins]]] = {
    "nothing": ((), {}, {}),
    "edit": ((("replace", LINE, "良質なデータ"),), {HANDLE: "take"}, {HANDLE: "untracked"}),
    "retype": (
        (("retype", LINE, "・全く別の文を書いた。"),),
        {HANDLE: "take"},
        {HANDLE: "untracked"},
    ),
    "split": ((("split", LINE),), {HANDLE: "split"}, {HANDLE: "split"}),
    "join": (
        (("join", LINE),),
        {HANDLE: "joined", NEXT: "joined"},
        {HANDLE: "joined", NEXT: "joined"},
    ),
    "delete": ((("delete", LINE),), {HANDLE: "removed"}, {HANDLE: "lost"}),
    "empty": ((("empty", LINE),), {HANDLE: "removed"}, {HANDLE: "removed"}),
    "insert": ((("append", LINE, "・新しい段落。"),), {None: "added"}, {None: "added"}),
    "move": ((("move", LINE, ELSEWHERE),), {HANDLE: "moved"}, {HANDLE: "moved"}),
    "copy": ((("copy", LINE, ELSEWHERE),), {None: "added"}, {None: "added"}),
    "ministry added and lead changed": (
        (("replace", "【防衛省】", "【◎防衛省、デジタル庁】"),),
        {"defense-ai": "take"},
        {"defense-ai": "untracked"},
    ),
    "unknown ministry": (
        (("replace", "【防衛省】", "【防衛省、未来庁】"),),
        {"defense-ai": "doubtful"},
        {"defense-ai": "untracked"},
    ),
    "heading": (
        (("replace", "基本計画の公表及び周知", "基本計画の公表"),),
        {"promotion-publication": "take"},
        {"promotion-publication": "untracked"},
    ),
    "footnote": (
        (("replace", "計算機が内容を", "計算機が"),),
        {"publication-as-data#注1": "take"},
        {"publication-as-data#注1": "untracked"},
    ),
    "reference": (
        (("replace", "第4章第1節", "第4章第9節"),),
        {"promotion-changes#1": "doubtful"},
        {"promotion-changes#1": "untracked"},
    ),
    "number": ((("replace", "第4章　", "第五章　"),), {}, {}),
}
"""Edits, and the bins they lead to where they are tracked, and where they are not."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_plan(tmp_path_factory.mktemp("consulted"))
    send(folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_an_edit_is_put_into_its_bin(
    name: str, tracked: bool, plan: Path, libreoffice: LibreOffice
) -> None:
    edits, in_tracked, in_untracked = CASES[name]
    file = libreoffice.edit(plan.parent / "sheet.docx", ("track", tracked), *edits)
    receipt = receive(plan, file)
    assert bins(receipt) == (in_tracked if tracked else in_untracked)
    require_conserved(receipt)


MANY: Final = (
    ("track", True),
    ("replace", LINE, "良質なデータ"),
    ("replace", "【防衛省】", "【◎防衛省、デジタル庁】"),
    ("delete", "警察活動の高度化"),
    ("append", ELSEWHERE, "・新しい段落。"),
    ("track", False),
    ("replace", "リスクへの対応", "リスク対応"),
)

BY_WAY_OF: Final[dict[str, Bins]] = {
    "docx": {},
    "odt": {"police-ai": "doubtful"},  # the bookmark of what is deleted is lost there
    "doc": {},
    "rtf": {},
}
"""What a format that is only passed through makes of some edits, where it is not the same."""


@pytest.mark.slow
@pytest.mark.parametrize("way", BY_WAY_OF)
def test_a_file_may_come_by_way_of_another_format(
    way: str, plan: Path, libreoffice: LibreOffice
) -> None:
    file = libreoffice.edit(plan.parent / "sheet.docx", *MANY, by_way_of=way)
    receipt = receive(plan, file)
    expected: Bins = {
        HANDLE: "take",
        "defense-ai": "take",
        "police-ai": "removed",
        None: "added",
        "vision-risks": "untracked",
    }
    assert bins(receipt) == expected | BY_WAY_OF[way]
    require_conserved(receipt)
