"""Plan → ``Document``: the numbered tree that all outputs share.

The only place where numbers are made. A number is computed from the order of the elements and the
plan's outline, stored nowhere, and never used to match one edition with another.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kihonkeikaku.model.body_lines import BodyLine, LineMarker, body_lines
from kihonkeikaku.model.document import (
    Document,
    NumberedHeading,
    NumberedMeasure,
    NumberedParagraph,
)
from kihonkeikaku.model.inlines import (
    CellBreakRun,
    EmphasisRun,
    FootnoteRun,
    Inline,
    LinkRun,
    NumberedAssignment,
    NumberedClause,
    ReferenceRun,
    RubyRun,
    TextRun,
)
from kihonkeikaku.model.outline import ANNEX, ITEM, MEASURE, UNNUMBERED, OutlineKind
from kihonkeikaku.model.plan import Chapter, Clause, Heading, Measure, Plan, Reprint
from kihonkeikaku.model.values import (
    CellBreak,
    Emphasis,
    Footnote,
    Link,
    Ref,
    RubyText,
    RunModel,
    Runs,
)

_BRACKETS: Final[dict[LineMarker, tuple[str, str]]] = {
    "bullet": ("・", ""),
    "note": ("（※", "）"),
    "legend": ("【", "】"),
    "table-unit": ("（単位：", "）"),
    "figure-source": ("出典：", ""),
}
"""What each line of a body prints around its text; nothing where it isn't listed."""

_ANNEX_LABEL: Final = "別紙"


def number(plan: Plan) -> Document:
    """Numbers a plan that has passed validation.

    Raises:
        KeyError: a reference, placement or ministry does not exist; validation finds these.
    """
    numberer = _Numberer(plan, _Labels(plan))
    return Document(
        head=plan.head,
        chapters=tuple(numberer.chapter(chapter) for chapter in plan.chapters),
        ministries=plan.ministries,
    )


