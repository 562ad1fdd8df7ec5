"""What became of measures that are gone, and of which measures new ones are made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kihonkeikaku.diff.change import Change, DetailValue
from kihonkeikaku.diff.edition_index import EditionIndex
from kihonkeikaku.diff.records import clauses_json
from kihonkeikaku.model.plan import Disposition, Revision


@dataclass(frozen=True, slots=True)
class Dispositions:
    """What revision.yaml tells, as far as it fits the two editions.

    ``retold`` are the splits and mergers, ``told_by`` leads from each measure that they explain,
    old or new, to the id of the change that does, and ``dispositions`` from each old measure to
    what is written of it.
    """

    retold: tuple[Disposition, ...]
    told_by: Mapping[str, str]
    dispositions: Mapping[str, Disposition]


def find_dispositions(
    old: EditionIndex, new: EditionIndex, revision: Revision | None
) -> Dispositions:
    """Returns what the new edition's revision.yaml tells of the measures.

    A split or merger fits when all that it names as gone is gone, and all that it leads to exists.
    """
    written = revision.dispositions if revision else ()
    retold = tuple(d for d in written if _fits(d, old, new))
    told_by: dict[str, str] = {}
    for disposition in retold:
        made = [id for id in disposition.into if id not in old.measures]
        for id in (*disposition.measures, *made):
            told_by.setdefault(id, _teller(disposition))
    return Dispositions(retold, told_by, {id: d for d in written for id in d.measures})


def disposition_changes(
    old: EditionIndex, new: EditionIndex, fates: Dispositions
) -> Iterator[Change]:
    """Yields ``split`` and ``merged``, which tell of the old measures and of the new ones."""
    for disposition in fates.retold:
        id = _teller(disposition)
        detail: dict[str, DetailValue] = {
            "from": tuple(_entry(old, gone) for gone in disposition.measures),
            "into": tuple(
                {**_entry(new, made), **({"clauses": None} if made in old.measures else {})}
                for made in disposition.into
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
    """Returns what is written of a measure that is gone, or None."""
    if disposition is None:
        return None
    return {
        "became": disposition.became,
        "into": disposition.into,
        "reason": disposition.reason,
    }


def _fits(disposition: Disposition, old: EditionIndex, new: EditionIndex) -> bool:
    return (
        disposition.became in ("split", "merged")
        and all(id in old.measures and id not in new.measures for id in disposition.measures)
        and all(id in new.measures for id in disposition.into)
    )


def _teller(disposition: Disposition) -> str:
    """Returns the id of the change: the measure that was split, or the one that was made."""
    return (disposition.measures if disposition.became == "split" else disposition.into)[0]


def _entry(side: EditionIndex, id: str) -> dict[str, DetailValue]:
    place = side.measures[id]
    return {
        "id": id,
        "number": place.number,
        "text": place.text,
        "citation": place.citation,
        "parent": place.parent,
        "index": place.index,
        "clauses": clauses_json(side.records.measures[id], side.names),
    }
