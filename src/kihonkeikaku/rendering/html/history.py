"""The editions before: the history of each measure, and the pages of what this edition retired."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.inlines import FootnoteRun, inline_text
from kihonkeikaku.model.plan import OUTCOME_NAMES, Disposition, Ministry
from kihonkeikaku.model.values import Id
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import measure_text
from kihonkeikaku.rendering.html.layout import Frame, Page, fill_page

if TYPE_CHECKING:
    from kihonkeikaku.diff.redline import Redline


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition, numbered, with its dispositions of measures of the edition before."""

    document: Document
    revision: tuple[Disposition, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionName:
    """An edition as pages name it; ``date`` is in the Japanese calendar."""

    id: str
    title: str
    label: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class MeasureVersion:
    """A measure in one edition.

    ``marks`` is its text as a redline against the version before, or without marks where there is
    none before; ``footnotes`` are redlines of the footnotes whose words changed, ``paragraphs``
    those of the paragraphs below the text that changed. ``renumbered`` holds its number before, if
    another.
    """

    edition: EditionName
    number: str
    marks: "Redline"
    first: bool
    renumbered: str | None
    footnotes: "tuple[Redline, ...]" = ()
    paragraphs: "tuple[Redline, ...]" = ()

    @property
    def changed(self) -> bool:
        """Whether its text, footnotes, paragraphs or ministries differ from the version before."""
        of_text = any(operation != "=" for operation, _ in self.marks)
        return of_text or bool(self.footnotes or self.paragraphs)


@dataclass(frozen=True, slots=True)
class RelatedMeasure:
    """A measure that another one was made from or went into."""

    id: Id
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A disposition as pages show it: which measures were retired, how, into what, and why."""

    edition: EditionName
    kind: str
    measures: tuple[RelatedMeasure, ...]
    into: tuple[RelatedMeasure, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """A measure through the editions that have it, oldest first.

    ``origins`` are the dispositions that it was made by, ``outcome`` the one that retired it.
    """

    versions: tuple[MeasureVersion, ...]
    origins: tuple[Outcome, ...] = ()
    outcome: Outcome | None = None


class History:
    """All editions of a plan up to this one."""

    def __init__(self, earlier: tuple[EditionRecord, ...], present: EditionRecord) -> None:
        self._editions = (*earlier, present)
        self._measures = [edition.document.originals() for edition in self._editions]
        self._names = [_edition_name(edition.document) for edition in self._editions]
        self._texts = {
            id: measure_text(measure)
            for measures in self._measures
            for id, measure in measures.items()
        }
        self._outcomes: dict[Id, Outcome] = {}
        self._origins: dict[Id, list[Outcome]] = {}
        for name, edition in zip(self._names, self._editions, strict=True):
            self._add_dispositions(name, edition.revision)

    def of_measure(self, measure: Id) -> MeasureHistory | None:
        """Returns the history of a measure, retired or not; None if only this edition has it."""
        earlier = any(measure in measures for measures in self._measures[:-1])
        if not earlier and measure not in self._origins and measure not in self._outcomes:
            return None
        return MeasureHistory(
            versions=tuple(self._versions(measure)),
            origins=tuple(self._origins.get(measure, ())),
            outcome=self._outcomes.get(measure),
        )

    def retired_measures(self) -> Iterator[tuple[Id, NumberedMeasure]]:
        """Yields the measures that this edition no longer has, as they were printed last."""
        present = self._measures[-1]
        last = {id: measure for measures in self._measures for id, measure in measures.items()}
        yield from ((id, measure) for id, measure in last.items() if id not in present)

    def retired_ministries(self) -> Iterator[tuple[Ministry, EditionName]]:
        """Yields ministries that this edition doesn't register, and the last edition that did."""
        present = {ministry.id for ministry in self._editions[-1].document.ministries}
        last: dict[Id, tuple[Ministry, EditionName]] = {}
        for edition, name in zip(self._editions, self._names, strict=True):
            for ministry in edition.document.ministries:
                last[ministry.id] = (ministry, name)
        yield from (found for id, found in last.items() if id not in present)

    def _versions(self, id: Id) -> Iterator[MeasureVersion]:
        found = [
            (name, measures[id])
            for name, measures in zip(self._names, self._measures, strict=True)
            if id in measures
        ]
        name, measure = found[0]
        marks: Redline = (("=", _printed_text(measure)),)
        yield MeasureVersion(name, measure.number, marks, first=True, renumbered=None)
        if len(found) == 1:
            return
        # Late: most builds compare nothing.
        from kihonkeikaku.diff.redline import redline_measure, redline_measure_footnotes  # noqa: PLC0415 # only a history needs a comparison

        for (_, before), (name, measure) in pairwise(found):
            renumbered = before.number if before.number != measure.number else None
            marks = redline_measure(before, measure)
            yield MeasureVersion(
                name,
                measure.number,
                marks,
                first=False,
                renumbered=renumbered,
                footnotes=redline_measure_footnotes(before, measure),
                paragraphs=tuple(_redline_paragraphs(before, measure)),
            )

    def _add_dispositions(self, name: EditionName, revision: tuple[Disposition, ...]) -> None:
        """Adds what became of measures; those that became the same measures, as one outcome."""
        alike: dict[tuple[object, ...], list[Disposition]] = {}
        for one in revision:
            if one.became:
                alike.setdefault((one.became, one.into or one.id), []).append(one)
        for together in alike.values():
            outcome = self._make_outcome(name, together)
            self._outcomes |= dict.fromkeys((one.id for one in together), outcome)
            for successor in together[0].into:
                self._origins.setdefault(successor, []).append(outcome)
        for one in revision:
            if one.came_from:
                self._origins.setdefault(one.id, []).append(self._make_split_off(name, one))

    def _make_split_off(self, name: EditionName, one: Disposition) -> Outcome:
        """Returns how a measure came from others that stay."""
        origins, own = self._related(one.came_from), self._related((one.id,))
        return Outcome(name, OUTCOME_NAMES["split"], origins, own, one.reason)

    def _make_outcome(self, name: EditionName, together: list[Disposition]) -> Outcome:
        first = together[0]
        assert first.became, "the others say only why"
        return Outcome(
            edition=name,
            kind=OUTCOME_NAMES[first.became],
            measures=self._related(tuple(one.id for one in together)),
            into=self._related(first.into),
            reason="。".join(dict.fromkeys(one.reason for one in together if one.reason)) or None,
        )

    def _related(self, ids: tuple[Id, ...]) -> tuple[RelatedMeasure, ...]:
        return tuple(RelatedMeasure(id, self._texts[id]) for id in ids if id in self._texts)


@dataclass(frozen=True, slots=True)
class RetiredMeasurePage(Page):
    """The page that keeps the address of a measure; ``printed`` is its text as printed last.

    ``notes`` are the footnotes whose marks stand in that text.
    """

    frame: Frame
    id: str
    text: str
    printed: str
    notes: tuple[FootnoteRun, ...]
    history: MeasureHistory

    @property
    def path(self) -> str:
        """The path below ``html/``."""
        return urls.measure_page(self.id)

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page("web/retired_measure.html.j2", self.frame, self.path, page=self)


@dataclass(frozen=True, slots=True)
class RetiredMinistryPage(Page):
    """The page that keeps the address of a ministry; ``edition`` is the last that had it."""

    frame: Frame
    ministry: Ministry
    edition: EditionName

    @property
    def path(self) -> str:
        """The path below ``html/``."""
        return urls.ministry_page(self.ministry.id)

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page("web/retired_ministry.html.j2", self.frame, self.path, page=self)


def retired_pages(frame: Frame, history: History) -> Iterator[Page]:
    """Yields the pages of measures and ministries that only earlier editions have."""
    for id, measure in history.retired_measures():
        of_measure = history.of_measure(id)
        assert of_measure, "an earlier edition has it"
        text, printed = measure_text(measure), _printed_text(measure)
        yield RetiredMeasurePage(frame, id, text, printed, _notes(measure), of_measure)
    for ministry, edition in history.retired_ministries():
        yield RetiredMinistryPage(frame, ministry, edition)


def _redline_paragraphs(before: NumberedMeasure, after: NumberedMeasure) -> "Iterator[Redline]":
    """Yields the paragraphs below a measure's text that changed.

    Those that were divided or joined without a word changed say the same.
    """
    from kihonkeikaku.diff.redline import redline_text  # noqa: PLC0415 # as in History

    sides = [paragraph.text for paragraph in before.body], [p.text for p in after.body]
    words = [[inline_text(p.inlines) for p in measure.body] for measure in (before, after)]
    for operation, i, k, j, m in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        if operation == "equal" or "".join(words[0][i:k]) == "".join(words[1][j:m]):
            continue
        for old, new in zip_longest(sides[0][i:k], sides[1][j:m], fillvalue=""):
            yield redline_text(old, new)


def _printed_text(measure: NumberedMeasure) -> str:
    """Returns a measure as printed, with 【】, without its number."""
    return measure.text.removeprefix(measure.label)


def _notes(measure: NumberedMeasure) -> tuple[FootnoteRun, ...]:
    """Returns the footnotes of a measure's text."""
    inlines = (inline for clause in measure.clauses for inline in clause.inlines)
    return tuple(inline for inline in inlines if isinstance(inline, FootnoteRun))


def _edition_name(document: Document) -> EditionName:
    edition = document.head.edition
    return EditionName(edition.id, document.book_title, edition.label, document.date_line)
