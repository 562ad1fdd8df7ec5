"""Changes → what they weigh, and the known turns in them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kihonkeikaku.diff.change import Change, ChangeKind, Comparison, comparison_json
from kihonkeikaku.diff.significance.mark_rule import (
    ChangedContent,
    MarkRule,
    PrintedAssignments,
    RevisedText,
    parse_redline,
)
from kihonkeikaku.diff.significance.noise import is_noise
from kihonkeikaku.diff.significance.rules import MARK_RULES
from kihonkeikaku.model.document import LEAD_MARK
from kihonkeikaku.model.plan import Assignment, Measure, Plan
from kihonkeikaku.text.segmentation import words

Weight = Literal["substance", "wording", "consequence"]


WEIGHTS: Final[tuple[Weight, ...]] = ("substance", "wording", "consequence")
"""The weights, the heaviest first."""


WEIGHT_NAMES: Final[Mapping[Weight, str]] = {
    "substance": "内容",
    "wording": "字句",
    "consequence": "付随",
}
"""How people call the weights: of what is promised, of how it is said, of other changes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A known turn that was found, and the words of both editions that gave rise to it."""

    rule: MarkRule
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is to be said of one change.

    ``noise`` is whether it is one of widths, spaces or spellings only, or of what isn't printed.
    """

    weight: Weight
    marks: tuple[Mark, ...]
    noise: bool


class Classifier:
    """Judges the changes between two editions."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old = {measure.id: measure for measure in old.measures}
        self._new = {measure.id: measure for measure in new.measures}

    def assess(self, change: Change) -> Assessment:
        """Returns the assessment of a change of the comparison of these two editions."""
        texts = tuple(_texts(change))
        if _is_noise(change, texts):
            return Assessment("wording", (), noise=True)
        marks = tuple(_marks(ChangedContent(texts, tuple(self._brackets(change)))))
        return Assessment(weigh_change(change, texts, marked=bool(marks)), marks, noise=False)

    def _brackets(self, change: Change) -> Iterator[tuple[PrintedAssignments, PrintedAssignments]]:
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


def assessed_json(comparison: Comparison, classifier: Classifier) -> dict[str, Any]:
    """Returns the comparison by the contract of ``diff --format json``, with what it weighs."""
    assessments = [classifier.assess(change) for change in comparison.changes]
    judged = comparison_json(comparison)
    for change, assessment in zip(judged["changes"], assessments, strict=True):
        change.update(_judgement_json(assessment))
    weights = Counter(assessment.weight for assessment in assessments)
    marks = Counter(mark.rule.id for assessment in assessments for mark in assessment.marks)
    return {
        **judged,
        "weights": {weight: weights[weight] for weight in WEIGHTS if weight in weights},
        "marks": {rule.id: marks[rule.id] for rule in MARK_RULES if rule.id in marks},
    }


def _judgement_json(assessment: Assessment) -> dict[str, Any]:
    return {
        "weight": assessment.weight,
        "marks": [
            {"mark": mark.rule.id, "name": mark.rule.name, "old": mark.old, "new": mark.new}
            for mark in assessment.marks
        ],
        "noise": assessment.noise,
    }


def _texts(change: Change) -> Iterator[RevisedText]:
    """Yields the texts that a change of wording is about: a footnote's own, too."""
    if change.kind not in _WORDINGS:
        return
    detail: Any = change.detail
    for part in detail.get("clauses") or [detail]:
        yield parse_redline(part["redline"])
        yield from map(parse_redline, part.get("footnotes", ()))


def _is_noise(change: Change, texts: tuple[RevisedText, ...]) -> bool:
    if change.kind == "attribute-changed" and change.type == "paragraph":
        return change.detail["field"] == "id"  # which isn't printed
    if change.kind not in ("reworded", "retitled"):
        return False
    return all(is_noise(text.old, text.new) or text.old == text.new for text in texts)


def _marks(matter: ChangedContent) -> Iterator[Mark]:
    for rule in MARK_RULES:
        yield from (Mark(rule, old, new) for old, new in dict.fromkeys(rule.find(matter)))


def _bracket(measure: Measure, clause: int) -> PrintedAssignments:
    return _printed(measure.parts[clause].assignments)


def _named(measures: dict[str, Measure], change: Change, key: str) -> Iterator[Measure]:
    if change.kind == "clauses-changed":
        yield measures[change.id or ""]
        return
    detail: Any = change.detail
    yield from (measures[entry["id"]] for entry in detail[key])


def _together(measures: Iterable[Measure]) -> PrintedAssignments:
    """Returns the ministries of several 【】 as if they were one."""
    parts = (clause for measure in measures for clause in measure.parts)
    return tuple(dict.fromkeys(name for part in parts for name in _printed(part.assignments)))


def _printed(assignments: Iterable[Assignment]) -> PrintedAssignments:
    return tuple((LEAD_MARK if a.role else "") + a.ministry for a in assignments)


_OF_KIND: Final[Mapping[ChangeKind, Weight]] = {
    "metadata-changed": "substance",
    "ministry-succeeded": "substance",
    "ministry-renamed": "wording",
    "added": "substance",
    "removed": "substance",
    "split": "substance",
    "merged": "substance",
    "moved": "substance",
    "reordered": "wording",
    "renumbered": "consequence",
    "clauses-changed": "substance",
    "lead-changed": "substance",
    "assignment-added": "substance",
    "assignment-removed": "substance",
    "assignment-reordered": "wording",
    "attribute-changed": "wording",
    "reprint-added": "wording",
    "reprint-removed": "wording",
    "reprint-moved": "wording",
}
"""Kinds that always weigh the same; the others are weighed by their texts."""


_SAME: Final = (
    ("推進", "促進"),
    ("利活用", "利用"),
    ("活用", "利用"),
    ("など", "等"),
    ("を進める", "を図る"),
    ("を進め", "を図り"),
    ("を行う", "を実施する"),
    ("を行い", "を実施し"),
    ("に関する", "に係る"),
    ("に基づき", "を踏まえ"),
    ("並びに", "及び"),
    ("若しくは", "又は"),
    ("当該", "その"),
)
"""Words of which one may stand for the other without a change of what is promised."""


_CONTENT: Final = re.compile(r"[\u3400-\u9fff々〆A-Za-zＡ-Ｚａ-ｚ0-9０-９ァ-ヺー]")


def weigh_change(change: Change, texts: tuple[RevisedText, ...], *, marked: bool) -> Weight:
    """Returns the weight of a change, of which ``texts`` are those that differ.

    A rewording is of substance unless it is shown to be of wording only: it bears no mark, and
    all words that carry content are the same, but for their order and for known pairs such as
    促進 and 推進.
    """
    if change.type == "ministry" and change.kind in ("added", "removed"):
        return "consequence"  # who does what is told where it is done
    if change.kind == "metadata-changed" and _is_of_publication(change):
        return "wording"
    if change.kind in _OF_KIND:
        return _OF_KIND[change.kind]
    same = all(_content(text.old) == _content(text.new) for text in texts)
    return "wording" if same and not marked else "substance"


def _is_of_publication(change: Change) -> bool:
    field = str(change.detail["field"])
    return field.startswith("publication.") or field in ("series", "label")


def _content(text: str) -> Counter[str]:
    """Returns the words that carry content, known pairs as one."""
    for word, other in _SAME:
        text = text.replace(word, other)
    return Counter(word for word in words(text) if _CONTENT.search(word))
