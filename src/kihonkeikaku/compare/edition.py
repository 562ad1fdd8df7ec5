"""What the edition says of itself: title, stage, legal basis, publication."""

from collections.abc import Iterator

from kihonkeikaku.compare.change import Change
from kihonkeikaku.compare.fields import changed_fields
from kihonkeikaku.compare.side import Side


def edition_changes(old: Side, new: Side) -> Iterator[Change]:
    """Yields one ``metadata-changed`` for each field that differs."""
    id = new.head.edition.id
    before, after = old.records.edition, new.records.edition
    for field in changed_fields({id: before}, {id: after}).get(id, ()):
        detail = {"field": field, "old": before[field], "new": after[field]}
        yield Change("metadata-changed", "edition", id, None, old.edition(), new.edition(), detail)
