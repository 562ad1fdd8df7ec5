"""What measures say and who does them: changes of the measures that both editions have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.diff.change import Change, ChangeKind, Detail, DetailValue
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.ministry_changes import PassedAssignment, pass_on_assignments
from kihonkeikaku.diff.records import (
    AssignmentRecord,
    ClauseRecord,
    assignment_json,
    clauses_json,
    raw_text,
)
from kihonkeikaku.diff.redline import Inlines, rewording_detail, wording_detail
from kihonkeikaku.model.document import inline_text
from kihonkeikaku.model.values import Runs
from kihonkeikaku.text.similarity import similarity


def division_changes(
    old: EditionIndex, new: EditionIndex, measures: Iterable[str]
) -> Iterator[Change]:
    """Yields ``clauses-changed`` for measures that are divided into other clauses now."""
    for id in measures:
        detail = {
            "from": clauses_json(old.records.measures[id], old.names),
            "to": clauses_json(new.records.measures[id], new.names),
            **wording_detail(_whole(old, id), _whole(new, id)),
        }
        yield _measure_change("clauses-changed", old, new, id, detail)


def content_changes(
    old: EditionIndex,
    new: EditionIndex,
    measures: Iterable[str],
    passed: Iterable[PassedAssignment],
) -> Iterator[Change]:
    """Yields the changes of text and assignments of measures whose clauses pair up.

    ``passed`` are the assignments that went from a ministry to its successor: no changes here.
    """
    heirs: dict[tuple[str, int], dict[str, str]] = {}
    for one in passed:
        heirs.setdefault((one.measure, one.clause), {})[one.old] = one.new
    for id in measures:
        yield from _text_changes(old, new, id)
        yield from _assignment_changes(old, new, id, heirs)


def _text_changes(old: EditionIndex, new: EditionIndex, id: str) -> Iterator[Change]:
    before, after = old.records.measures[id], new.records.measures[id]
    changed = {
        at: rewording_detail(old.clause_texts[id][at], new.clause_texts[id][at], after[at].text)
        for at in range(len(after))
        if before[at].text != after[at].text
    }
    if changed and len(after) == 1:
        yield _measure_change("reworded", old, new, id, changed[0])
    elif changed:
        clauses = tuple({"clause": at, **detail} for at, detail in changed.items())
        detail = {**wording_detail(_whole(old, id), _whole(new, id)), "clauses": clauses}
        yield _measure_change("reworded", old, new, id, detail)


def _assignment_changes(
    old: EditionIndex,
    new: EditionIndex,
    id: str,
    heirs: Mapping[tuple[str, int], Mapping[str, str]],
) -> Iterator[Change]:
    pairs = zip(old.records.measures[id], new.records.measures[id], strict=True)
    for at, (before, after) in enumerate(pairs):
        if before.assignments == after.assignments:
            continue
        for kind, detail in _assignments_changes(
            before.assignments, after.assignments, heirs.get((id, at), {}), (old.names, new.names)
        ):
            yield _measure_change(kind, old, new, id, {**detail, **_clause(new, id, at)})


def _clause(new: EditionIndex, id: str, at: int) -> Detail:
    """Returns which clause it is, where there are several: by index and text."""
    texts = new.clause_texts[id]
    return {"clause": at, "clause_text": inline_text(texts[at])} if len(texts) > 1 else {}


def _whole(side: EditionIndex, id: str) -> Inlines:
    return tuple(inline for clause in side.clause_texts[id] for inline in clause)


def _measure_change(
    kind: ChangeKind,
    old: EditionIndex,
    new: EditionIndex,
    id: str,
    detail: Mapping[str, DetailValue],
) -> Change:
    place = new.measures[id]
    return Change(kind, "measure", id, place.parent, old.measures[id], place, detail)


_Assignments = tuple[AssignmentRecord, ...]

Names = Mapping[str, str]


def _assignments_changes(
    old: _Assignments, new: _Assignments, heirs: Mapping[str, str], names: tuple[Names, Names]
) -> Iterator[tuple[ChangeKind, Detail]]:
    """Yields kind and detail of each change of one 【】.

    ``heirs`` leads from the ministries whose assignments passed on to those that have them now;
    ``names`` are the printed names by id, of the old and the new edition. A change of lead covers
    all that happened to the ministries that lead in one edition only.
    """
    pair = _Pair(pass_on_assignments(old, heirs), new, _printed(old, heirs, names[0]), names[1])
    if pair.involved:
        yield "lead-changed", _lead_detail(pair)
    yield from _removed(pair, [a.ministry for a in old])
    yield from _added(pair)
    if _common(pair.old, pair) != _common(pair.new, pair):
        yield "assignment-reordered", _order_detail(pair)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One 【】 in both editions, the heirs already in their predecessors' places."""

    old: _Assignments
    new: _Assignments
    old_names: Names
    new_names: Names

    @property
    def involved(self) -> set[str]:
        """Whom the change of lead is about."""
        return _leads(self.old) ^ _leads(self.new)