def chapter_kinds(plan: Plan) -> dict[str, OutlineKind]:
    """Returns the kind of each chapter by its id.

    An annex without a label prints 「別紙」, and its number where there are several.
    """
    annexes = sum(chapter.kind == ANNEX and not chapter.label for chapter in plan.chapters)
    implied = _ANNEX_LABEL + ("{1}" if annexes > 1 else "")
    kinds: dict[str, OutlineKind] = {}
    for chapter in plan.chapters:
        if chapter.kind == ANNEX:
            kinds[chapter.id] = OutlineKind(kind=ANNEX, label=chapter.label or implied)
        else:
            kinds[chapter.id] = plan.head.kinds[chapter.kind or plan.head.kinds.chapter.kind]
    return kinds


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What stands above an element: the whole number, its citation, and the bare number."""

    number: str = ""
    citation: str = ""
    bare: str = ""

    def below(self, label: str, name: str, bare: str) -> "_Numbers":
        """Returns what stands above the elements below one with this label."""
        return _Numbers(_join(self.number, label), _join(self.citation, name), bare or self.bare)


def _join(above: str, below: str) -> str:
    """Returns a number with that of an element below: 「第2の1.」 where digits would meet."""
    runs_together = above[-1:].isdecimal() and below[:1].isdecimal()
    return f"{above}の{below}" if runs_together else above + below


@dataclass(frozen=True, slots=True)
class _LabelledLine:
    """A line of a body, with its label and number if it is an item, and its citation."""

    line: BodyLine
    label: str
    numbers: _Numbers


@dataclass(slots=True)
class _Scope:
    """Where counting starts again: one counter for each kind, and label."""

    counts: Counter[str] = field(default_factory=Counter)

    def next(self, kind: OutlineKind) -> int:
        """Counts one more of a kind."""
        key = f"{kind.kind}\0{kind.label}"
        self.counts[key] += 1
        return self.counts[key]


class _Labels:
    """First pass: labels, numbers, citations and titles of all that is referred to.

    ``lines`` are those below each heading and measure, by its id.
    """

    def __init__(self, plan: Plan) -> None:
        self.kinds = chapter_kinds(plan)
        self.label: dict[str, str] = {}
        self.numbers: dict[str, _Numbers] = {}
        self.titles: dict[str, str] = {}
        self.placements: dict[tuple[str, int], tuple[str, _Numbers]] = {}
        self.lines: dict[str, tuple[_LabelledLine, ...]] = {}
        self._outline = plan.head.kinds
        self._measures = {measure.id: measure for measure in plan.measures}
        self._plan_scope = _Scope()
        for chapter in plan.chapters:
            kind = self.kinds[chapter.id]
            self._chapter_scope = _Scope()
            count = self._plan_scope.next(kind)
            label = kind.format_label(count, "")
            bare = kind.bare_number(count, "")
            self._add_heading(chapter, label, _Numbers().below(label, label or chapter.title, bare))

    def kind_of(self, heading: Heading) -> OutlineKind:
        """Returns the kind of a heading."""
        return self.kinds.get(heading.id) or self._outline[getattr(heading, "kind", UNNUMBERED)]

    def _label_lines(self, owner: Heading | Measure) -> Iterator[_LabelledLine]:
        """Yields the lines below a heading or measure."""
        above = self.numbers[owner.id]
        item = self._outline[ITEM]
        counts: list[int] = []  # of each depth of items, down to the present one
        parents = [above]
        for index, line in enumerate(body_lines(owner, ())):
            if line.marker != "item":
                yield _LabelledLine(line, "", _cite(line, above, index))
                continue
            depth = len(line.within)
            counts[depth - 1 :] = [1 if line.opens else counts[depth - 1] + 1]
            parent = parents[depth - 1]
            label = item.format_label(counts[-1], parent.bare)
            numbers = parent.below(label, label, item.bare_number(counts[-1], parent.bare))
            parents[depth:] = [numbers]
            yield _LabelledLine(line, label, numbers)

    def _add_heading(self, heading: Heading, label: str, numbers: _Numbers) -> None:
        self._add(heading.id, label, numbers, heading.title)
        self._add_lines(heading)
        scope = _Scope()
        for index, placement in enumerate(heading.measures):
            measure_label, below = self._next(self._outline[MEASURE], scope, numbers)
            self.placements[heading.id, index] = measure_label, below
            if isinstance(placement, str):
                measure = self._measures[placement]
                self._add(placement, measure_label, below, measure.title)
                self._add_lines(measure)
                self._add_sections(measure, below)
        self._add_sections(heading, numbers)

    def _add_sections(self, above: Heading | Measure, numbers: _Numbers) -> None:
        scope = _Scope()
        for section in above.sections:
            kind = self._outline[section.kind]
            label, below = self._next(kind, scope, numbers, section.title)
            self._add_heading(section, label, below)

    def _next(
        self, kind: OutlineKind, scope: _Scope, above: _Numbers, title: str = ""
    ) -> tuple[str, _Numbers]:
        """Returns the label of the next element of a kind, and what stands above those below."""
        scopes = {"parent": scope, "chapter": self._chapter_scope, "plan": self._plan_scope}
        count = scopes[kind.counts].next(kind)
        label = kind.format_label(count, above.bare)
        opening, closing = kind.brackets
        name = label or (f"{opening}{title}{closing}" if opening else f"「{title}」")
        return label, above.below(label, name, kind.bare_number(count, above.bare))

    def _add(self, id: str, label: str, numbers: _Numbers, title: str | None) -> None:
        self.label[id] = label
        self.numbers[id] = numbers
        if title:
            self.titles[id] = title

    def _add_lines(self, owner: Heading | Measure) -> None:
        self.lines[owner.id] = tuple(self._label_lines(owner))
        for labelled in self.lines[owner.id]:
            line = labelled.line
            if line.id:
                self._add(line.id, labelled.label, labelled.numbers, _caption(line))

    def cite(self, ref: Ref) -> str:
        """Returns what a reference prints.

        Raises:
            KeyError: there is nothing of its id.
        """
        number, title = self.numbers[ref.ref].citation, self.titles.get(ref.ref)
        if ref.with_ == "number" or title is None:
            return number
        return f"「{title}」" if ref.with_ == "title" else f"{number}「{title}」"


def _caption(line: BodyLine) -> str | None:
    """Returns the title of a table, figure or box, of which ``line`` is the first line."""
    has_caption = line.marker in ("table-title", "figure", "box-title")
    return str(line.text[0]) if has_caption else None


def _cite(line: BodyLine, above: _Numbers, index: int) -> _Numbers:
    """Returns the citation of a line without a number: 「第1章の第2項目」."""
    what = {"table-title": "表", "figure": "図", "box-title": "囲み"}.get(line.marker)
    name = f"の{what}「{_caption(line)}」" if what else f"の第{index + 1}項目"
    return _Numbers(above.number, above.citation + name, above.bare)


class _Numberer:
    """Second pass: the tree, with every number and reference filled in."""

    def __init__(self, plan: Plan, labels: _Labels) -> None:
        self._labels = labels
        self._style = plan.head.assignments
        self._measures = {measure.id: measure for measure in plan.measures}
        # One of each: thousands of assignments are much the same.
        self._assignments = {
            ministry.name: {
                lead: NumberedAssignment(ministry, lead, self._style.lead) for lead in (False, True)
            }
            for ministry in plan.ministries
        }
        self._notes: list[FootnoteRun] = []
        self._note_count = 0

    def chapter(self, chapter: Chapter) -> NumberedHeading:
        self._notes = []
        return self._heading(chapter, level=1)

    def _heading(self, heading: Heading, level: int) -> NumberedHeading:
        body = self._paragraphs(heading)
        measures = tuple(
            self._measure(heading, placement, index, level)
            for index, placement in enumerate(heading.measures)
        )
        sections = tuple(self._heading(section, level + 1) for section in heading.sections)
        numbers = self._labels.numbers[heading.id]
        return NumberedHeading(
            id=heading.id,
            kind=self._labels.kind_of(heading),
            level=level,
            label=self._labels.label[heading.id],
            title=heading.title,
            number=numbers.number,
            citation=numbers.citation,
            body=body,
            measures_label=heading.measures_label,
            measures=measures,
            sections=sections,
            notes=tuple(self._notes) if level == 1 else (),
        )

    def _measure(
        self, heading: Heading, placement: str | Reprint, index: int, level: int
    ) -> NumberedMeasure:
        reprint = isinstance(placement, Reprint)
        measure = self._measures[placement.reprint if isinstance(placement, Reprint) else placement]
        label, numbers = self._labels.placements[heading.id, index]
        return NumberedMeasure(
            measure=measure.id,
            # Two hyphens: no identifier has them, so no anchor meets another.
            anchor=f"{heading.id}--{measure.id}" if reprint else measure.id,
            reprint=reprint,
            label=label,
            number=numbers.number,
            title=measure.title,
            clauses=self._clauses(measure, reprint),
            body=() if reprint else self._paragraphs(measure),
            sections=()
            if reprint
            else tuple(self._heading(section, level + 2) for section in measure.sections),
        )

    def _clauses(self, measure: Measure, reprint: bool) -> tuple[NumberedClause, ...]:
        last = len(measure.parts) - 1
        return tuple(
            self._clause(clause, measure, is_last=index == last, is_reprint=reprint)
            for index, clause in enumerate(measure.parts)
        )

    def _clause(
        self, clause: Clause, measure: Measure, *, is_last: bool, is_reprint: bool
    ) -> NumberedClause:
        is_later = self._style.stand == "after-body" and bool(measure.body) and not is_reprint
        return NumberedClause(
            self._inlines(clause.text),
            is_reprint and is_last,
            self._assigned(clause),
            measure.deadline.text if measure.deadline and is_last else None,
            self._style,
            is_later and is_last,
            measure.deadline.by if measure.deadline and is_last else None,
        )

    def _assigned(self, bearer: Clause | BodyLine) -> tuple[NumberedAssignment, ...]:
        return tuple(
            self._assignments[assignment.ministry][assignment.role == "lead"]
            for assignment in bearer.assignments
        )

    def _paragraphs(self, owner: Heading | Measure) -> tuple[NumberedParagraph, ...]:
        return tuple(self._paragraph(labelled) for labelled in self._labels.lines[owner.id])

    def _paragraph(self, labelled: _LabelledLine) -> NumberedParagraph:
        line = labelled.line
        opening, closing = _BRACKETS.get(line.marker, ("", ""))
        return NumberedParagraph(
            id=line.id,
            marker=line.marker,
            opening=line.label or opening,
            clause=NumberedClause(
                self._inlines(line.text),
                reprinted=False,
                assignments=self._assigned(line),
                deadline=line.deadline.text if line.deadline else None,
                style=self._style,
                due=line.deadline.by if line.deadline else None,
            ),
            closing=closing,
            citation=labelled.numbers.citation,
            label=labelled.label,
            number=labelled.numbers.number if line.marker == "item" else None,
            within=line.within,
            opens=line.opens,
            columns=line.columns,
            figure=line.figure,
        )

    def _inlines(self, runs: Runs) -> tuple[Inline, ...]:
        return tuple(self._inline(run) for run in runs)

    def _inline(self, run: str | RunModel) -> Inline:  # noqa: PLR0911 # one for each kind of run
        match run:
            case str():
                return TextRun(run)
            case Ref():
                return ReferenceRun(self._labels.cite(run), run.ref)
            case Emphasis():
                return EmphasisRun(run.em)
            case RubyText():
                return RubyRun(run.words, run.reading)
            case Link():
                return LinkRun(run.link.text, run.link.url)
            case CellBreak():
                return CellBreakRun()
            case Footnote():
                self._note_count += 1
                mark, anchor = f"（注{self._note_count}）", f"note--{self._note_count}"
                note = FootnoteRun(mark, anchor, run.footnote)
                self._notes.append(note)
                return note
