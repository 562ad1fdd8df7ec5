"""府省庁別索引: the measures of each ministry, as the index of a PDF lists them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.inlines import NumberedClause, text_without_notes
from kihonkeikaku.model.plan import Ministry

_WIDTH: Final = 33.0
"""How wide a measure's text may be, in em: an entry is one line, whatever its page number."""

_ELLIPSIS: Final = "…"
_NOT_BEFORE_ELLIPSIS: Final = "、。・（「『【〔 　" + _ELLIPSIS


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A measure of a ministry, and the anchor of the element that it links to."""

    number: str
    text: str
    lead: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexedMinistry:
    """A ministry and its measures: those that it leads first, each kind in order of print."""

    ministry: Ministry
    entries: tuple[IndexEntry, ...]


def index_ministries(document: Document) -> tuple[IndexedMinistry, ...]:
    """Returns the ministries that have measures, in the register's order."""
    entries: dict[str, list[IndexEntry]] = {ministry.id: [] for ministry in document.ministries}
    for measure in document.originals().values():
        for ministry, leads in _ministries(measure.bearing_clauses).items():
            entries[ministry].append(_entry(measure, ministry, leads))
    return tuple(
        IndexedMinistry(
            ministry, tuple(sorted(entries[ministry.id], key=lambda entry: not entry.lead))
        )
        for ministry in document.ministries
        if entries[ministry.id]
    )


def _ministries(clauses: tuple[NumberedClause, ...]) -> dict[str, bool]:
    """Returns the ids of some clauses' ministries, and whether each leads one of them."""
    leads: dict[str, bool] = {}
    for clause in clauses:
        for assignment in clause.assignments:
            id = assignment.ministry.id
            leads[id] = leads.get(id, False) or assignment.lead
    return leads


def _assigned(measure: NumberedMeasure) -> tuple[NumberedClause, ...]:
    """Returns a measure's clauses, and its items that name ministries."""
    items = measure.bearing_clauses[len(measure.clauses) :]
    return (*measure.clauses, *(clause for clause in items if clause.assignments))


def _entry(measure: NumberedMeasure, ministry: str, lead: bool) -> IndexEntry:
    text = shorten(_own_text(_assigned(measure), ministry), _WIDTH)
    return IndexEntry(measure.number, text, lead, measure.anchor)


def _own_text(clauses: tuple[NumberedClause, ...], ministry: str) -> str:
    """Returns the text of a ministry's clauses, with 「…」 in place of the clauses of others."""
    text = ""
    for own, run in groupby(clauses, key=lambda clause: ministry in _ministries((clause,))):
        clauses_text = "".join(text_without_notes(clause.inlines) for clause in run)
        # The mark between two clauses goes with the one before.
        text += (clauses_text.lstrip("、") if text else clauses_text) if own else _ELLIPSIS
    return text


def shorten(text: str, width: float) -> str:
    """Returns ``text``, cut off with 「…」 where it is wider than ``width`` em."""
    widths = list(_running_widths(text))
    if not widths or widths[-1] <= width:
        return text
    kept = sum(running <= width - 1 for running in widths)
    return text[:kept].rstrip(_NOT_BEFORE_ELLIPSIS) + _ELLIPSIS


def _running_widths(text: str) -> Iterator[float]:
    total = 0.0
    for character in text:
        total += _width(character)
        yield total


def _width(character: str) -> float:
    """Returns a character's width in the packaged fonts, in em, or a little more."""
    if unicodedata.category(character).startswith("M"):
        return 0  # it belongs to the character before, and is never cut from it
    return 0.5 if character < "\u0100" else 1
