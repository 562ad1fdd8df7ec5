"""Edits planted in the plan are found: all of them, and nothing else."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from kihonkeikaku.diff.change import Slot
from kihonkeikaku.diff.comparison import compare
from kihonkeikaku.diff.paragraph_alignment import ParagraphAlignment, align_paragraphs
from kihonkeikaku.diff.plan_records import Bodies, ParagraphRecord, extract_records
from kihonkeikaku.model.plan import Plan
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.diff.planted_edits import EDITS, planted

ROUNDS = 25


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_valid_plan(str(REPOSITORY / "plan"))


@pytest.fixture(scope="module")
def bodies(plan: Plan) -> Bodies:
    """The plan's paragraphs without marks and ids, so that only their texts can be matched."""
    return {
        id: tuple(ParagraphRecord(None, "bullet", p.text) for p in body)
        for id, body in extract_records(plan).bodies.items()
    }


@pytest.mark.parametrize("kind", [*EDITS, "all"])
def test_moved_and_reworded_paragraphs_are_matched(bodies: Bodies, kind: str) -> None:
    """5–60 % of a text replaced, split, joined, swapped, moved; counted where something changed."""
    right = found = wanted = 0
    for seed in range(ROUNDS):
        new, truth, touched = planted(bodies, Random(seed), kind)
        alignment = align_paragraphs(bodies, new)
        pairs = {**alignment.pairs, **dict(_longest_parts(alignment, bodies, new))}
        ends = {truth[a] for a in touched}
        reported = {
            (a, b) for a, b in pairs.items() if a in touched or b in ends or truth.get(a) != b
        }
        true = {(a, truth[a]) for a in touched}
        right, found, wanted = (
            right + len(reported & true),
            found + len(reported),
            wanted + len(true),
        )
    assert wanted > 100
    assert right / found >= 0.98, "precision"
    assert right / wanted >= 0.98, "recall"


def _longest_parts(
    alignment: ParagraphAlignment, old: Bodies, new: Bodies
) -> Iterator[tuple[Slot, Slot]]:
    """Yields what a division of a paragraph, or a joining, leaves of the longest part."""
    for division in alignment.divisions:
        yield (
            max(division.old, key=lambda slot: len(_text(old, slot))),
            max(division.new, key=lambda slot: len(_text(new, slot))),
        )


def _text(bodies: Bodies, slot: Slot) -> str:
    return str(bodies[str(slot[0])][slot[1]].text[0])


class Edited:
    """The plan with structural edits, and the expected changes."""

    def __init__(self, plan: Plan, random: Random) -> None:
        self._data: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
        self._random = random
        self._groups = [*self._with_measures(self._data["chapters"])]
        self._used: set[str] = {
            m["reprint"] for g in self._groups for m in g["measures"] if isinstance(m, dict)
        }
        self.expected: set[tuple[str, str]] = set()

    def plan(self) -> Plan:
        return Plan.model_validate(self._data)

    def _with_measures(self, headings: list[dict[str, Any]]) -> list[dict[str, Any]]:
        below = [g for h in headings for g in self._with_measures(h["sections"])]
        return [h for h in headings if h["measures"]] + below

    def _fresh(self) -> tuple[dict[str, Any], str]:
        """Returns a measure that no edit has touched, with the heading that lists it."""
        group, id = self._random.choice(
            [
                (g, m)
                for g in self._groups
                for m in g["measures"]
                if isinstance(m, str) and m not in self._used
            ]
        )
        self._used.add(id)
        return group, id

    def _measure(self, id: str) -> dict[str, Any]:
        return next(m for m in self._data["measures"] if m["id"] == id)

    def remove(self) -> None:
        group, id = self._fresh()
        group["measures"].remove(id)
        self._data["measures"].remove(self._measure(id))
        self.expected.add(("removed", id))

    def add(self) -> None:
        id = f"planted-{len(self.expected)}"
        group = self._random.choice(self._groups)
        group["measures"].insert(self._random.randint(0, len(group["measures"])), id)
        self._data["measures"].append({"id": id, "text": "新しい取組"})
        self._used.add(id)
        self.expected.add(("added", id))

    def move(self) -> None:
        group, id = self._fresh()
        group["measures"].remove(id)
        other = self._random.choice([g for g in self._groups if g is not group])
        other["measures"].insert(self._random.randint(0, len(other["measures"])), id)
        self.expected.add(("moved", id))

    def reword(self) -> None:
        _, id = self._fresh()
        part = (self._measure(id)["clauses"] or [self._measure(id)])[0]
        part["text"] = "改めて" + part["text"]
        self.expected.add(("reworded", id))

    def lead(self) -> None:
        _, id = self._fresh()
        part = (self._measure(id)["clauses"] or [self._measure(id)])[0]
        first = part["assignments"][0]
        first["role"] = None if first["role"] else "lead"
        self.expected.add(("lead-changed", id))

    def retitle(self) -> None:
        group = self._random.choice([g for g in self._groups if g["id"] not in self._used])
        self._used.add(group["id"])
        group["title"] = "改めて" + group["title"]
        self.expected.add(("retitled", group["id"]))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_structural_edits_are_the_only_changes(plan: Plan, seed: int) -> None:
    random = Random(seed)
    edited = Edited(plan, random)
    for _ in range(12):
        random.choice(
            (edited.remove, edited.add, edited.move, edited.reword, edited.lead, edited.retitle)
        )()
    changes = compare(plan, edited.plan()).changes
    reported = {(change.kind, change.id) for change in changes if change.kind != "renumbered"}
    assert reported == edited.expected
    assert all(change.because for change in changes if change.kind == "renumbered")
