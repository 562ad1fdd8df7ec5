"""Changes as text for a terminal, and as JSON by the contract in the README."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.change_description import (
    KIND_NAMES,
    ChangeDescriber,
    change_reason,
    describe_marks,
    edition_name,
    excerpt,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.significance.classifier import (
    WEIGHT_NAMES,
    WEIGHTS,
    Assessment,
    assessed_json,
)
from kihonkeikaku.system.terminal import apply_style


def changes_text(compared: ComparisonResult, *, colour: bool = False, noise: bool = False) -> str:
    """Returns the comparison for a reader: counts, then the changes by where they stand.

    Numbers that changed without anything else stand together at the end: they are consequences.

    Args:
        compared: what to tell.
        colour: shows words that went and came in colours, not in brackets.
        noise: shows changes of widths, spaces and spellings too, which are only counted else.
    """
    head = [f"{edition_name(compared.old)} → {edition_name(compared.new)}"]
    if compared.view:
        head.append(compared.view.statement)
    if not compared.shown.changes:
        same = "この府省庁に関わる違いはありません。" if compared.view else "違いはありません。"
        return "\n".join([*head, same])
    return "\n".join([*head, *_Teller(compared, colour=colour, noise=noise).lines()])


class _Teller:
    """Tells a comparison line by line."""

    def __init__(self, compared: ComparisonResult, *, colour: bool, noise: bool) -> None:
        self._comparison = compared.shown
        self._describer = ChangeDescriber(compared.old, compared.new)
        self._assessments = {id(c): compared.classifier.assess(c) for c in self._comparison.changes}
        self._colour, self._noise = colour, noise

    def lines(self) -> Iterator[str]:
        changes = [c for c in self._comparison.changes if self._noise or not self._of(c).noise]
        yield from self._counts()
        hidden = len(self._comparison.changes) - len(changes)
        if hidden:
            yield f"  （うち表記だけの変更 {hidden} 件は示していません。--noise で示します）"
        yield from self._own(c for c in changes if c.kind != "renumbered")
        yield from self._renumberings([c for c in changes if c.kind == "renumbered"])

    def _of(self, change: Change) -> Assessment:
        return self._assessments[id(change)]

    def _counts(self) -> Iterator[str]:
        counts = self._comparison.summary
        weights = Counter(assessment.weight for assessment in self._assessments.values())
        weighed = "、".join(f"{WEIGHT_NAMES[w]} {weights[w]}" for w in WEIGHTS if w in weights)
        yield f"変更 {sum(counts.values())} 件（{weighed}）"
        yield from (f"  {KIND_NAMES[kind]} {count}" for kind, count in counts.items())

    def _own(self, changes: Iterable[Change]) -> Iterator[str]:
        for heading, of_heading in groupby(changes, key=self._describer.group_name):
            yield "\n" + apply_style(heading, "place", self._colour)
            for _, of_subject in groupby(of_heading, key=_subject):
                yield from self._subject(list(of_subject))

    def _subject(self, changes: list[Change]) -> Iterator[str]:
        yield f"  {_name(changes[0])}"
        for change in changes:
            assessment = self._of(change)
            yield f"    {self._sentence(change)}［{_weight(assessment)}］"
            for name, words in describe_marks(assessment):
                yield "      " + apply_style(f"▲{name}：{words}", "warning", self._colour)
            why = change_reason(change)
            if why:
                yield f"      理由：{why}"

    def _sentence(self, change: Change) -> str:
        redline: Any = change.detail.get("redline")
        told = self._describer.describe(change)
        if redline and not told:
            told = "".join(self._shown(operation, text) for operation, text in redline)
        return f"{kind_name(change)}：{told}" if told else kind_name(change)

    def _shown(self, operation: str, text: str) -> str:
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


def changes_json(compared: ComparisonResult) -> str:
    """Returns the comparison as JSON by the contract in the design, each change with its weight.

    With a view, ``filter`` tells which ministry it is of, and how many changes it leaves out.
    """
    report = assessed_json(compared.shown, compared.classifier)
    if compared.view:
        ministry = compared.view.ministry
        report["filter"] = {
            "ministry": {"id": ministry.id, "name": ministry.name},
            "shown": len(compared.view.changes),
            "left_out": compared.view.left_out,
            "statement": compared.view.statement,
        }
    return json.dumps(report, ensure_ascii=False, indent=1)