def _printed(old: _Assignments, heirs: Mapping[str, str], names: Names) -> Names:
    """Returns what the old 【】 printed, by the ids of those who have the assignments now."""
    of_heirs = {heirs[a.ministry]: names[a.ministry] for a in reversed(old) if a.ministry in heirs}
    return {**of_heirs, **{a.ministry: names[a.ministry] for a in old}}


def _leads(bracket: _Assignments) -> set[str]:
    return {a.ministry for a in bracket if a.role == "lead"}


def _lead_detail(pair: _Pair) -> Detail:
    return {
        "from": tuple(pair.old_names[a.ministry] for a in pair.old if a.role),
        "to": tuple(pair.new_names[a.ministry] for a in pair.new if a.role),
        "before": _entries(pair.old, pair.old_names, pair.involved),
        "after": _entries(pair.new, pair.new_names, pair.involved),
    }


def _entries(bracket: _Assignments, names: Names, involved: set[str]) -> DetailValue:
    return tuple(
        {**assignment_json(a, names), "index": at}
        for at, a in enumerate(bracket)
        if a.ministry in involved
    )


def _removed(pair: _Pair, printed: list[str]) -> Iterator[tuple[ChangeKind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.new}
    for a in pair.old:
        if a.ministry not in others:
            index = printed.index(a.ministry)
            yield "assignment-removed", {**assignment_json(a, pair.old_names), "index": index}


def _added(pair: _Pair) -> Iterator[tuple[ChangeKind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.old}
    for index, a in enumerate(pair.new):
        if a.ministry not in others:
            yield "assignment-added", {**assignment_json(a, pair.new_names), "index": index}


def _common(bracket: _Assignments, pair: _Pair) -> tuple[str, ...]:
    """Returns, in this 【】's order, those that stand in both and of whom nothing else is said."""
    both = {a.ministry for a in pair.old} & {a.ministry for a in pair.new} - pair.involved
    return tuple(a.ministry for a in bracket if a.ministry in both)


def _order_detail(pair: _Pair) -> Detail:
    order = _common(pair.new, pair)
    return {
        "from": tuple(pair.old_names[id] for id in _common(pair.old, pair)),
        "to": tuple(pair.new_names[id] for id in order),
        "order": order,
    }


_ALIKE: Final = 0.3
"""Least similarity of a clause and its earlier self; unrelated measures of the plan reach 0.45,
but here only the clause in the same place of the same measure is asked about."""

Clauses = tuple[ClauseRecord, ...]


def same_division(old: Clauses, new: Clauses) -> bool:
    """Returns whether the clauses pair up one by one, in their order.

    A measure's only clause pairs with its only clause, however much was reworded. Otherwise a
    pair is known by its text, or, where that was replaced, by the ministries that stand after it.
    """
    if len(old) != len(new):
        return False
    if len(old) == 1 or _texts(old) == _texts(new):
        return True
    if raw_text(_joined(old)) == raw_text(_joined(new)):
        return False  # the same words, parted elsewhere
    strangers = set(_texts(old)) ^ set(_texts(new))
    return all(_paired(a, b, strangers) for a, b in zip(old, new, strict=True))


def _texts(clauses: Clauses) -> list[Runs]:
    return [clause.text for clause in clauses]


def _joined(clauses: Clauses) -> Runs:
    return tuple(run for clause in clauses for run in clause.text)


def _paired(old: ClauseRecord, new: ClauseRecord, strangers: set[Runs]) -> bool:
    if old.text == new.text:
        return True
    if similarity(raw_text(old.text), raw_text(new.text)) >= _ALIKE:
        return True
    return old.assignments == new.assignments and {old.text, new.text} <= strangers
