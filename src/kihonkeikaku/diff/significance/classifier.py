"""Changes → what they weigh, and the known turns in them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kihonkeikaku.diff import Change, Comparison, to_json
from kihonkeikaku.diff.significance.noise import is_noise
from kihonkeikaku.diff.significance.revised_text import Revised, revised
from kihonkeikaku.diff.significance.rule import Bracket, Matter, Turn
from kihonkeikaku.diff.significance.rules import TURNS
from kihonkeikaku.diff.significance.weight import WEIGHTS, Weight, weight
from kihonkeikaku.model.document import LEAD_MARK
from kihonkeikaku.model.plan import Assignment, Measure, Plan


@dataclass(frozen=True, slots=True)
class Mark:
    """A known turn that was found, and the words of both editions that gave rise to it."""

    turn: Turn
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of one change.

    ``noise`` is whether it is one of widths, spaces or spellings only, or of what isn't printed.
    """

    weight: Weight
    marks: tuple[Mark, ...]
    noise: bool


class Judge:
    """Judges the changes between two editions."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old = {measure.id: measure for measure in old.measures}
        self._new = {measure.id: measure for measure in new.measures}

    def of(self, change: Change) -> Judgement:
        """Returns the judgement of a change of the comparison of these two editions."""
        texts = tuple(_texts(change))
        if _is_noise(change, texts):
            return Judgement("wording", (), noise=True)
        marks = tuple(_marks(Matter(texts, tuple(self._brackets(change)))))
        return Judgement(weight(change, texts, marked=bool(marks)), marks, noise=False)

    def _brackets(self, change: Change) -> Iterator[tuple[Bracket, Bracket]]:
        detail: Any = change.detail
        match change.kind:
            case "lead-changed" | "assignment-removed":
                at = detail.get("clause", 0)
                id = change.id or ""
                yield _bracket(self._old[id], at), _bracket(self._new[id], at)
            case "clauses-changed" | "split" | "merged":
                olds = _named(self._old, change, "from")
                news = _named(self._new, change, "into")
                yield _together(olds), _together(news)


_WORDINGS: Final = ("reworded", "retitled", "clauses-changed")


def judged_json(comparison: Comparison, judge: Judge) -> dict[str, Any]:
    """Returns the comparison by the contract of ``diff --format json``, with what it weighs."""
    judgements = [judge.of(change) for change in comparison.changes]
    judged = to_json(comparison)
    for change, judgement in zip(judged["changes"], judgements, strict=True):
        change.update(_judgement_json(judgement))
    weights = Counter(judgement.weight for judgement in judgements)
    marks = Counter(mark.turn.id for judgement in judgements for mark in judgement.marks)
    return {
        **judged,
        "weights": {weight: weights[weight] for weight in WEIGHTS if weight in weights},
        "marks": {turn.id: marks[turn.id] for turn in TURNS if turn.id in marks},
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "weight": judgement.weight,
        "marks": [
            {"mark": mark.turn.id, "name": mark.turn.name, "old": mark.old, "new": mark.new}
            for mark in judgement.marks
        ],
        "noise": judgement.noise,
    }


def _texts(change: Change) -> Iterator[Revised]:
    """Yields the texts that a change of wording is about: a footnote's own, too."""
    if change.kind not in _WORDINGS:
        return
    detail: Any = change.detail
    for part in detail.get("clauses") or [detail]:
        yield revised(part["redline"])
        yield from map(revised, part.get("footnotes", ()))


def _is_noise(change: Change, texts: tuple[Revised, ...]) -> bool:
    if change.kind == "attribute-changed" and change.type == "paragraph":
        return change.detail["field"] == "id"  # which isn't printed
    if change.kind not in ("reworded", "retitled"):
        return False
    return all(is_noise(text.old, text.new) or text.old == text.new for text in texts)


def _marks(matter: Matter) -> Iterator[Mark]:
    for turn in TURNS:
        yield from (Mark(turn, old, new) for old, new in dict.fromkeys(turn.find(matter)))


def _bracket(measure: Measure, clause: int) -> Bracket:
    return _printed(measure.parts[clause].assignments)


def _named(measures: dict[str, Measure], change: Change, key: str) -> Iterator[Measure]:
    if change.kind == "clauses-changed":
        yield measures[change.id or ""]
        return
    detail: Any = change.detail
    yield from (measures[entry["id"]] for entry in detail[key])


def _together(measures: Iterable[Measure]) -> Bracket:
    """Returns the ministries of several 【】 as if they were one."""
    parts = (clause for measure in measures for clause in measure.parts)
    return tuple(dict.fromkeys(name for part in parts for name in _printed(part.assignments)))


def _printed(assignments: Iterable[Assignment]) -> Bracket:
    return tuple((LEAD_MARK if a.role else "") + a.ministry for a in assignments)
