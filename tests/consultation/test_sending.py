"""The sheets that go out: the same bytes each time, sound Word files, a record of each."""

import re
import zipfile
from pathlib import Path

import pytest

from kihonkeikaku import cli
from kihonkeikaku.model.sheet import read_sheet_record
from kihonkeikaku.office.word_reader import read_word_file
from tests.consultation.sheets import copy_plan, send
from tests.rendering.word.test_word_files import faults
from tests.sample import frozen, plant

Output = pytest.CaptureFixture[str]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return copy_plan(tmp_path)


def test_the_same_plan_gives_the_same_bytes_and_record(plan: Path) -> None:
    first, second = send(plan, name="one"), send(plan, name="two")
    assert first.read_bytes() == second.read_bytes()
    [record] = (plan / "sheets").iterdir()
    assert read_sheet_record(record.read_bytes()).sheet == record.stem


def test_a_validator_finds_nothing_in_a_sheet(plan: Path, tmp_path: Path) -> None:
    assert faults(send(plan).read_bytes(), tmp_path / "a.docx") == []


def test_each_unit_has_one_bookmark_that_word_takes(plan: Path) -> None:
    with zipfile.ZipFile(send(plan)) as archive:
        document = archive.read("word/document.xml").decode()
        settings = archive.read("word/settings.xml").decode()
    names = re.findall(r'<w:bookmarkStart w:id="[0-9]+" w:name="([^"]*)"', document)
    [record] = (plan / "sheets").iterdir()
    units = read_sheet_record(record.read_bytes()).units
    assert names == [unit.bookmark for unit in units]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[A-Z][A-Z0-9]{1,39}", name) for name in names)
    assert "w:sdt" not in document
    assert "<w:trackRevisions/>" in settings


def test_what_was_sent_is_in_the_file_too(plan: Path) -> None:
    path = send(plan, "経産省")
    [record] = (plan / "sheets").iterdir()
    properties = read_word_file(path.read_bytes(), "a").properties
    assert properties["kihonkeikaku-sheet"] == record.stem
    assert properties["kihonkeikaku-plan-sha256"] == read_sheet_record(record.read_bytes()).plan


def test_records_are_no_stray_files_and_change_nothing(plan: Path, capsys: Output) -> None:
    assert cli.run(["validate", str(plan)]) == 0
    before = capsys.readouterr().out
    send(plan)
    assert cli.run(["validate", str(plan)]) == 0
    counted = re.sub(r"[0-9]+ 個のファイル", "", capsys.readouterr().out)
    assert counted == re.sub(r"[0-9]+ 個のファイル", "", before)


def test_each_ministry_gets_a_sheet_of_its_own(tmp_path: Path, capsys: Output) -> None:
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out"
    assert cli.run(["send", "docx", str(plan), "--each", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["文科省.docx", "経産省.docx"]
    assert len(list((plan / "sheets").iterdir())) == 2
    assert "控え" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--ministry", "経済産業省庁"], "府省庁「経済産業省庁」は、この計画にありません"),
        (["--ministry", "経産省", "--each"], "どちらか一方だけ"),
    ],
)
def test_a_request_that_cannot_be_met_writes_nothing(
    arguments: list[str], message: str, tmp_path: Path, capsys: Output
) -> None:
    plan, out = plant(tmp_path / "plan", {}), tmp_path / "out.docx"
    assert cli.run(["send", "docx", str(plan), *arguments, "--out", str(out)]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()
    assert not (plan / "sheets").exists()


def test_a_plan_that_is_no_folder_or_has_errors_is_refused(tmp_path: Path, capsys: Output) -> None:
    record = tmp_path / "first.json"
    record.write_bytes(frozen("first"))
    out = str(tmp_path / "out.docx")
    assert cli.run(["send", "docx", str(record), "--out", out]) == 2
    assert "計画のフォルダーではありません" in capsys.readouterr().err
    plan = plant(tmp_path / "plan", {"measures/alpha.yaml": "id: alpha\ntext: 取組\nx: y\n"})
    assert cli.run(["send", "docx", str(plan), "--out", out]) == 2
    assert "unknown-key" in capsys.readouterr().err


def test_a_sheet_is_not_written_into_the_plan(tmp_path: Path, capsys: Output) -> None:
    plan = plant(tmp_path / "plan", {})
    assert cli.run(["send", "docx", str(plan), "--out", str(plan / "sheet.docx")]) == 2
    assert "書き換えません" in capsys.readouterr().err
    assert not (plan / "sheet.docx").exists()
