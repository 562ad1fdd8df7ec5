"""Text, clauses and assignments: changes of the measures that both editions have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.diff.change import Change, ChangeKind, Detail, DetailValue
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.ministry_changes import PassedAssignment, pass_on_assignments
from kihonkeikaku.diff.plan_records import (
    AssignmentRecord,
    ClauseRecord,
    Clauses,
    assignment_json,
    clauses_json,
    raw_text,
)
from kihonkeikaku.diff.redline import Inlines, rewording_detail, wording_detail
from kihonkeikaku.model.inlines import inline_text
from kihonkeikaku.model.values import Runs
from kihonkeikaku.text.similarity import similarity


def division_changes(
    old: EditionIndex, new: EditionIndex, measures: Iterable[str]
) -> Iterator[Change]:
    """Yields ``clauses-changed`` for measures that are now divided into other clauses."""
    for id in measures:
        detail = {
            "from": clauses_json(old.records.measures[id], old.names),
            "to": clauses_json(new.records.measures[id], new.names),
            **wording_detail(_whole_text(old, id), _whole_text(new, id)),
        }
        yield _measure_change("clauses-changed", old, new, id, detail)


def content_changes(
    old: EditionIndex,
    new: EditionIndex,
    measures: Iterable[str],
    passed: Iterable[PassedAssignment],
) -> Iterator[Change]:
    """Yields the changes of text and assignments of measures whose clauses pair up.

    ``passed`` are the assignments that passed to a successor: they are no changes here.
    """
    successors: dict[tuple[str, int], dict[str, str]] = {}
    for one in passed:
        successors.setdefault((one.measure, one.clause), {})[one.old] = one.new
    for id in measures:
        yield from _text_changes(old, new, id)
        yield from _assignment_changes(old, new, id, successors)
        yield from _field_changes(old, new, id)


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
        detail = {**wording_detail(_whole_text(old, id), _whole_text(new, id)), "clauses": clauses}
        yield _measure_change("reworded", old, new, id, detail)


def _field_changes(old: EditionIndex, new: EditionIndex, id: str) -> Iterator[Change]:
    before, after = old.records.measures[id][-1].fields, new.records.measures[id][-1].fields
    for field in after:
        if before[field] != after[field]:
            detail = {"field": field, "old": before[field], "new": after[field]}
            yield _measure_change("attribute-changed", old, new, id, detail)


def _assignment_changes(
    old: EditionIndex,
    new: EditionIndex,
    id: str,
    successors: Mapping[tuple[str, int], Mapping[str, str]],
) -> Iterator[Change]:
    pairs = zip(old.records.measures[id], new.records.measures[id], strict=True)
    for at, (before, after) in enumerate(pairs):
        if before.assignments == after.assignments:
            continue
        for kind, detail in _compare_assignments(
            before.assignments,
            after.assignments,
            successors.get((id, at), {}),
            (old.names, new.names),
        ):
            yield _measure_change(kind, old, new, id, {**detail, **_clause(new, id, at)})


def _clause(new: EditionIndex, id: str, at: int) -> Detail:
    """Returns the index and text of the clause, if the measure has several."""
    texts = new.clause_texts[id]
    return {"clause": at, "clause_text": inline_text(texts[at])} if len(texts) > 1 else {}


def _whole_text(edition: EditionIndex, id: str) -> Inlines:
    return tuple(inline for clause in edition.clause_texts[id] for inline in clause)


def _measure_change(
    kind: ChangeKind,
    old: EditionIndex,
    new: EditionIndex,
    id: str,
    detail: Mapping[str, DetailValue],
) -> Change:
    place = new.measures[id]
    return Change(kind, "measure", id, place.parent, old.measures[id], place, detail)


Assignments = tuple[AssignmentRecord, ...]

Names = Mapping[str, str]


def _compare_assignments(
    old: Assignments, new: Assignments, successors: Mapping[str, str], names: tuple[Names, Names]
) -> Iterator[tuple[ChangeKind, Detail]]:
    """Yields kind and detail of each change of one 【】.

    ``successors`` maps the ministries whose assignments passed on to those that have them now.
    ``names`` are the printed names by id, of the old and the new edition. A change of lead covers
    all changes of the ministries that lead in one edition only.
    """
    pair = _AssignmentsPair(
        pass_on_assignments(old, successors),
        new,
        _printed_names(old, successors, names[0]),
        names[1],
    )
    if pair.involved:
        yield "lead-changed", _lead_detail(pair)
    yield from _removed(pair, [a.ministry for a in old])
    yield from _added(pair)
    if _common(pair.old, pair) != _common(pair.new, pair):
        yield "assignment-reordered", _order_detail(pair)


@dataclass(frozen=True, slots=True)
class _AssignmentsPair:
    """One 【】 in both editions, with successors already in their predecessors' places."""

    old: Assignments
    new: Assignments
    old_names: Names
    new_names: Names

    @property
    def involved(self) -> set[str]:
        """The ministries that the change of lead is about."""
        return _leads(self.old) ^ _leads(self.new)


