"""The changes of a comparison that concern one ministry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kihonkeikaku.diff.change import Change, Comparison
from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.document import Document, NumberedHeading
from kihonkeikaku.model.inlines import LEAD_MARK
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class MinistryView:
    """The changes that concern one ministry, and the number of the other ones."""

    ministry: Ministry
    changes: tuple[Change, ...]
    left_out: int

    @property
    def statement(self) -> str:
        """The note in a report that it is limited."""
        return (
            f"「{self.ministry.name}」に関わる変更{len(self.changes)}件だけを示しています"
            "（部局、前身の府省庁、「関係省庁」などの総称が担うものを含む）。"
            f"ほかの変更{self.left_out}件は示していません。"
        )


def filter_by_ministry(
    comparison: Comparison, old: Document, new: Document, name: str
) -> MinistryView:
    """Returns the changes that concern a ministry, its offices and predecessors, or a collective.

    Args:
        comparison: all changes.
        old: the old edition, numbered.
        new: the new edition, numbered.
        name: the ministry's printed name, full name or id, in either edition.

    Raises:
        CommandError: neither edition has such a ministry.
    """
    ministry = _find_ministry((*new.ministries, *old.ministries), name)
    related_ids = related_in_either(old, new, ministry.id)
    concerns = ConcernedMinistries(old, new)
    shown = tuple(c for c in comparison.changes if concerns.find(c) & related_ids)
    return MinistryView(ministry, shown, len(comparison.changes) - len(shown))


def related_ministries(document: Document, name: str) -> frozenset[str]:
    """Returns the ids of a ministry, its offices and predecessors, and of all collectives.

    Args:
        document: the plan.
        name: the ministry's printed name, full name or id.

    Raises:
        CommandError: the plan has no such ministry.
    """
    ministry = _find_ministry(document.ministries, name, "この計画に")
    collectives = {entry.id for entry in document.ministries if entry.collective}
    return frozenset(_family(ministry.id, document.ministries)) | collectives


def related_in_either(old: Document, new: Document, id: str) -> frozenset[str]:
    """Returns a ministry, its offices and predecessors, and all collectives of two editions."""
    register = (*old.ministries, *new.ministries)
    collectives = (entry.id for entry in register if entry.collective)
    return frozenset((*_family(id, register), *collectives))


class ConcernedMinistries:
    """Finds the ministries that a change concerns: those of its measures in either edition."""

    def __init__(self, old: Document, new: Document) -> None:
        self._measures: dict[str, frozenset[str]] = {}
        self._sections: dict[str, frozenset[str]] = {}
        self._leads: dict[str, frozenset[str]] = {}
        for document in (old, new):
            for measure in document.measures():
                clauses = (*measure.clauses, *(line.clause for line in measure.body))
                assigned = [a for clause in clauses for a in clause.assignments]
                _add(self._measures, measure.measure, (a.ministry.id for a in assigned))
                leads = (a.ministry.id for a in assigned if a.lead)
                _add(self._leads, measure.measure, leads)
            for chapter in document.chapters:
                self._add_heading(chapter)

    def find(self, change: Change) -> frozenset[str]:
        """Returns the ids of the ministries that a change concerns; none for prose."""
        match change.type:
            case "ministry":
                return frozenset(_of_ministry(change))
            case "measure":
                ids = (change.id, *_restructured_measures(change))
                return frozenset(m for id in ids for m in self._measures.get(id or "", ()))
            case "section":
                return self._sections.get(change.id or "", frozenset())
            case "paragraph":
                place = change.new or change.old
                return self._measures.get((place and place.parent) or "", frozenset())
        return frozenset()

    def find_leads(self, change: Change) -> frozenset[str]:
        """Returns the ids of the ministries that lead what a change is about, in either edition."""
        if change.type == "ministry":
            return self.find(change)
        place = change.new or change.old
        parent = (place and place.parent) if change.type == "paragraph" else None
        ids = (change.id, parent, *_restructured_measures(change))
        return frozenset(lead for id in ids for lead in self._leads.get(id or "", ()))

    def _add_heading(self, heading: NumberedHeading) -> frozenset[str]:
        """Adds the ministries of the measures under a heading; returns those of this edition."""
        below = {m for section in heading.sections for m in self._add_heading(section)}
        below |= {m for measure in heading.measures for m in self._measures[measure.measure]}
        _add(self._sections, heading.id, below)
        return frozenset(below)


class MinistryNames:
    """The ministries that a change concerns as reports name them: ◎ before those that lead."""

    def __init__(self, old: Document, new: Document) -> None:
        self._concerns = ConcernedMinistries(old, new)
        register = (*new.ministries, *old.ministries)
        self._names = {ministry.id: ministry.name for ministry in reversed(register)}
        self._order = tuple(dict.fromkeys(ministry.id for ministry in register))

    def of_change(self, change: Change) -> tuple[str, ...]:
        """Returns the names, those that lead first, then in the order of the register."""
        leads, concerned = self._concerns.find_leads(change), self._concerns.find(change)
        if change.type == "section":  # it would name nearly all
            return ()
        return (
            *(f"{LEAD_MARK}{self._names[id]}" for id in self._order if id in leads),
            *(self._names[id] for id in self._order if id in concerned - leads),
        )


def _add(found: dict[str, frozenset[str]], id: str, ministries: Iterable[str]) -> None:
    found[id] = found.get(id, frozenset()) | frozenset(ministries)


def _of_ministry(change: Change) -> Iterator[str]:
    detail: Any = change.detail
    yield change.id or ""
    if change.kind == "ministry-succeeded":
        yield from (predecessor["id"] for predecessor in detail["from"])


def _restructured_measures(change: Change) -> Iterator[str]:
    detail: Any = change.detail
    if change.kind in ("split", "merged") and change.type == "measure":
        yield from (entry["id"] for side in ("from", "into") for entry in detail[side])


def _find_ministry(
    register: Iterable[Ministry], name: str, where: str = "どちらの版にも"
) -> Ministry:
    names: dict[str, Ministry] = {}
    for ministry in register:
        for alias in filter(None, (ministry.name, ministry.full_name, ministry.id)):
            names.setdefault(alias, ministry)
    if name in names:
        return names[name]
    hint = did_you_mean(name, names, "ministries.yaml の name を確かめてください。")
    raise CommandError(f"府省庁「{name}」は、{where}ありません。{hint}")


def _family(id: str, register: Iterable[Ministry]) -> Iterator[str]:
    """Yields a ministry, its offices down to the smallest, and those that any of them succeeds."""
    related: Mapping[str, list[str]] = _relations(register)
    pending, seen = [id], set[str]()
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            yield one
            pending.extend(related.get(one, ()))


def _relations(register: Iterable[Ministry]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ministry in register:
        if ministry.parent:
            found.setdefault(ministry.parent, []).append(ministry.id)
        found.setdefault(ministry.id, []).extend(ministry.succeeds)
    return found
