"""What the edition says of itself: title, stage, legal basis, publication."""

from collections.abc import Iterator, Mapping

from kihonkeikaku.diff.change import Change
from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.records import Fields


def edition_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yields one ``metadata-changed`` for each field that differs."""
    id = new.head.edition.id
    before, after = old.records.edition, new.records.edition
    for field in changed_fields({id: before}, {id: after}).get(id, ()):
        detail = {"field": field, "old": before[field], "new": after[field]}
        yield Change("metadata-changed", "edition", id, None, old.edition(), new.edition(), detail)


def changed_fields(
    old: Mapping[str, Fields], new: Mapping[str, Fields]
) -> dict[str, tuple[str, ...]]:
    """Returns the names of the fields that differ, by the id of what both editions have.

    Things that are equal as a whole, which most are, never reach deepdiff.
    """
    unequal = [id for id in new if id in old and old[id] != new[id]]
    if not unequal:
        return {}
    from deepdiff import DeepDiff  # noqa: PLC0415 - costs 0.2 s, and most calls need none

    leaves = DeepDiff({id: old[id] for id in unequal}, {id: new[id] for id in unequal}, view="tree")
    found: dict[str, set[str]] = {}
    for levels in leaves.values():
        for level in levels:
            id, field, *_ = level.path(output_format="list")
            found.setdefault(id, set()).add(field)
    return {id: tuple(f for f in new[id] if f in found[id]) for id in unequal}
