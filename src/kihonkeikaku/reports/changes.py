"""Changes as text for a terminal, and as JSON by the contract in the README."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kihonkeikaku.diff.change import KIND_NAMES, WEIGHT_NAMES, WEIGHTS, Change
from kihonkeikaku.diff.change_anchors import ChangeAnchors
from kihonkeikaku.diff.change_description import (
    ChangeDescriber,
    change_reason,
    describe_marks,
    edition_name,
    excerpt,
    footnote_redlines,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.redline import Redline
from kihonkeikaku.diff.significance.classifier import Assessment, assessed_json
from kihonkeikaku.system.terminal import apply_style


def changes_text(result: ComparisonResult, *, colour: bool = False, noise: bool = False) -> str:
    """Returns the comparison for a reader: counts, then the changes by where they stand.

    Numbers that changed without anything else stand together at the end: they are consequences.

    Args:
        result: the comparison.
        colour: shows deleted and inserted words in colours, not in brackets.
        noise: shows changes of widths, spaces and spellings too, which are only counted else.
    """
    head = [f"{edition_name(result.old)} → {edition_name(result.new)}"]
    head += [result.refs_line] if result.refs else []
    if result.view:
        head.append(result.view.statement)
    if not result.shown.changes:
        same = "この府省庁に関わる違いはありません。" if result.view else "違いはありません。"
        return "\n".join([*head, same])
    return "\n".join([*head, *_TextWriter(result, colour=colour, noise=noise).lines()])


class _TextWriter:
    """Writes a comparison line by line."""

    def __init__(self, result: ComparisonResult, *, colour: bool, noise: bool) -> None:
        self._comparison = result.shown
        self._describer = ChangeDescriber(result.old, result.new)
        self._assessments = {id(c): result.classifier.assess(c) for c in self._comparison.changes}
        self._colour, self._noise = colour, noise

    def lines(self) -> Iterator[str]:
        changes = [c for c in self._comparison.changes if self._noise or not self._assess(c).noise]
        yield from self._counts()
        hidden = len(self._comparison.changes) - len(changes)
        if hidden:
            yield f"  （うち表記だけの変更 {hidden} 件は示していません。--noise で示します）"
        yield from self._groups(c for c in changes if c.kind != "renumbered")
        yield from self._renumberings([c for c in changes if c.kind == "renumbered"])

    def _assess(self, change: Change) -> Assessment:
        return self._assessments[id(change)]

    def _counts(self) -> Iterator[str]:
        counts = self._comparison.summary
        weights = Counter(assessment.weight for assessment in self._assessments.values())
        weighed = "、".join(f"{WEIGHT_NAMES[w]} {weights[w]}" for w in WEIGHTS if w in weights)
        yield f"変更 {sum(counts.values())} 件（{weighed}）"
        yield from (f"  {KIND_NAMES[kind]} {count}" for kind, count in counts.items())

    def _groups(self, changes: Iterable[Change]) -> Iterator[str]:
        for heading, of_heading in groupby(changes, key=self._describer.group_name):
            yield "\n" + apply_style(heading, "place", self._colour)
            for _, of_subject in groupby(of_heading, key=_subject):
                yield from self._changes(list(of_subject))

    def _changes(self, changes: list[Change]) -> Iterator[str]:
        yield f"  {_name(changes[0])}"
        for change in changes:
            assessment = self._assess(change)
            yield f"    {self._sentence(change)}［{_weight(assessment)}］"
            for redline in footnote_redlines(change):
                yield f"      注：{self._redline(redline)}"
            for name, words in describe_marks(assessment):
                yield "      " + apply_style(f"▲{name}：{words}", "warning", self._colour)
            why = change_reason(change)
            if why:
                yield f"      理由：{why}"

    def _sentence(self, change: Change) -> str:
        redline: Any = change.detail.get("redline")
        details = self._describer.describe(change)
        if redline and not details:
            details = self._redline(redline)
        return f"{kind_name(change)}：{details}" if details else kind_name(change)

    def _redline(self, redline: Redline) -> str:
        return "".join(self._mark(operation, text) for operation, text in redline)

    def _mark(self, operation: str, text: str) -> str:
        if operation == "-":
            return apply_style(text, "struck", True) if self._colour else f"[-{text}-]"
        if operation == "+":
            return apply_style(text, "inserted", True) if self._colour else f"{{+{text}+}}"
        return text

    def _renumberings(self, changes: list[Change]) -> Iterator[str]:
        if changes:
            yield "\n" + apply_style("番号のみの変更", "place", self._colour)
        for change in changes:
            assert change.new, "what is renumbered stands in both editions"
            yield f"  {self._describer.describe(change)}　{excerpt(change.new.text)}"


def _subject(change: Change) -> tuple[Any, ...]:
    return change.type, change.id, change.new or change.old


def _weight(assessment: Assessment) -> str:
    return "表記のみ" if assessment.noise else WEIGHT_NAMES[assessment.weight]


def _name(change: Change) -> str:
    place = change.new or change.old
    assert place, "a change stands somewhere"
    mark = {"paragraph": "・", "measure": place.citation[-1:]}.get(change.type, "")
    return f"{mark}{excerpt(place.text)}" + (f"（{change.id}）" if change.id else "")


def changes_json(result: ComparisonResult) -> str:
    """Returns the comparison as JSON by the contract in the design.

    Each change has its weight, and its anchor on the page of the comparison.

    With a view, ``filter`` says which ministry it is of, and how many changes it leaves out.
    """
    report = assessed_json(result.shown, result.classifier)
    anchors = ChangeAnchors(result.comparison)
    for change, shown in zip(report["changes"], result.shown.changes, strict=True):
        change["anchor"] = anchors.of(shown)
    if result.refs:
        report["refs"] = dict(zip(("old", "new"), result.refs, strict=True))
    if result.view:
        ministry = result.view.ministry
        report["filter"] = {
            "ministry": {"id": ministry.id, "name": ministry.name},
            "shown": len(result.view.changes),
            "left_out": result.view.left_out,
            "statement": result.view.statement,
        }
    return json.dumps(report, ensure_ascii=False, indent=1)
