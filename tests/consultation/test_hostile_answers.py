"""``receive`` on files that nobody honest sends: one message each, and nothing written."""

import time
from pathlib import Path
from typing import Final

import pytest

from kihonkeikaku import cli
from kihonkeikaku.office.archive import FILE_LIMIT
from tests.consultation.sheets import copy_plan, send
from tests.consultation.word_edits import EditedFile
from tests.office.archives import zip_of
from tests.office.test_archive import REFUSED
from tests.office.word_xml import p, t, word_file

Output = pytest.CaptureFixture[str]

WIDE: Final = "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 10_000 + "</w:tr></w:tbl>"

FILES: Final[dict[str, tuple[bytes, str]]] = {
    **REFUSED,
    "large": (bytes(FILE_LIMIT + 1), "ファイルが大きすぎるため読みません（上限 32 MiB）"),
    "doctype": (
        word_file(p(t("文")), footnotes='"/><!DOCTYPE x><a b="'),
        "の XML を読みません",
    ),
    "wide table": (word_file(WIDE), "表の列が多すぎます"),
    "long paragraph": (word_file(p(t("あ" * 30_000))), "長すぎる段落があります"),
    "many paragraphs": (word_file(p(t("あ")) * 60_000), "段落が多すぎます"),
    "another document": (word_file(p(t("別の文書"))), "この計画から送った紙ではありません"),
    "no document": (zip_of({"word/document.xml": "<d/>"}), "文書の本体が見つかりません"),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_plan(tmp_path_factory.mktemp("consulted"))
    send(folder)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_answered_in_one_line(
    name: str, plan: Path, tmp_path: Path, capsys: Output
) -> None:
    content, reason = FILES[name]
    path = tmp_path / "answer.docx"
    path.write_bytes(content)
    start = time.monotonic()
    assert cli.run(["receive", str(path), "--plan", str(plan), "--take", "all-clean"]) == 2
    assert time.monotonic() - start < 15  # alone on a machine it is less than 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path} を読めません。")
    assert reason in line


def test_a_missing_file_and_a_folder_are_said(plan: Path, tmp_path: Path, capsys: Output) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        assert cli.run(["receive", str(path), "--plan", str(plan)]) == 2
        [line] = capsys.readouterr().err.splitlines()
        assert line.startswith(f"{path} を読めません。")


def test_a_sheet_whose_record_is_gone_is_said(tmp_path: Path, capsys: Output) -> None:
    plan = copy_plan(tmp_path)
    path = send(plan)
    for record in (plan / "sheets").iterdir():
        record.unlink()
    assert cli.run(["receive", str(path), "--plan", str(plan)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "の控え（sheets/" in line
    assert "が計画にありません" in line


def test_alike_paragraphs_without_bookmarks_are_matched_in_time(plan: Path, tmp_path: Path) -> None:
    file = EditedFile(plan.parent / "sheet.docx")
    file.drop_bookmarks()
    for _ in range(2000):
        file.insert_after("個人の尊厳", "・個人の尊厳が尊重される「AI社会原則」を堅持する。")
    path = file.save(tmp_path / "alike.docx")
    start = time.monotonic()
    assert cli.run(["receive", str(path), "--plan", str(plan), "--format", "json"]) == 1
    assert time.monotonic() - start < 20


def test_macros_are_not_run_but_named(plan: Path, tmp_path: Path, capsys: Output) -> None:
    file = EditedFile(plan.parent / "sheet.docx")
    file.add_part("word/vbaProject.bin", b"\xd0\xcf")
    path = file.save(tmp_path / "macro.docx")
    assert cli.run(["receive", str(path), "--plan", str(plan)]) == 0
    assert "読まなかったもの：マクロ" in capsys.readouterr().out
