"""重点計画 2023: a plan of 118 pages with an outline of its own, against what it says of itself."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from kihonkeikaku.importing.document_worker import read_content
from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.loading.loader import load
from kihonkeikaku.validation.linter import lint
from tests.importing.documents import (
    DIGITAL_PLAN,
    data_of,
    needs,
    plant_files,
    reasons,
)

pytestmark = [needs(DIGITAL_PLAN), pytest.mark.slow]


@pytest.fixture(scope="module")
def timed() -> tuple[ImportResult, float]:
    start = time.process_time()
    result = import_source(read_content("plan.pdf", ".pdf", DIGITAL_PLAN.read_bytes()))
    return result, time.process_time() - start


@pytest.fixture(scope="module")
def result(timed: tuple[ImportResult, float]) -> ImportResult:
    return timed[0]


def test_every_line_is_accounted_for(result: ImportResult) -> None:
    assert result.is_complete
    assert len(result.source.lines) == 4416
    assert result.used == 4140
    assert reasons(result) == {
        "目次": 136,
        "ページ番号": 113,
        "ふりがな（その下の文に ruby として入れました）": 20,
        "表紙（plan.yaml の title）": 1,
        "表紙（日付）": 1,
        "表紙": 5,
    }
    whole = sum(reasons(result).values())
    assert result.used + whole == len(result.source.lines)


def test_headings_are_those_of_its_table_of_contents(result: ImportResult) -> None:
    """The contents name 130: all are found, of each kind as many as the plan numbers."""
    assert not [d for d in result.doubts if d.reason.startswith("目次の「")]
    assert not [d for d in result.doubts if "番号「" in d.reason]
    kinds = Counter(line.variant for line in result.document.lines() if line.kind == "heading")
    assert kinds == {
        "unnumbered": 1,
        "part": 4,
        "division": 2,
        "heading": 28,
        "clause": 95,
        "topic": 7,
        "level-7": 7,
        "level-9": 4,
        "point": 46,
        "roman": 4,
    }
    assert (
        sum(kinds[kind] for kind in ("unnumbered", "part", "division", "heading", "clause")) == 130
    )


def test_notes_and_measures_are_all_there(result: ImportResult) -> None:
    lines = list(result.document.lines())
    assert sum(line.kind == "footnote" for line in lines) == 121
    assert sum(line.kind == "measure" for line in lines) == 177
    notes = [line.label for line in lines if line.kind == "footnote"]
    assert notes == [f"（注{n}）" for n in range(1, 122)]


def test_the_outline_is_written_as_the_plan_numbers(result: ImportResult) -> None:
    assert [
        (kind["kind"], kind.get("label")) for kind in data_of(result, "plan.yaml")["outline"]
    ] == [
        ("part", "第{１}"),
        ("division", "第{parent}-{１}"),
        ("heading", "{１}．"),
        ("clause", "（{１}）"),
        ("topic", None),
        ("level-7", None),
        ("measure", "{①}"),
        ("level-9", None),
        ("point", "{ア}"),
        ("roman", "{ⅰ}）"),
    ]


def test_no_line_is_joined_wrongly_at_its_ends(result: ImportResult) -> None:
    """A wrong cut would leave a paragraph without an end."""
    texts = [line.text for line in result.document.lines() if line.variant == "plain"]
    assert len(texts) > 650
    assert [
        text[-12:] for text in texts if not re.search("[。：、]）?(?:（注[0-9]+）)?$", text)
    ] == []


def test_the_plan_is_read_with_the_errors_of_the_source_only(
    result: ImportResult, tmp_path: Path
) -> None:
    loaded = load(str(plant_files(tmp_path, result.files)))
    found = Counter(f.rule for f in lint(loaded).findings if f.severity == "error")
    assert found == {
        "full-width-latin": 20,
        "half-width-bracket": 13,
        "compatibility-character": 7,
    }


def test_it_takes_less_than_ten_seconds(timed: tuple[ImportResult, float]) -> None:
    assert timed[1] < 10
