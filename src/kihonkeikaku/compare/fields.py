"""Which plain fields of things with an id differ."""

from collections.abc import Mapping

from kihonkeikaku.compare.records import Fields


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
