"""How much a change weighs, and the marks of known phrases in it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kihonkeikaku.diff.change import (
    CHANGE_KINDS,
    WEIGHTS,
    Change,
    Comparison,
    Weight,
    comparison_json,
)
from kihonkeikaku.diff.significance.mark_rule import (
    ChangedContent,
    MarkRule,
    PrintedAssignments,
    RevisedText,
    parse_redline,
)
from kihonkeikaku.diff.significance.noise import is_noise
from kihonkeikaku.diff.significance.rules import MARK_RULES
from kihonkeikaku.model.inlines import LEAD_MARK
from kihonkeikaku.model.plan import Assignment, Measure, Plan
from kihonkeikaku.text.segmentation import words


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark rule that matched, and the words of both editions that it matched."""

    rule: MarkRule
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The significance of one change.

    ``noise``: the change is one of widths, spaces or spellings only, or of what isn't printed.
    """

    weight: Weight
    marks: tuple[Mark, ...]
    noise: bool


class Classifier:
    """Assesses the changes between two editions."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self._old = {measure.id: measure for measure in old.measures}
        self._new = {measure.id: measure for measure in new.measures}

    def assess(self, change: Change) -> Assessment:
        """Returns the assessment of a change of the comparison of these two editions."""
        texts = tuple(_texts(change))
        if _is_noise(change, texts):
            return Assessment("wording", (), noise=True)
        marks = tuple(_marks(ChangedContent(texts, tuple(self._assignments(change)))))
        return Assessment(weigh_change(change, texts, marked=bool(marks)), marks, noise=False)

    def _assignments(
        self, change: Change
    ) -> Iterator[tuple[PrintedAssignments, PrintedAssignments]]:
        detail: Any = change.detail
        match change.kind:
            case "lead-changed" | "assignment-removed":
                at = detail.get("clause", 0)
                id = change.id or ""
                yield _printed_clause(self._old[id], at), _printed_clause(self._new[id], at)
            case "clauses-changed" | "split" | "merged" if change.type == "measure":
                ids = tuple(_restructured_measures(change)) or (change.id or "",)
                olds, news = (
                    [measures[id] for id in ids if id in measures]
                    for measures in (self._old, self._new)
                )
                yield _printed_together(olds), _printed_together(news)


_WORDINGS: Final = ("reworded", "retitled", "clauses-changed")


def assessed_json(comparison: Comparison, classifier: Classifier) -> dict[str, Any]:
    """Returns the comparison by the contract of ``diff --format json``, with its assessments."""
    assessments = [classifier.assess(change) for change in comparison.changes]
    report = comparison_json(comparison)
    for change, assessment in zip(report["changes"], assessments, strict=True):
        change.update(_assessment_json(assessment))
    weights = Counter(assessment.weight for assessment in assessments)
    marks = Counter(mark.rule.id for assessment in assessments for mark in assessment.marks)
    return {
        **report,
        "weights": {weight: weights[weight] for weight in WEIGHTS if weight in weights},
        "marks": {rule.id: marks[rule.id] for rule in MARK_RULES if rule.id in marks},
    }


def _assessment_json(assessment: Assessment) -> dict[str, Any]:
    return {
        "weight": assessment.weight,
        "marks": [
            {"mark": mark.rule.id, "name": mark.rule.name, "old": mark.old, "new": mark.new}
            for mark in assessment.marks
        ],
        "noise": assessment.noise,
    }


def _texts(change: Change) -> Iterator[RevisedText]:
    """Yields the texts that differ in a change of wording, footnotes too, or a deadline."""
    detail: Any = change.detail
    if change.kind == "attribute-changed" and detail["field"] in _DEADLINES:
        yield _as_replaced(detail["old"], detail["new"])
    if change.kind not in _WORDINGS:
        return
    for part in detail.get("clauses") or [detail]:
        yield parse_redline(part["redline"])
        yield from map(parse_redline, part.get("footnotes", ()))


def _as_replaced(old: str | None, new: str | None) -> RevisedText:
    """Returns a deadline struck out and another inserted."""
    sides = (("-", old), ("+", new))
    return parse_redline(tuple((op, text) for op, text in sides if text))


def _is_noise(change: Change, texts: tuple[RevisedText, ...]) -> bool:
    if change.kind == "attribute-changed" and change.type == "paragraph":
        return change.detail["field"] == "id"  # which isn't printed
    if change.kind not in ("reworded", "retitled"):
        return False
    return all(is_noise(text.old, text.new) or text.old == text.new for text in texts)


def _marks(content: ChangedContent) -> Iterator[Mark]:
    for rule in MARK_RULES:
        yield from (Mark(rule, old, new) for old, new in dict.fromkeys(rule.find(content)))


def _printed_clause(measure: Measure, clause: int) -> PrintedAssignments:
    return _print(measure.parts[clause].assignments)


def _restructured_measures(change: Change) -> Iterator[str]:
    """Yields the ids of all measures that a split or merger names."""
    detail: Any = change.detail
    if change.kind in ("split", "merged"):
        yield from dict.fromkeys(entry["id"] for side in ("from", "into") for entry in detail[side])


def _printed_together(measures: Iterable[Measure]) -> PrintedAssignments:
    """Returns the ministries of several 【】 as if they were one."""
    parts = (clause for measure in measures for clause in measure.parts)
    return tuple(dict.fromkeys(name for part in parts for name in _print(part.assignments)))


def _print(assignments: Iterable[Assignment]) -> PrintedAssignments:
    return tuple((LEAD_MARK if a.role else "") + a.ministry for a in assignments)


_SYNONYMS: Final = (
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
"""Words that replace each other without a change of what is promised."""


_CONTENT_WORD: Final = re.compile(r"[\u3400-\u9fff々〆A-Za-zＡ-Ｚａ-ｚ0-9０-９ァ-ヺー]")


_DEADLINES: Final = ("deadline", "deadline_by")

_PROMISES: Final = ("assignments", *_DEADLINES)
"""The fields of an item or a clause that say who does it, and by when."""


def weigh_change(change: Change, texts: tuple[RevisedText, ...], *, marked: bool) -> Weight:
    """Returns the weight of a change; ``texts`` are those that differ.

    A rewording is of substance unless it is shown to be of wording only: it has no mark, and all
    content words are the same, except for their order and for known synonyms such as 促進 and
    推進.
    """
    if change.type == "ministry" and change.kind in ("added", "removed"):
        return "consequence"  # assignments have changes of their own
    if change.type == "paragraph" and change.kind in ("split", "merged"):
        return "wording"  # other breaks between the same words
    if change.kind == "metadata-changed" and _is_of_publication(change):
        return "wording"
    if change.kind == "attribute-changed" and change.detail["field"] in _PROMISES:
        return "substance"
    of_kind = CHANGE_KINDS[change.kind].weight
    if of_kind:
        return of_kind
    same = all(_content_words(text.old) == _content_words(text.new) for text in texts)
    return "wording" if same and not marked else "substance"


def _is_of_publication(change: Change) -> bool:
    field = str(change.detail["field"])
    return field.startswith("publication.") or field in ("series", "label")


def _content_words(text: str) -> Counter[str]:
    """Returns the content words, each synonym as the same word."""
    for word, other in _SYNONYMS:
        text = text.replace(word, other)
    return Counter(word for word in words(text) if _CONTENT_WORD.search(word))
