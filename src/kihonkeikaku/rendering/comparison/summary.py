"""What stands before a 新旧対照表: figures, and what to read first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kihonkeikaku.diff.change import (
    KIND_NAMES,
    WEIGHT_NAMES,
    WEIGHTS,
    Change,
    ChangeKind,
    PrintedPlace,
)
from kihonkeikaku.diff.change_anchors import ChangeAnchors
from kihonkeikaku.diff.change_description import (
    ELEMENT_NAMES,
    ChangeDescriber,
    change_reason,
    describe_marks,
    excerpt,
    footnote_redlines,
    kind_name,
)
from kihonkeikaku.diff.comparison import ComparisonResult
from kihonkeikaku.diff.ministry_filter import ConcernedMinistries
from kihonkeikaku.diff.redline import Redline
from kihonkeikaku.diff.significance.classifier import Assessment
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.comparison.table import ComparisonTable

NamedCounts = tuple[tuple[str, int], ...]
"""Names, and how many changes belong to each."""

_MOST_FIRST: Final = 10
"""At most so many entries are listed as what to read first: a reader has ten minutes."""

_SUMMARY_LENGTH: Final = 60
"""So many characters of a text name it in the summary."""

_URGENCY: Final[tuple[ChangeKind, ...]] = (
    "removed",
    "lead-changed",
    "merged",
    "split",
    "ministry-succeeded",
    "clauses-changed",
    "added",
    "reworded",
    "retitled",
    "moved",
    "assignment-removed",
    "assignment-added",
    "metadata-changed",
)
"""What is read first, among changes of substance without a mark."""


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """One change in a sentence: its place, the text that changed (its beginning), and how.

    ``row`` is the number of the row that shows it; None where the view leaves that row out.
    ``anchor`` is its permanent address on the page.
    """

    place: str
    text: str
    kind: str
    particulars: str
    weight: str
    marks: tuple[str, ...]
    noise: bool
    reason: str | None
    row: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class SummaryGroup:
    """The entries under one heading."""

    heading: str
    entries: tuple[SummaryEntry, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of the changes that are shown, what to read first, and all of them.

    ``numbers`` are old number, new number and text of what was only renumbered.
    """

    count: int
    kinds: NamedCounts
    weights: NamedCounts
    ministries: NamedCounts
    chapters: NamedCounts
    first: tuple[SummaryEntry, ...]
    groups: tuple[SummaryGroup, ...]
    numbers: tuple[tuple[str, str, str], ...]


def summarize(result: ComparisonResult, table: ComparisonTable) -> Summary:
    """Returns the summary of a comparison, with the rows of this table to refer to."""
    shown = result.shown
    describer = ChangeDescriber(result.old, result.new)
    assessments = {id(change): result.classifier.assess(change) for change in shown.changes}
    writer = _EntryWriter(
        describer,
        assessments,
        _row_numbers(table),
        ChangeAnchors(result.comparison),
        table.options.old_label,
    )
    own = [change for change in shown.changes if change.kind != "renumbered"]
    weights = Counter(assessment.weight for assessment in assessments.values())
    return Summary(
        count=len(shown.changes),
        kinds=tuple((KIND_NAMES[kind], count) for kind, count in shown.summary.items()),
        weights=tuple((WEIGHT_NAMES[w], weights[w]) for w in WEIGHTS if w in weights),
        ministries=_count_by_ministry(shown.changes, result),
        chapters=_count_by_chapter(shown.changes, result),
        first=tuple(writer.write(change) for change in _most_urgent(own, assessments)),
        groups=tuple(writer.groups(own)),
        numbers=tuple(_renumberings(shown.changes)),
    )


def _row_numbers(table: ComparisonTable) -> Mapping[int, int]:
    rows = enumerate(table.all_rows, start=1)
    return {id(change): number for number, row in rows for change in row.changes}


