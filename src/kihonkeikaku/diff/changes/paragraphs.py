"""Paragraphs that came, went, moved, or read otherwise."""

from collections.abc import Iterator, Mapping

from kihonkeikaku.diff.change import Change, Detail, Kind, Spot
from kihonkeikaku.diff.edition_index import Side
from kihonkeikaku.diff.json_content import paragraph_json
from kihonkeikaku.diff.moves import shifts
from kihonkeikaku.diff.redline.redline import rewording


def paragraph_changes(old: Side, new: Side, pairs: Mapping[Spot, Spot]) -> Iterator[Change]:
    """Yields all changes of paragraphs, of sections and of measures alike.

    ``pairs`` leads from old to new spots of the paragraphs that both editions have.
    """
    yield from _comings_and_goings(old, new, pairs)
    for spot, kind in shifts(pairs).items():
        yield _change(kind, old, new, (spot, pairs[spot]), {})
    for pair in pairs.items():
        yield from _content_changes(old, new, pair)


def _comings_and_goings(old: Side, new: Side, pairs: Mapping[Spot, Spot]) -> Iterator[Change]:
    kept = set(pairs.values())
    for spot in new.paragraphs:
        if spot not in kept:
            detail = paragraph_json(new.paragraph(spot))
            yield _change("added", old, new, (None, spot), detail)
    for spot in old.paragraphs:
        if spot not in pairs:
            detail = paragraph_json(old.paragraph(spot))
            yield _change("removed", old, new, (spot, None), detail)


def _content_changes(old: Side, new: Side, pair: tuple[Spot, Spot]) -> Iterator[Change]:
    before, after = old.paragraph(pair[0]), new.paragraph(pair[1])
    if before.text != after.text:
        texts = old.paragraph_texts[pair[0]], new.paragraph_texts[pair[1]]
        yield _change("reworded", old, new, pair, rewording(*texts, after.text))
    for field in ("marker", "id"):
        values = {"old": getattr(before, field), "new": getattr(after, field)}
        if values["old"] != values["new"]:
            yield _change("attribute-changed", old, new, pair, {"field": field, **values})


def _change(
    kind: Kind, old: Side, new: Side, pair: tuple[Spot | None, Spot | None], detail: Detail
) -> Change:
    """Returns a change of a paragraph with its id: the new one, or else the old one, if any."""
    before = old.paragraphs[pair[0]] if pair[0] else None
    after = new.paragraphs[pair[1]] if pair[1] else None
    ids = [s.paragraph(spot).id for s, spot in ((new, pair[1]), (old, pair[0])) if spot]
    section = new.section_of(after) if after else old.section_of(before) if before else None
    id = next(filter(None, ids), None)
    return Change(kind, "paragraph", id, section, before, after, detail)
