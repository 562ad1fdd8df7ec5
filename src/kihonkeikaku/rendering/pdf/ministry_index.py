"""府省庁別索引: which measures each ministry has, as the back of the book lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kihonkeikaku.model.document import Document, NumberedClause, NumberedMeasure, inline_text
from kihonkeikaku.model.plan import Ministry

_WIDTH: Final = 33.0
"""How wide a measure's text may be here, in em: an entry is one line, whatever its page number."""

_CUT: Final = "…"
_NOT_BEFORE_CUT: Final = "、。・（「『【〔 　" + _CUT


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure of a ministry: what it is, and the anchor of the place where it stands."""

    number: str
    text: str
    lead: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A ministry and its measures: those that it leads first, each kind in order of print."""

    ministry: Ministry
    entries: tuple[Entry, ...]


def ministry_index(document: Document) -> tuple[Listed, ...]:
    """Returns the ministries that have measures, in the register's order."""
    entries: dict[str, list[Entry]] = {ministry.id: [] for ministry in document.ministries}
    for item in document.measures():
        if not item.reprint:
            for ministry in _ministries(item.clauses):
                entries[ministry].append(_entry(item, ministry))
    return tuple(
        Listed(ministry, tuple(sorted(entries[ministry.id], key=lambda entry: not entry.lead)))
        for ministry in document.ministries
        if entries[ministry.id]
    )


def _ministries(clauses: tuple[NumberedClause, ...]) -> dict[str, bool]:
    """Returns the ids of some clauses' ministries, and whether each leads one of them."""
    leads: dict[str, bool] = {}
    for clause in clauses:
        for assigned in clause.assignments:
            leads[assigned.ministry.id] = leads.get(assigned.ministry.id, False) or assigned.lead
    return leads


def _entry(item: NumberedMeasure, ministry: str) -> Entry:
    text = shortened(_share(item.clauses, ministry), _WIDTH)
    return Entry(item.number, text, _ministries(item.clauses)[ministry], item.anchor)


def _share(clauses: tuple[NumberedClause, ...], ministry: str) -> str:
    """Returns the clauses that are a ministry's, 「…」 in place of those of others."""
    text = ""
    for own, run in groupby(clauses, key=lambda clause: ministry in _ministries((clause,))):
        said = "".join(inline_text(clause.inlines) for clause in run)
        # What separates a clause from the one before goes with that one.
        text += (said.lstrip("、") if text else said) if own else _CUT
    return text


def shortened(text: str, width: float) -> str:
    """Returns ``text``, cut with 「…」 where it is wider than ``width`` em."""
    widths = list(_running_widths(text))
    if not widths or widths[-1] <= width:
        return text
    kept = sum(running <= width - 1 for running in widths)
    return text[:kept].rstrip(_NOT_BEFORE_CUT) + _CUT


def _running_widths(text: str) -> Iterator[float]:
    total = 0.0
    for character in text:
        total += _width(character)
        yield total


def _width(character: str) -> float:
    """Returns a character's width in the vendored fonts, in em, or a little more."""
    if "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0100":
        return 0  # a variation selector
    return 0.5 if character < "\u0100" else 1
