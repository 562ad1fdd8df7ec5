"""What is made meanwhile is what would be made here, and a large plan is read by two as by one."""

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from unittest.mock import patch

import pytest

from kihonkeikaku.cli import run
from kihonkeikaku.loading import source
from kihonkeikaku.loading.loader import load_tree
from kihonkeikaku.loading.source import MANY, open_tree
from kihonkeikaku.system import ended
from kihonkeikaku.system.second_process import SecondProcess, meanwhile, second_process_helps
from kihonkeikaku.validation.linter import Checked, check
from tests.conftest import REPOSITORY
from tests.sample import plant

HERE: Final = os.getpid()

pytestmark = pytest.mark.skipif(not second_process_helps(), reason="there is no second processor")


def test_it_is_made_by_another_process() -> None:
    with meanwhile(os.getpid, helped=True) as made:
        assert made() not in (HERE, 0)


def test_it_is_made_here_where_no_help_is_wanted() -> None:
    with meanwhile(os.getpid, helped=False) as made:
        assert made() == HERE


def test_there_is_but_one_at_a_time() -> None:
    def whether_helped() -> tuple[bool, int]:
        with meanwhile(os.getpid, helped=True) as within:
            return second_process_helps(), within()

    with meanwhile(whether_helped, helped=True) as made:
        assert not second_process_helps()
        with meanwhile(os.getpid, helped=True) as another:
            assert another() == HERE
        helped, process = made()
    assert not helped and process != HERE
    assert second_process_helps()


def test_nothing_may_be_what_is_made() -> None:
    with meanwhile(lambda: None, helped=True) as made:
        assert made() is None


def end_there() -> int:
    if os.getpid() != HERE:
        os._exit(1)
    return HERE


def not_for_handing_over() -> object:
    here = os.getpid()
    return lambda: here


@pytest.mark.parametrize("make", [end_there, not_for_handing_over])
def test_what_it_can_not_hand_over_is_made_here(make: Callable[[], object]) -> None:
    with meanwhile(make, helped=True) as made:
        found = made()
    assert (found() if callable(found) else found) == HERE


def test_what_goes_wrong_is_raised_here() -> None:
    with meanwhile(lambda: 1 // 0, helped=True) as made, pytest.raises(ZeroDivisionError):
        made()


def test_who_does_not_want_it_any_more_does_not_wait_for_it() -> None:
    start = time.monotonic()
    with meanwhile(lambda: time.sleep(60), helped=True):
        pass
    assert time.monotonic() - start < 30


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{HERE}/children").read_text("utf-8").split())


def test_of_those_that_have_ended_none_is_left() -> None:
    before = children()
    for _ in range(20):
        with meanwhile(os.getpid, helped=True) as made:
            made()
    ended.take_note(wait=True)
    assert children() <= before


def test_somebody_else_may_take_note_of_an_end() -> None:
    with meanwhile(os.getpid, helped=True) as made:
        process = made()
    ended.take_note(wait=True)
    ended.will_end(process)
    ended.take_note(wait=True)
    ended.take_note()


# Reading a plan by two.

START: Final = SecondProcess.__enter__


def judged_by_one_and_by_two(
    argument: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Checked, Checked]:
    one = check(load_tree(open_tree(argument)))
    monkeypatch.setattr(source, "MANY", 2)
    with patch.object(SecondProcess, "__enter__", autospec=True, side_effect=START) as started:
        two = check(load_tree(open_tree(argument)))
    assert started.called
    assert two.loaded.draft == one.loaded.draft
    assert list(two.loaded.draft.measures) == list(one.loaded.draft.measures)
    assert two.loaded.texts == one.loaded.texts
    assert two.loaded.waivers == one.loaded.waivers
    assert two.findings == one.findings
    assert two.beyond == one.beyond
    return one, two


@pytest.mark.parametrize("plan", ["plan", "examples/next-edition"])
def test_a_plan_read_by_two(plan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = judged_by_one_and_by_two(str(REPOSITORY / plan), monkeypatch)
    for path, places in one.loaded.positions.values.items():
        assert two.loaded.positions.values[path].values == places.values
        assert two.loaded.positions.values[path].keys == places.keys


HARMS: Final[Mapping[str, Mapping[str, str | bytes]]] = {
    "syntax": {"measures/gamma.yaml": "id: gamma\ntext: [\n"},
    "encoding": {"measures/gamma.yaml": "id: gamma\ntext: 取組\n".encode("cp932")},
    "empty": {"measures/gamma.yaml": ""},
    "twice": {"measures/gamma.yaml": "id: gamma\nid: gamma\ntext: 取組\n"},
    "key": {"measures/gamma.yaml": "id: gamma\ntext: 取組\ncolour: red\n"},
    "waiver": {"measures/gamma.yaml": "id: gamma\ntext: 取組 # allow stray-space: 試し\n"},
    "stray": {"notes.txt": "x"},
    "wording": {"measures/gamma.yaml": "id: gamma\r\ntext: ﾃﾞｰﾀの活用　\r\n"},
    "head": {"plan.yaml": "format: 1\n"},
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_what_is_wrong_is_found_all_the_same(
    harm: Mapping[str, str | bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = plant(tmp_path / "plan", {})
    for name, content in harm.items():
        file = folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    one, _ = judged_by_one_and_by_two(str(folder), monkeypatch)
    assert one.findings


def test_a_plan_is_large_from_a_thousand_files_on() -> None:
    assert MANY == 1_000
    assert not open_tree(str(REPOSITORY / "plan")).is_large


def test_a_comparison_of_two_plans_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = plant(tmp_path / "old", {})
    new = plant(tmp_path / "new", {"measures/gamma.yaml": "id: gamma\ntext: 別の取組\n"})
    command = ["diff", str(old), str(new), "--format", "json"]
    codes, outputs = [run(command)], [capsys.readouterr()]
    monkeypatch.setattr(source, "MANY", 2)
    codes, outputs = [*codes, run(command)], [*outputs, capsys.readouterr()]
    assert codes[0] == codes[1]
    assert outputs[0] == outputs[1]


def test_the_second_of_two_plans_is_refused_as_if_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = plant(tmp_path / "old", {})
    new = plant(tmp_path / "new", {"measures/gamma.yaml": "id: gamma\n"})
    monkeypatch.setattr(source, "MANY", 2)
    assert run(["diff", str(old), str(new)]) == 2
    said = capsys.readouterr().err
    assert f"{new} に誤りがあるため、何も作りませんでした。" in said
    assert "measure-form" in said
