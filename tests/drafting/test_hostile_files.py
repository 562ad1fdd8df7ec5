"""Edits of plans with a hostile file in them: made or refused in words, never a fault."""

import os
from collections.abc import Callable
from typing import Final

import pytest

from kihonkeikaku.drafting.next_edition import start_next_edition
from kihonkeikaku.drafting.placement import NewMeasure, add_measure, move
from kihonkeikaku.drafting.plan_edit import PlanEdit
from kihonkeikaku.drafting.plan_schemas import plan_schema_files
from kihonkeikaku.drafting.removal import remove_measure
from kihonkeikaku.drafting.renaming import rename
from kihonkeikaku.errors import CommandError
from kihonkeikaku.loading.loader import load_folder
from kihonkeikaku.loading.source import SourceFile, SourceFolder
from kihonkeikaku.validation.linter import is_valid
from tests.hostile.corpus import CASES, FIRST, PLACES, TOPICS
from tests.sample import SAMPLE, SUPERSEDING

EDITS: Final[dict[str, Callable[[PlanEdit], object]]] = {
    "new": lambda edit: add_measure(edit, NewMeasure("gamma", "取組"), "utilization"),
    "move": lambda edit: move(edit, "beta", "policy"),
    "rename": lambda edit: rename(edit, "alpha", "one"),
    "rename a ministry": lambda edit: rename(edit, "経産省", "経済省"),
    "remove": lambda edit: remove_measure(edit, "beta", "completed"),
    "next": lambda edit: start_next_edition(edit, "third", "素案"),
}

EVERY: Final = int(os.environ.get("EVERY", "6"))
"""Of the cases, every sixth; ``EVERY=1 pytest tests/drafting`` takes a minute for all."""


def plan_with(place: str, content: bytes) -> SourceFolder:
    head = SUPERSEDING if place in ("revision.yaml", "editions/first.json") else SAMPLE["plan.yaml"]
    files = {name: text.encode() for name, text in {**SAMPLE, "plan.yaml": head}.items()}
    if head is SUPERSEDING:
        files["editions/first.json"] = FIRST
    files[place] = content
    return SourceFolder("plan", tuple(SourceFile(n, text) for n, text in sorted(files.items())))


@pytest.mark.slow
@pytest.mark.parametrize("topic", TOPICS)
def test_each_is_answered(topic: str) -> None:
    outcomes = {name: {"made": 0, "refused": 0} for name in EDITS}
    for case in sorted((CASES / topic).glob("*/*"))[::EVERY]:
        if case.stat().st_size > 1 << 20:  # refused before it is read
            continue
        folder = plan_with(PLACES[case.parent.name], case.read_bytes())
        was_valid = is_valid(load_folder(folder))
        plan_schema_files(load_folder(folder).draft)
        for name, make in EDITS.items():
            try:
                edit = PlanEdit(folder)
                make(edit)
                edit.new_findings()
            except CommandError as error:
                assert "\n" not in str(error)
                outcomes[name]["refused"] += 1
            except Exception as fault:
                fault.add_note(f"{name} in {case}")
                raise
            else:
                outcomes[name]["made"] += 1
                assert not was_valid or is_valid(load_folder(edit.edited_folder()))
    assert all(sum(counts.values()) for counts in outcomes.values())
