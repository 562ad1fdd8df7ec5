"""What the editions before say of each measure, and what became of those that are gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.plan import Disposition, Id, Ministry, Revision
from kihonkeikaku.rendering.html.catalogue import plain_text

if TYPE_CHECKING:
    from kihonkeikaku.diff.redline import Redline


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition, numbered, and what it says became of the measures of the one before."""

    document: Document
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class EditionName:
    """An edition as pages name it; ``date`` is in the Japanese calendar."""

    id: str
    title: str
    label: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A measure in one edition.

    ``marks`` is its text with what differs from the version before struck out and put in, or
    without marks where there is none before. ``renumbered`` holds its number before, if another.
    """

    edition: EditionName
    number: str
    marks: "Redline"
    first: bool
    renumbered: str | None

    @property
    def changed(self) -> bool:
        """Whether the text or the ministries are not as they were."""
        return any(op != "=" for op, _ in self.marks)


@dataclass(frozen=True, slots=True)
class Named:
    """A measure that another one came from or went into."""

    id: Id
    text: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of measures, by the edition that says so: from where, into what, and why."""

    edition: EditionName
    became: str
    measures: tuple[Named, ...]
    into: tuple[Named, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Biography:
    """A measure through the editions that have it, oldest first.

    ``origins`` tell of the measures that it was made from; ``fate`` of what became of it.
    """

    versions: tuple[Version, ...]
    origins: tuple[Fate, ...] = ()
    fate: Fate | None = None


class History:
    """All editions of a plan up to this one."""

    def __init__(self, earlier: tuple[EditionRecord, ...], present: EditionRecord) -> None:
        self._editions = (*earlier, present)
        self._items = [edition.document.originals() for edition in self._editions]
        self._names = [_name(edition.document) for edition in self._editions]
        self._texts = {id: plain_text(item) for items in self._items for id, item in items.items()}
        self._fates: dict[Id, Fate] = {}
        self._origins: dict[Id, list[Fate]] = {}
        for index, edition in enumerate(self._editions):
            self._enter_dispositions(self._names[index], edition.revision)

    def tells_of(self, measure: Id) -> bool:
        """Whether there is more to tell of a measure than what this edition says."""
        earlier = any(measure in items for items in self._items[:-1])
        return earlier or measure in self._origins or measure in self._fates

    def of(self, measure: Id) -> Biography:
        """Returns the biography of a measure, gone or not."""
        return Biography(
            versions=tuple(self._versions(measure)),
            origins=tuple(self._origins.get(measure, ())),
            fate=self._fates.get(measure),
        )

    def gone_measures(self) -> Iterator[tuple[Id, NumberedMeasure]]:
        """Yields the measures that this edition no longer has, as they were printed last."""
        present = self._items[-1]
        last = {id: item for items in self._items for id, item in items.items()}
        yield from ((id, item) for id, item in last.items() if id not in present)

    def gone_ministries(self) -> Iterator[tuple[Ministry, EditionName]]:
        """Yields ministries that this edition doesn't register, and the last edition that did."""
        present = {ministry.id for ministry in self._editions[-1].document.ministries}
        last: dict[Id, tuple[Ministry, EditionName]] = {}
        for edition, name in zip(self._editions, self._names, strict=True):
            for ministry in edition.document.ministries:
                last[ministry.id] = (ministry, name)
        yield from (found for id, found in last.items() if id not in present)

    def _versions(self, measure: Id) -> Iterator[Version]:
        found = [
            (name, items[measure])
            for name, items in zip(self._names, self._items, strict=True)
            if measure in items
        ]
        name, item = found[0]
        yield Version(name, item.number, (("=", printed(item)),), first=True, renumbered=None)
        if len(found) == 1:
            return  # nothing to compare, and so nothing that compares to be loaded
        from kihonkeikaku.diff.redline import item_redline  # noqa: PLC0415

        for (_, before), (name, item) in pairwise(found):
            renumbered = before.number if before.number != item.number else None
            marks = item_redline(before, item)
            yield Version(name, item.number, marks, first=False, renumbered=renumbered)

    def _enter_dispositions(self, name: EditionName, revision: Revision | None) -> None:
        for disposition in revision.dispositions if revision else ():
            fate = self._fate(name, disposition)
            self._fates |= dict.fromkeys(disposition.measures, fate)
            for made in disposition.into:
                self._origins.setdefault(made, []).append(fate)

    def _fate(self, name: EditionName, disposition: Disposition) -> Fate:
        return Fate(
            edition=name,
            became=disposition.became,
            measures=self._named(disposition.measures),
            into=self._named(disposition.into),
            reason=disposition.reason,
        )

    def _named(self, ids: tuple[Id, ...]) -> tuple[Named, ...]:
        return tuple(Named(id, self._texts[id]) for id in ids if id in self._texts)


def printed(item: NumberedMeasure) -> str:
    """Returns a measure as it is printed, 【】 included, without its number."""
    return item.text.removeprefix(item.label)


def _name(document: Document) -> EditionName:
    edition = document.head.edition
    return EditionName(edition.id, document.book_title, edition.label, document.date_line)