class _EntryWriter:
    """Writes entries."""

    def __init__(
        self,
        describer: ChangeDescriber,
        assessments: Mapping[int, Assessment],
        rows: Mapping[int, int],
        anchors: ChangeAnchors,
        old_label: str,
    ) -> None:
        self._describer, self._assessments, self._rows = describer, assessments, rows
        self._anchors = anchors
        self._old_label = old_label

    def write(self, change: Change) -> SummaryEntry:
        place = change.new or change.old
        assert place, "a change stands somewhere"
        assessment = self._assessments[id(change)]
        return SummaryEntry(
            place=self._place(change, place),
            text=excerpt(place.text, _SUMMARY_LENGTH),
            kind=kind_name(change),
            particulars=self._particulars(change),
            weight=WEIGHT_NAMES[assessment.weight],
            marks=tuple(self._mark(mark) for mark in describe_marks(assessment)),
            noise=assessment.noise,
            reason=change_reason(change),
            row=self._rows.get(id(change)),
            anchor=self._anchors.of(change),
        )

    def groups(self, changes: Iterable[Change]) -> Iterator[SummaryGroup]:
        by_heading: dict[str, list[SummaryEntry]] = {}
        for change in changes:
            by_heading.setdefault(self._describer.group_name(change), []).append(self.write(change))
        yield from (
            SummaryGroup(heading, tuple(entries)) for heading, entries in by_heading.items()
        )

    def _place(self, change: Change, place: PrintedPlace) -> str:
        """Returns where to look; of the old edition, since the new one may have the number too."""
        if change.type in ("edition", "ministry"):
            return ELEMENT_NAMES[change.type]
        return place.citation if change.new else f"{self._old_label}の{place.citation}"

    def _particulars(self, change: Change) -> str:
        """Returns what there is to say briefly: the table shows whole texts."""
        long = ("split", "merged", "clauses-changed")
        said = "" if change.kind in long else self._describer.describe(change)
        notes = (_describe_footnote(marks) for marks in footnote_redlines(change))
        return "　".join(filter(None, (said, *notes)))

    def _mark(self, mark: tuple[str, str]) -> str:
        name, words = mark
        return f"{name}（{words}）" if words else name


def _describe_footnote(marks: Redline) -> str:
    old, new = ("".join(text for op, text in marks if op != left_out) for left_out in "+-")
    return "注：" + "→".join(f"「{text}」" if text else "なし" for text in (old, new))


def _most_urgent(changes: list[Change], assessments: Mapping[int, Assessment]) -> list[Change]:
    """Returns the most urgent changes, those with marks before the others.

    What stands in a section that came or went as a whole is left to that section.
    """
    whole = {c.id for c in changes if c.type == "section" and c.kind in ("added", "removed")}
    weighty = [
        change
        for change in changes
        if assessments[id(change)].weight == "substance"
        and not (change.kind in ("added", "removed") and change.section in whole)
    ]
    urgency = {kind: rank for rank, kind in enumerate(_URGENCY)}

    def rank(change: Change) -> tuple[bool, int]:
        return not assessments[id(change)].marks, urgency.get(change.kind, len(urgency))

    return sorted(weighty, key=rank)[:_MOST_FIRST]


def _count_by_ministry(changes: Iterable[Change], result: ComparisonResult) -> NamedCounts:
    concerns = ConcernedMinistries(result.old, result.new)
    counts = Counter(
        ministry
        for change in changes
        if change.type in ("measure", "ministry") and change.kind != "renumbered"
        for ministry in concerns.find(change)
    )
    register = (*result.new.ministries, *result.old.ministries)
    names = {ministry.id: ministry.name for ministry in reversed(register)}
    order = dict.fromkeys(ministry.id for ministry in register)
    return tuple((names[id], counts[id]) for id in order if id in counts)


def _count_by_chapter(changes: Iterable[Change], result: ComparisonResult) -> NamedCounts:
    chapters = dict(_chapter_names(result.old)) | dict(_chapter_names(result.new))
    counts = Counter(_chapter_name(change, chapters) for change in changes)
    order = dict.fromkeys((*ELEMENT_NAMES.values(), *(chapters.values())))
    return tuple((name, counts[name]) for name in order if name in counts)


def _chapter_name(change: Change, chapters: Mapping[str, str]) -> str:
    if change.type in ("edition", "ministry"):
        return ELEMENT_NAMES[change.type]
    return chapters[(change.id if change.type == "section" else change.section) or ""]


def _chapter_names(document: Document) -> Iterator[tuple[str, str]]:
    """Yields each heading's id with the number, or else the title, of its chapter."""
    chapter = ""
    for heading in document.headings():
        if heading.level == 1:
            chapter = heading.citation
        yield heading.id, chapter


def _renumberings(changes: Iterable[Change]) -> Iterator[tuple[str, str, str]]:
    for change in changes:
        if change.kind == "renumbered" and change.old and change.new:
            yield change.new.number or "", change.old.number or "", change.new.text
