"""Who does a measure: what changed inside one 【】."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import Detail, Json, Kind
from kihonkeikaku.diff.changes.succession import inherited
from kihonkeikaku.diff.json_content import assignment_json
from kihonkeikaku.diff.records import AssignmentRecord

Bracket = tuple[AssignmentRecord, ...]
Names = Mapping[str, str]


def bracket_changes(
    old: Bracket, new: Bracket, heirs: Mapping[str, str], names: tuple[Names, Names]
) -> Iterator[tuple[Kind, Detail]]:
    """Yields kind and detail of each change of one 【】.

    ``heirs`` leads from the ministries whose assignments passed on to those that have them now;
    ``names`` are the printed names by id, of the old and the new edition. A change of lead covers
    all that happened to the ministries that lead in one edition only.
    """
    pair = _Pair(inherited(old, heirs), new, _printed(old, heirs, names[0]), names[1])
    if pair.involved:
        yield "lead-changed", _lead_detail(pair)
    yield from _removed(pair, [a.ministry for a in old])
    yield from _added(pair)
    if _common(pair.old, pair) != _common(pair.new, pair):
        yield "assignment-reordered", _order_detail(pair)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One 【】 in both editions, the heirs already in their predecessors' places."""

    old: Bracket
    new: Bracket
    old_names: Names
    new_names: Names

    @property
    def involved(self) -> set[str]:
        """Whom the change of lead is about."""
        return _leads(self.old) ^ _leads(self.new)


def _printed(old: Bracket, heirs: Mapping[str, str], names: Names) -> Names:
    """Returns what the old 【】 printed, by the ids of those who have the assignments now."""
    of_heirs = {heirs[a.ministry]: names[a.ministry] for a in reversed(old) if a.ministry in heirs}
    return {**of_heirs, **{a.ministry: names[a.ministry] for a in old}}


def _leads(bracket: Bracket) -> set[str]:
    return {a.ministry for a in bracket if a.role == "lead"}


def _lead_detail(pair: _Pair) -> Detail:
    return {
        "from": tuple(pair.old_names[a.ministry] for a in pair.old if a.role),
        "to": tuple(pair.new_names[a.ministry] for a in pair.new if a.role),
        "before": _entries(pair.old, pair.old_names, pair.involved),
        "after": _entries(pair.new, pair.new_names, pair.involved),
    }


def _entries(bracket: Bracket, names: Names, involved: set[str]) -> Json:
    return tuple(
        {**assignment_json(a, names), "index": at}
        for at, a in enumerate(bracket)
        if a.ministry in involved
    )


def _removed(pair: _Pair, printed: list[str]) -> Iterator[tuple[Kind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.new}
    for a in pair.old:
        if a.ministry not in others:
            index = printed.index(a.ministry)
            yield "assignment-removed", {**assignment_json(a, pair.old_names), "index": index}


def _added(pair: _Pair) -> Iterator[tuple[Kind, Detail]]:
    others = pair.involved | {a.ministry for a in pair.old}
    for index, a in enumerate(pair.new):
        if a.ministry not in others:
            yield "assignment-added", {**assignment_json(a, pair.new_names), "index": index}


def _common(bracket: Bracket, pair: _Pair) -> tuple[str, ...]:
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
