"""The record of a sheet is frozen: a unit a line, and no character of it changes unseen."""

import json
import re

import pytest

from kihonkeikaku.model.sheet import (
    DamagedSheetError,
    SheetRecord,
    SheetUnit,
    read_sheet_record,
    sheet_id,
)

UNITS = (
    SheetUnit("U00001", "measure", "alpha", "utilization", 0, "①", "取組【経産省】", "", ("注",)),
    SheetUnit("U00002", "paragraph", None, "vision", 1, "（※", "注記", "）"),
)
RECORD = SheetRecord("0123456789ab", "docx", "second", "f" * 64, "経産省", UNITS)


def test_a_record_reads_back_and_has_a_unit_a_line() -> None:
    assert read_sheet_record(RECORD.file()) == RECORD
    lines = RECORD.file().decode().splitlines()
    assert sum("bookmark" in line for line in lines) == len(UNITS)
    assert json.loads(RECORD.file())["units"][0]["text"] == "取組【経産省】"


@pytest.mark.parametrize(
    ("old", "new"),
    [("取組", "施策"), ("U00001", "U00003"), ("経産省", "文科省"), ('"index": 1', '"index": 2')],
)
def test_a_changed_record_is_found(old: str, new: str) -> None:
    changed = RECORD.file().decode().replace(old, new)
    with pytest.raises(DamagedSheetError, match="後から書き換えられています"):
        read_sheet_record(changed.encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"units": 3, "sha256": ""}'])
def test_what_is_no_record_is_said(content: bytes) -> None:
    with pytest.raises(DamagedSheetError, match="控えとして読めません"):
        read_sheet_record(content)


def test_another_format_is_said() -> None:
    other = re.sub(rb'"format": 1', b'"format": 2', RECORD.file())
    with pytest.raises(DamagedSheetError, match="この版の kihonkeikaku では読めない形式"):
        read_sheet_record(other)


def test_the_same_sheet_has_the_same_id() -> None:
    assert sheet_id("a", "docx", "経産省") == sheet_id("a", "docx", "経産省")
    others = {sheet_id(p, "docx", m) for p in "ab" for m in ("", "経産省")}
    assert len(others) == 4
    assert all(re.fullmatch(r"[0-9a-f]{12}", id) for id in others)
