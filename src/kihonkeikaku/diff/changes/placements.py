"""Where measures stand: items of sections that came, went or moved, reprints among them."""

from collections.abc import Iterator, Mapping

from kihonkeikaku.diff.change import Change, Detail, Json, Kind, Place, Spot
from kihonkeikaku.diff.changes.dispositions import Fates, disposition_json
from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.json_content import clauses_json
from kihonkeikaku.diff.moves import shifts
from kihonkeikaku.diff.records import Placed


def paired_items(old: Side, new: Side) -> dict[Spot, Spot]:
    """Returns where each item of the old edition stands in the new one, by spots.

    A measure pairs with itself. Its reprints pair with those in the same section, and what is
    left over in order of print.
    """
    pairs = {
        place.spot: new.measures[id].spot
        for id, place in old.measures.items()
        if id in new.measures
    }
    before, after = _reprints(old), _reprints(new)
    for measure, spots in before.items():
        pairs.update(_paired_reprints(spots, after.get(measure, [])))
    return pairs


def item_changes(
    old: Side, new: Side, pairs: Mapping[Spot, Spot], fates: Fates
) -> Iterator[Change]:
    """Yields what happened to the places of measures and reprints, but for their numbers.

    Measures whose coming or going a split or merger tells are left out.
    """
    yield from _shifts(old, new, pairs)
    yield from _gone(old, pairs, fates)
    yield from _come(new, pairs, fates)


def _reprints(side: Side) -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = {}
    for parent, items in side.records.items.items():
        for index, item in enumerate(items):
            if item.reprint:
                found.setdefault(item.measure, []).append((parent, index))
    return found


def _paired_reprints(old: list[Spot], new: list[Spot]) -> dict[Spot, Spot]:
    pairs: dict[Spot, Spot] = {}
    for section in dict.fromkeys(spot[0] for spot in old):
        stayed = [spot for spot in new if spot[0] == section]
        pairs.update(zip((s for s in old if s[0] == section), stayed, strict=False))
    taken = set(pairs.values())
    left = (spot for spot in new if spot not in taken)
    pairs.update(zip((spot for spot in old if spot not in pairs), left, strict=False))
    return pairs


def _shifts(old: Side, new: Side, pairs: Mapping[Spot, Spot]) -> Iterator[Change]:
    for spot, shift in shifts(pairs).items():
        item = old.item(spot)
        kind: Kind = "reprint-moved" if item.reprint else shift
        yield _change(kind, item, old.items[spot], new.items[pairs[spot]], {})


def _gone(old: Side, pairs: Mapping[Spot, Spot], fates: Fates) -> Iterator[Change]:
    for spot, place in old.items.items():
        item = old.item(spot)
        if spot in pairs or (item.measure in fates.told_by and not item.reprint):
            continue
        if item.reprint:
            yield _change("reprint-removed", item, place, None, {})
        else:
            told = disposition_json(fates.dispositions.get(item.measure))
            detail = {"disposition": told, "clauses": _clauses(old, item.measure)}
            yield _change("removed", item, place, None, detail)


def _come(new: Side, pairs: Mapping[Spot, Spot], fates: Fates) -> Iterator[Change]:
    kept = set(pairs.values())
    for spot, place in new.items.items():
        item = new.item(spot)
        if spot in kept or (item.measure in fates.told_by and not item.reprint):
            continue
        if item.reprint:
            yield _change("reprint-added", item, None, place, {})
        else:
            yield _change("added", item, None, place, {"clauses": _clauses(new, item.measure)})


def _clauses(side: Side, measure: str) -> Json:
    return clauses_json(side.records.measures[measure], side.names)


def _change(
    kind: Kind, item: Placed, old: Place | None, new: Place | None, detail: Detail
) -> Change:
    """Returns a change of an item; ``detail`` of a reprint names the section that lists it."""
    place = new or old
    assert place is not None
    if item.reprint:
        detail = {**detail, "section": place.parent}
    return Change(kind, "measure", item.measure, place.parent, old, new, detail)
