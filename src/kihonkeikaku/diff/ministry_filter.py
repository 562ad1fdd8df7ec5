"""The part of a comparison that concerns one ministry."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kihonkeikaku.diff.change import Change, Comparison
from kihonkeikaku.errors import CommandError
from kihonkeikaku.model.document import Document, NumberedHeading
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.text.suggestions import did_you_mean


@dataclass(frozen=True, slots=True)
class MinistryView:
    """What a report shows of a comparison, and how many changes it leaves out."""

    ministry: Ministry
    changes: tuple[Change, ...]
    left_out: int

    @property
    def statement(self) -> str:
        """What the report says of itself."""
        return (
            f"「{self.ministry.name}」に関わる変更{len(self.changes)}件だけを示しています"
            "（部局、前身の府省庁、「関係省庁」などの総称が担うものを含む）。"
            f"ほかの変更{self.left_out}件は示していません。"
        )


def filter_by_ministry(
    comparison: Comparison, old: Document, new: Document, name: str
) -> MinistryView:
    """Returns what concerns a ministry, its offices, those that it succeeds, and the collectives.

    Args:
        comparison: all changes.
        old: the old edition, numbered.
        new: the new edition, numbered.
        name: the ministry's printed name, full name or id, in either edition.

    Raises:
        CommandError: neither edition has such a ministry.
    """
    register = {ministry.id: ministry for ministry in (*old.ministries, *new.ministries)}
    ministry = _named((*new.ministries, *old.ministries), name)
    asked = frozenset(_family(ministry.id, (*old.ministries, *new.ministries)))
    asked |= {id for id, entry in register.items() if entry.collective}
    concerns = ConcernedMinistries(old, new)
    shown = tuple(c for c in comparison.changes if concerns.find(c) & asked)
    return MinistryView(ministry, shown, len(comparison.changes) - len(shown))


class ConcernedMinistries:
    """Finds which ministries a change concerns: those that do what it is about, before or after."""

    def __init__(self, old: Document, new: Document) -> None:
        self._measures: dict[str, frozenset[str]] = {}
        self._sections: dict[str, frozenset[str]] = {}
        for document in (old, new):
            for item in document.measures():
                ids = (a.ministry.id for clause in item.clauses for a in clause.assignments)
                _add(self._measures, item.measure, ids)
            for chapter in document.chapters:
                self._enter(chapter)

    def find(self, change: Change) -> frozenset[str]:
        """Returns the ids of the ministries that a change concerns; none for prose."""
        match change.type:
            case "ministry":
                return frozenset(_of_ministry(change))
            case "measure":
                ids = (change.id, *_retold(change))
                return frozenset(m for id in ids for m in self._measures.get(id or "", ()))
            case "section":
                return self._sections.get(change.id or "", frozenset())
            case "paragraph":
                place = change.new or change.old
                return self._measures.get((place and place.parent) or "", frozenset())
        return frozenset()

    def _enter(self, heading: NumberedHeading) -> frozenset[str]:
        """Notes whose measures stand under a heading; returns those of this edition."""
        below = {m for section in heading.sections for m in self._enter(section)}
        below |= {m for item in heading.measures for m in self._measures[item.measure]}
        _add(self._sections, heading.id, below)
        return frozenset(below)


def _add(found: dict[str, frozenset[str]], id: str, ministries: Iterable[str]) -> None:
    found[id] = found.get(id, frozenset()) | frozenset(ministries)


def _of_ministry(change: Change) -> Iterator[str]:
    detail: Any = change.detail
    yield change.id or ""
    if change.kind == "ministry-succeeded":
        yield from (predecessor["id"] for predecessor in detail["from"])


def _retold(change: Change) -> Iterator[str]:
    detail: Any = change.detail
    if change.kind in ("split", "merged"):
        yield from (entry["id"] for side in ("from", "into") for entry in detail[side])


def _named(register: Iterable[Ministry], name: str) -> Ministry:
    names: dict[str, Ministry] = {}
    for ministry in register:
        for known in filter(None, (ministry.name, ministry.full_name, ministry.id)):
            names.setdefault(known, ministry)
    if name in names:
        return names[name]
    hint = did_you_mean(name, names, "ministries.yaml の name を確かめてください。")
    raise CommandError(f"府省庁「{name}」は、どちらの版にもありません。{hint}")


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
