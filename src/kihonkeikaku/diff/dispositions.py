"""Splits and mergers of measures, and the dispositions of removed ones, by revision.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import Change, DetailValue
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.plan_records import clauses_json
from kihonkeikaku.model.plan import Disposition, Plan, Revision
from kihonkeikaku.model.values import Id


@dataclass(frozen=True, slots=True)
class Dispositions:
    """The dispositions in revision.yaml.

    ``restructurings`` are the splits and mergers that are consistent with the two editions.
    ``explained_by`` maps each measure that one of them removes or adds to the id of that change.
    ``by_measure`` are all dispositions by the id of the removed measure.
    """

    restructurings: tuple[Disposition, ...]
    explained_by: Mapping[str, str]
    by_measure: Mapping[str, Disposition]


def find_dispositions(
    old: EditionIndex, new: EditionIndex, revision: Revision | None
) -> Dispositions:
    """Returns the dispositions of the new edition's revision.yaml.

    A split or merger is consistent if the new edition lacks all its old measures and has all its
    new ones.
    """
    all_dispositions = revision.dispositions if revision else ()
    restructurings = tuple(d for d in all_dispositions if _is_consistent(d, old, new))
    explained_by: dict[str, str] = {}
    for disposition in restructurings:
        added = [id for id in disposition.into if id not in old.measures]
        for id in (*disposition.measures, *added):
            explained_by.setdefault(id, _change_id(disposition))
    return Dispositions(
        restructurings, explained_by, {id: d for d in all_dispositions for id in d.measures}
    )


def applicable_revision(old: Plan, new: Plan, adopted: Mapping[Id, Plan]) -> Revision | None:
    """Returns the new edition's revision.yaml, where it speaks of the step from the old one.

    That is so if the new edition supersedes the old one, or one that does, and so on by the
    ``adopted`` editions. A comparison with any other edition has no reasons and no dispositions.
    """
    revision = new.revision
    if revision is None:
        return None
    id: Id | None = revision.from_
    seen: set[Id] = set()
    while id and id not in seen:
        if id == old.head.edition.id:
            return revision
        seen.add(id)
        id = adopted[id].head.edition.supersedes if id in adopted else None
    return None


def disposition_changes(
    old: EditionIndex, new: EditionIndex, dispositions: Dispositions
) -> Iterator[Change]:
    """Yields ``split`` and ``merged``, each with its old and new measures."""
    for disposition in dispositions.restructurings:
        id = _change_id(disposition)
        detail: dict[str, DetailValue] = {
            "from": tuple(_entry(old, removed) for removed in disposition.measures),
            "into": tuple(
                {**_entry(new, added), **({"clauses": None} if added in old.measures else {})}
                for added in disposition.into
            ),
            "reason": disposition.reason,
        }
        if disposition.became == "split":
            place = old.measures[id]
            yield Change("split", "measure", id, place.parent, place, None, detail)
        else:
            place = new.measures[id]
            yield Change("merged", "measure", id, place.parent, None, place, detail)


def disposition_json(disposition: Disposition | None) -> DetailValue:
    """Returns the disposition of a removed measure, if it has one."""
    if disposition is None:
        return None
    return {
        "became": disposition.became,
        "into": disposition.into,
        "reason": disposition.reason,
    }


def _is_consistent(disposition: Disposition, old: EditionIndex, new: EditionIndex) -> bool:
    return (
        disposition.became in ("split", "merged")
        and all(id in old.measures and id not in new.measures for id in disposition.measures)
        and all(id in new.measures for id in disposition.into)
    )


def _change_id(disposition: Disposition) -> str:
    """Returns the id of the change: the measure that was split, or the one that was added."""
    return (disposition.measures if disposition.became == "split" else disposition.into)[0]


def _entry(edition: EditionIndex, id: str) -> dict[str, DetailValue]:
    place = edition.measures[id]
    return {
        "id": id,
        "number": place.number,
        "text": place.text,
        "citation": place.citation,
        "parent": place.parent,
        "index": place.index,
        "clauses": clauses_json(edition.records.measures[id], edition.names),
    }
