"""Numbers that changed though nothing else did."""

from collections.abc import Collection, Iterator, Mapping

from kihonkeikaku.compare.causes import Causes
from kihonkeikaku.compare.change import Change, Spot
from kihonkeikaku.compare.records import Placed
from kihonkeikaku.compare.side import Side


def section_renumberings(
    old: Side, new: Side, causes: Causes, changes: Collection[Change]
) -> Iterator[Change]:
    """Yields ``renumbered`` for chapters and sections that ``changes`` doesn't name."""
    changed = {change.id for change in changes if change.type == "section"}
    for id, after in new.sections.items():
        before = old.sections.get(id)
        if before and id not in changed and before.number != after.number:
            because = causes.of_section(id)
            yield Change("renumbered", "section", id, after.parent, before, after, {}, because)


def item_renumberings(
    old: Side, new: Side, pairs: Mapping[Spot, Spot], causes: Causes, changes: Collection[Change]
) -> Iterator[Change]:
    """Yields ``renumbered`` for measures that ``changes`` doesn't name, and for reprints.

    ``pairs`` leads from the old to the new spot of every item that both editions have. A measure
    and its reprints have numbers of their own, and either may change without the other.
    """
    measures = [change for change in changes if change.type == "measure"]
    changed = {change.id for change in measures if not change.kind.startswith("reprint-")}
    shifted = {c.new.spot for c in measures if c.kind == "reprint-moved" and c.new}
    for spot, there in pairs.items():
        item = new.item(there)
        named = there in shifted if item.reprint else item.measure in changed
        if not named and old.items[spot].number != new.items[there].number:
            yield _renumbered(item, old, new, (spot, there), causes)


def _renumbered(
    item: Placed, old: Side, new: Side, pair: tuple[Spot, Spot], causes: Causes
) -> Change:
    before, after = old.items[pair[0]], new.items[pair[1]]
    detail = {"reprint": True} if item.reprint else {}
    because = causes.of_item(*pair)
    return Change(
        "renumbered", "measure", item.measure, after.parent, before, after, detail, because
    )
