"""Deadlines moved by a year on a real plan are marked, and those that did not move are not."""

import re
from datetime import date
from pathlib import Path

import pytest

from scripts.measure_deadlines import main, measure, move_deadlines, read_paragraphs
from tests.conftest import REPOSITORY

TEXT = REPOSITORY.parent / "shared" / "texts" / "digital-priority-plan-2023.txt"
DECIDED = date(2023, 6, 9)


@pytest.mark.skipif(not TEXT.exists(), reason="the text of the plan is not here")
def test_moved_deadlines_of_a_real_plan_are_marked_later() -> None:
    found = measure(TEXT.read_text("utf-8"), DECIDED)
    assert (found.deadlines, len(found.moved)) == (201, 164)
    assert len(found.unmarked) <= 1  # 2024年度（令和６年度）及び2025年度（令和７年度）の経過措置
    assert len(found.edited) > 900
    assert found.false == ()


@pytest.mark.parametrize(
    ("paragraph", "moved", "count"),
    [
        ("2024年度（令和６年度）末までに", "2025年度（令和７年度）末までに", 1),
        ("2027年度（令和９年度）中", "2028年度（令和10年度）中", 1),
        ("令和7年度及び2025年3月に", "令和8年度及び2026年3月に", 2),
        ("2023年（令和５年）末（令和5年12月）", "2024年（令和６年）末（令和6年12月）", 2),
        ("2023年（令和５年）３月に公表した", "2023年（令和５年）３月に公表した", 0),
        ("2022年度（令和４年度）から", "2022年度（令和４年度）から", 0),
        ("2024年度予算、2025年日本国際博覧会", "2024年度予算、2025年日本国際博覧会", 0),
    ],
)
def test_deadlines_are_moved_by_a_year(paragraph: str, moved: str, count: int) -> None:
    assert move_deadlines(paragraph, DECIDED) == (moved, count)


def test_lines_are_read_as_paragraphs() -> None:
    lines = (
        *("  目次 ........ 1", "", "  令和 7 年度中に", "公表する。"),
        *("  次に、AI", "and DX を", "", "   12", "\f① 整備"),
    )
    assert list(read_paragraphs("\n".join(lines))) == [
        "令和7年度中に公表する。",
        "次に、AI and DXを",
        "①整備",
    ]


def test_the_figures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("取組を2024年度中に整備する。\n\n国民に2025年度に配る。\n", "utf-8")
    assert main([str(file), "--show", "1"]) == 0
    printed = capsys.readouterr().out
    assert "deadlines moved by a year: 2" in printed
    assert "marked as later: 2 of 2 paragraphs, 100.0%" in printed
    assert "false marks: 0 of 2 paragraphs edited otherwise" in printed
    assert re.search(r"deadline-later 202.年度中? -> 202.年度中?", printed)


def test_deadlines_without_marks_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("2024年度生の募集\n", "utf-8")
    assert main([str(file)]) == 1
    assert "Not marked:" in capsys.readouterr().out
