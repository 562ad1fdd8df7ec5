"""The one real text of the plan, badly extracted: what comes of it, and what is flagged."""

from typing import Final

import pytest

from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.importing.cleaning import squeeze
from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.importing.text_source import read_text
from kihonkeikaku.loading.loader import load
from kihonkeikaku.model.numbering import number
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.importing.documents import OUTLINE, data_of, doubts, needs, plant_files, reasons

pytestmark = needs(OUTLINE)

SPACE_IN_TITLE: Final = (43, "見出しの中の空白を、全角の空白一つとして残しました")
WRONG_CHARACTER: Final = (109, "「现」（U+73B0）は、印刷する書体にない文字です")
BROKEN_WORD: Final = (289, "英字が行末で分かれています（「AISI」と「I」をそのままつなぎました）")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_valid_plan(str(REPOSITORY / "plan"))


def read(like: Plan | None) -> ImportResult:
    return import_source(read_text("outline.txt", OUTLINE.read_bytes(), is_markdown=False), like)


def test_all_blocks_are_those_of_the_plan_but_for_two_that_are_flagged(plan: Plan) -> None:
    result = read(plan)
    expected, found = list(number(plan).blocks()), list(result.document.blocks())
    assert len(found) == len(expected) == 164
    different = [new for old, new in zip(expected, found, strict=True) if old != new]
    assert [squeeze(text)[:12] for text in different] == [
        "・この両立に向け、AI法",
        "・この実現のため、国民や",
    ]
    assert doubts(result) == [SPACE_IN_TITLE, WRONG_CHARACTER, BROKEN_WORD]
    assert result.is_complete


def test_ids_ministries_and_head_are_those_of_the_plan_like_it(plan: Plan) -> None:
    result = read(plan)
    assert result.new_ids == ()
    changed = compare(plan, result.plan).changes
    assert [(change.kind, change.section) for change in changed] == [
        ("reworded", "policy-principles"),
        ("reworded", "governance"),
    ]


def test_without_a_plan_like_it_the_blocks_are_the_same(plan: Plan) -> None:
    result = read(None)
    assert list(result.document.blocks()) == list(read(plan).document.blocks())
    assert "measures-1-2-3" in result.new_ids
    assert len(data_of(result, "ministries.yaml")["ministries"]) == 26  # 24 names and two parents


def test_every_line_is_used_or_dropped_with_a_reason() -> None:
    result = read(None)
    assert len(result.source.lines) == 306
    assert result.used == 276
    assert reasons(result) == {"行番号": 269, "目次": 13, "表紙（plan.yaml の title）": 1}


def test_the_files_are_read_as_the_plan_that_was_proved(
    plan: Plan, tmp_path_factory: pytest.TempPathFactory
) -> None:
    result = read(plan)
    loaded = load(str(plant_files(tmp_path_factory.mktemp("plan"), result.files)))
    assert loaded.findings == []
    assert loaded.draft.plan() == result.plan
