"""What measures say and who does them: changes of the measures that both editions have."""

from collections.abc import Iterable, Iterator, Mapping

from kihonkeikaku.diff.change import Change, Detail, Json, Kind
from kihonkeikaku.diff.changes.assignments import bracket_changes
from kihonkeikaku.diff.changes.succession import Inheritance
from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.json_content import clauses_json
from kihonkeikaku.diff.redline.redline import Inlines, rewording, wording
from kihonkeikaku.model.document import inline_text


def division_changes(old: Side, new: Side, measures: Iterable[str]) -> Iterator[Change]:
    """Yields ``clauses-changed`` for measures that are divided into other clauses now."""
    for id in measures:
        detail = {
            "from": clauses_json(old.records.measures[id], old.names),
            "to": clauses_json(new.records.measures[id], new.names),
            **wording(_whole(old, id), _whole(new, id)),
        }
        yield _change("clauses-changed", old, new, id, detail)


def content_changes(
    old: Side, new: Side, measures: Iterable[str], passed: Iterable[Inheritance]
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


def _text_changes(old: Side, new: Side, id: str) -> Iterator[Change]:
    before, after = old.records.measures[id], new.records.measures[id]
    changed = {
        at: rewording(old.clause_texts[id][at], new.clause_texts[id][at], after[at].text)
        for at in range(len(after))
        if before[at].text != after[at].text
    }
    if changed and len(after) == 1:
        yield _change("reworded", old, new, id, changed[0])
    elif changed:
        clauses = tuple({"clause": at, **detail} for at, detail in changed.items())
        detail = {**wording(_whole(old, id), _whole(new, id)), "clauses": clauses}
        yield _change("reworded", old, new, id, detail)


def _assignment_changes(
    old: Side, new: Side, id: str, heirs: Mapping[tuple[str, int], Mapping[str, str]]
) -> Iterator[Change]:
    pairs = zip(old.records.measures[id], new.records.measures[id], strict=True)
    for at, (before, after) in enumerate(pairs):
        if before.assignments == after.assignments:
            continue
        for kind, detail in bracket_changes(
            before.assignments, after.assignments, heirs.get((id, at), {}), (old.names, new.names)
        ):
            yield _change(kind, old, new, id, {**detail, **_clause(new, id, at)})


def _clause(new: Side, id: str, at: int) -> Detail:
    """Returns which clause it is, where there are several: by index and text."""
    texts = new.clause_texts[id]
    return {"clause": at, "clause_text": inline_text(texts[at])} if len(texts) > 1 else {}


def _whole(side: Side, id: str) -> Inlines:
    return tuple(inline for clause in side.clause_texts[id] for inline in clause)


def _change(kind: Kind, old: Side, new: Side, id: str, detail: Mapping[str, Json]) -> Change:
    place = new.measures[id]
    return Change(kind, "measure", id, place.parent, old.measures[id], place, detail)