def _printed_names(old: Assignments, successors: Mapping[str, str], names: Names) -> Names:
    """Returns the names that the old 【】 prints, by the ids of the present ministries."""
    of_successors = {
        successors[a.ministry]: names[a.ministry] for a in reversed(old) if a.ministry in successors
    }
    return {**of_successors, **{a.ministry: names[a.ministry] for a in old}}


def _leads(assignments: Assignments) -> set[str]:
    return {a.ministry for a in assignments if a.role == "lead"}


def _lead_detail(pair: _AssignmentsPair) -> Detail:
    return {
        "from": tuple(pair.old_names[a.ministry] for a in pair.old if a.role),
        "to": tuple(pair.new_names[a.ministry] for a in pair.new if a.role),
        "before": _entries(pair.old, pair.old_names, pair.involved),
        "after": _entries(pair.new, pair.new_names, pair.involved),
    }


def _entries(assignments: Assignments, names: Names, involved: set[str]) -> DetailValue:
    return tuple(
        {**assignment_json(a, names), "index": at}
        for at, a in enumerate(assignments)
        if a.ministry in involved
    )


def _removed(pair: _AssignmentsPair, printed: list[str]) -> Iterator[tuple[ChangeKind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.new}
    for a in pair.old:
        if a.ministry not in others:
            index = printed.index(a.ministry)
            yield "assignment-removed", {**assignment_json(a, pair.old_names), "index": index}


def _added(pair: _AssignmentsPair) -> Iterator[tuple[ChangeKind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.old}
    for index, a in enumerate(pair.new):
        if a.ministry not in others:
            yield "assignment-added", {**assignment_json(a, pair.new_names), "index": index}


def _common(assignments: Assignments, pair: _AssignmentsPair) -> tuple[str, ...]:
    """Returns, in the order of this 【】, the ministries in both that no other change is about."""
    both = {a.ministry for a in pair.old} & {a.ministry for a in pair.new} - pair.involved
    return tuple(a.ministry for a in assignments if a.ministry in both)


def _order_detail(pair: _AssignmentsPair) -> Detail:
    order = _common(pair.new, pair)
    return {
        "from": tuple(pair.old_names[id] for id in _common(pair.old, pair)),
        "to": tuple(pair.new_names[id] for id in order),
        "order": order,
    }


_MINIMUM_SIMILARITY: Final = 0.3
"""Of a clause and its earlier version. Unrelated measures of the plan reach 0.45, but only the
clause in the same position of the same measure is compared."""


def has_same_division(old: Clauses, new: Clauses) -> bool:
    """Returns whether the clauses pair up one by one, in their order.

    A measure's only clause pairs with its only clause, however much was reworded. Otherwise a
    pair is matched by text or, where that was replaced, by its ministries.
    """
    if len(old) != len(new):
        return False
    if len(old) == 1 or _texts(old) == _texts(new):
        return True
    if raw_text(_joined(old)) == raw_text(_joined(new)):
        return False  # the same words, divided elsewhere
    unmatched = set(_texts(old)) ^ set(_texts(new))
    return all(_is_pair(a, b, unmatched) for a, b in zip(old, new, strict=True))


def _texts(clauses: Clauses) -> list[Runs]:
    return [clause.text for clause in clauses]


def _joined(clauses: Clauses) -> Runs:
    return tuple(run for clause in clauses for run in clause.text)


def _is_pair(old: ClauseRecord, new: ClauseRecord, unmatched: set[Runs]) -> bool:
    if old.text == new.text:
        return True
    if similarity(raw_text(old.text), raw_text(new.text)) >= _MINIMUM_SIMILARITY:
        return True
    return old.assignments == new.assignments and {old.text, new.text} <= unmatched
