"""A frozen edition is the whole plan, canonical, and guarded by its hash."""

import json
from pathlib import Path

import pytest

from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.frozen import DamagedEditionError, freeze, thaw
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.publishing.adoption import adopt
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_valid_plan(str(REPOSITORY / "plan"))


def test_thawing_gives_back_the_plan(plan: Plan) -> None:
    assert thaw(freeze(plan)) == plan


def test_same_plan_same_bytes(plan: Plan) -> None:
    again = load_valid_plan(str(REPOSITORY / "plan"))
    assert freeze(again) == freeze(plan)


def test_every_altered_character_is_noticed(plan: Plan) -> None:
    frozen = freeze(plan).decode()
    for old, new in (("推進", "促進"), ("lead", "Iead"), ('"series": "jp', '"series": "JP')):
        assert old in frozen
        with pytest.raises(DamagedEditionError, match="書き換えられています"):
            thaw(frozen.replace(old, new, 1).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_edition_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedEditionError, match="記録として読めません"):
        thaw(content)


def test_newer_format_is_refused_by_its_number(plan: Plan) -> None:
    newer = json.loads(freeze(plan)) | {"format": 3}
    with pytest.raises(DamagedEditionError, match="ファイル形式 3 は"):
        thaw(json.dumps(newer).encode())


def test_adopting_twice_changes_nothing_and_another_content_is_refused(
    plan: Plan, tmp_path: Path
) -> None:
    file = adopt(plan, tmp_path)
    before = file.read_bytes()
    assert adopt(plan, tmp_path) == file
    other = plan.model_copy(update={"ministries": plan.ministries[::-1]})
    with pytest.raises(CommandError, match="別の内容ですでにあります"):
        adopt(other, tmp_path)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["outline.json"]
