"""Splits and mergers of measures, as the steps from one edition to another say together."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import Change, ChangeKind, DetailValue, PrintedPlace
from kihonkeikaku.diff.composed_revision import ComposedDisposition, ComposedRevision, SplitOff
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.plan_records import clauses_json


@dataclass(frozen=True, slots=True)
class Dispositions:
    """The dispositions that two editions are compared with.

    ``explained_by`` maps each measure that a split or merger removes or adds to the id of that
    change.
    """

    revision: ComposedRevision
    explained_by: Mapping[str, str]


def find_dispositions(old: EditionIndex, revision: ComposedRevision) -> Dispositions:
    """Returns what the steps to the new edition say, and which changes explain which measures."""
    explained_by: dict[str, str] = {}
    for disposition in revision.restructurings:
        added = [id for id in disposition.into if id not in old.measures]
        for id in (*disposition.measures, *added):
            explained_by.setdefault(id, _change_id(disposition))
    for split_off in revision.split_offs:
        for id in split_off.into:
            explained_by.setdefault(id, split_off.measures[0])
    return Dispositions(revision, explained_by)


def disposition_changes(
    old: EditionIndex, new: EditionIndex, dispositions: Dispositions
) -> Iterator[Change]:
    """Yields ``split`` and ``merged``, each with its old and new measures."""
    for disposition in dispositions.revision.restructurings:
        id, detail = _change_id(disposition), _detail(old, new, disposition)
        if disposition.became == "split":
            yield _change("split", id, old.measures[id], None, detail)
        else:
            yield _change("merged", id, None, new.measures[id], detail)
    for split_off in dispositions.revision.split_offs:
        id = split_off.measures[0]
        detail = _detail(old, new, split_off)
        yield _change("split", id, old.measures[id], new.measures[id], detail)


def disposition_json(disposition: ComposedDisposition | None) -> DetailValue:
    """Returns the disposition of a removed measure, if it has one."""
    if disposition is None:
        return None
    return {
        "became": disposition.became,
        "into": disposition.into,
        "reason": disposition.reason,
    }


def _change_id(disposition: ComposedDisposition) -> str:
    """Returns the id of the change: the measure that was split, or the one that was added."""
    return (disposition.measures if disposition.became == "split" else disposition.into)[0]


def _change(
    kind: ChangeKind,
    id: str,
    old: PrintedPlace | None,
    new: PrintedPlace | None,
    detail: Mapping[str, DetailValue],
) -> Change:
    place = new or old
    assert place is not None
    return Change(kind, "measure", id, place.parent, old, new, detail)


def _detail(
    old: EditionIndex, new: EditionIndex, said: ComposedDisposition | SplitOff
) -> dict[str, DetailValue]:
    return {
        "from": tuple(_entry(old, id, new.measures) for id in said.measures),
        "into": tuple(_entry(new, id, old.measures) for id in said.into),
        "reason": said.reason,
    }


def _entry(edition: EditionIndex, id: str, others: Collection[str]) -> dict[str, DetailValue]:
    """Returns a measure of one edition; without its clauses where the other one has it, too."""
    place = edition.measures[id]
    clauses = clauses_json(edition.records.measures[id], edition.names)
    return {
        "id": id,
        "number": place.number,
        "text": place.text,
        "citation": place.citation,
        "parent": place.parent,
        "index": place.index,
        "clauses": None if id in others else clauses,
    }
