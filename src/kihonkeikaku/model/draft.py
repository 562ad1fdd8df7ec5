"""A plan as far as its files could be read: what rules look at.

Unlike a ``Plan``, a draft may be incomplete or contradict itself. Rules that conclude something
from what is *not* there must ask first whether all of it could be read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kihonkeikaku.model.body_lines import BodyLine, body_lines, split_cells
from kihonkeikaku.model.figures import FigureFile
from kihonkeikaku.model.finding import PlanPath
from kihonkeikaku.model.plan import (
    Assignment,
    Chapter,
    Disposition,
    Heading,
    Measure,
    Ministry,
    Plan,
    Register,
    Reprint,
)
from kihonkeikaku.model.plan_head import FORMAT, Basis, PlanHead, Site
from kihonkeikaku.model.values import (
    Emphasis,
    Footnote,
    Id,
    Link,
    Model,
    Ref,
    RubyText,
    RunModel,
    Runs,
)

_PRINTED_FIELDS: Final = {
    "edition": ("label", "decided_by"),
    "publication": ("publisher", "attribution", "contents_title", "document_number", "notice"),
}
"""The fields of plan.yaml that are printed, beside title and subtitle."""

_WITHOUT_TEXT: Final = frozenset(
    {
        *("abolished", "base_url", "became", "chapters", "collective", "corporate_number"),
        *("dated", "decided_on", "established", "format", "from", "id", "into", "kind"),
        *("law_id", "measures", "parent", "ref", "reprint", "role", "rule", "series"),
        *("severity", "stage", "succeeds", "supersedes", "align", "by", "came_from", "counts"),
        *("file", "stand", "url", "with"),
    }
)
"""The keys of values that are identifiers, dates and the like."""

_TEXTS: Final = frozenset(
    {"text", "bullet", "note", "legend", "plain", "list", "table", "notes", "columns", "rows"}
)
"""The keys of texts, which may hold references."""


_WORDS_OF_RUN: Final[Mapping[type[RunModel], PlanPath]] = {
    Footnote: ("footnote",),
    Emphasis: ("em",),
    RubyText: ("ruby", 0),
    Link: ("link", "text"),
}
"""Where the words of a run stand in it."""


@dataclass(frozen=True, slots=True)
class TrailingComment:
    """A comment behind a value on its line: the value's path, and how far behind its start."""

    path: PlanPath
    offset: int
    text: str

    @property
    def cuts_text(self) -> bool:
        """Whether the value is a text or a name, of which the comment may have been a part."""
        keys = [part for part in self.path if isinstance(part, str)]
        return not keys or keys[-1] not in _WITHOUT_TEXT or not _TEXTS.isdisjoint(keys)


@dataclass(frozen=True)
class Draft:
    """The readable files of a plan, by the names of their files.

    ``unreadable`` holds the paths of files that exist but could not be understood, such as
    ``("measures", "ai-chips")``. ``figures`` holds the pictures by their paths. ``adopted`` holds
    the frozen editions under ``editions/`` by their file's name, ``predecessor`` the edition that
    this one is compared with, if any. Where ``is_frozen``, this is an adopted edition by itself.
    ``revision`` holds what became of things by their ids; ``former_supersedes`` is what
    revision.yaml of format 1 says that this edition supersedes. ``trailing_comments`` are those in
    the files, waivers excepted.
    What many rules look at (headings, paragraphs, prose …) is collected once.
    """

    head: PlanHead | None = None
    register: Register | None = None
    site: Site | None = None
    revision: Mapping[Id, Disposition] = field(default_factory=dict)
    former_supersedes: Id | None = None
    chapters: Mapping[str, Chapter] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    figures: Mapping[str, FigureFile] = field(default_factory=dict)
    adopted: Mapping[str, Plan] = field(default_factory=dict)
    unreadable: frozenset[PlanPath] = frozenset()
    predecessor: Plan | None = None
    is_frozen: bool = False
    trailing_comments: tuple[TrailingComment, ...] = ()

    @property
    def all_chapters_read(self) -> bool:
        """Whether every chapter that plan.yaml lists could be read."""
        return self.head is not None and all(c in self.chapters for c in self.head.chapters)

    def has_file(self, folder: str, name: str) -> bool:
        """Whether there is such a chapter or measure, readable or not."""
        known: Mapping[str, object] = self.chapters if folder == "chapters" else self.measures
        return name in known or (folder, name) in self.unreadable

    @property
    def ministries(self) -> tuple[Ministry, ...]:
        """The register's entries; none where it could not be read."""
        return self.register.ministries if self.register else ()

    def ministries_by_name(self) -> dict[str, Ministry]:
        """The register's entries by the names that are printed."""
        return {ministry.name: ministry for ministry in self.ministries}

    @property
    def base_url(self) -> str | None:
        """Where the edition is hosted: by site.yaml, or by plan.yaml of format 1."""
        if self.site and self.site.base_url:
            return self.site.base_url
        publication = self.head.publication if self.head else None
        return publication.base_url if publication else None

    @property
    def all_measures_read(self) -> bool:
        """Whether every file of a measure could be read."""
        return not any(path[:1] == ("measures",) for path in self.unreadable)

    @property
    def superseded(self) -> Plan | None:
        """The adopted edition that this one supersedes, by plan.yaml."""
        supersedes = self.head.edition.supersedes if self.head else None
        return self.adopted.get(supersedes) if supersedes else None

    def editions_before(self) -> Iterator[Plan]:
        """The predecessor, then each adopted edition that the one after it supersedes.

        Where no predecessor was given, it is the edition that plan.yaml names.
        """
        plan, seen = self.predecessor or self.superseded, set[Id]()
        while plan and plan.head.edition.id not in seen:
            yield plan
            seen.add(plan.head.edition.id)
            plan = self.adopted.get(plan.head.edition.supersedes or "")

    def chapters_in_order(self) -> Iterator[Chapter]:
        """The readable chapters that plan.yaml lists, in order of print; without one, all."""
        order = self.head.chapters if self.head else sorted(self.chapters)
        return (self.chapters[name] for name in order if name in self.chapters)

    @cached_property
    def headings(self) -> tuple[tuple[PlanPath, Heading], ...]:
        """All chapters and sections with their paths, in order of print."""
        return tuple(self._walk_headings())

    def _walk_headings(self) -> Iterator[tuple[PlanPath, Heading]]:
        order = self.head.chapters if self.head else sorted(self.chapters)
        unlisted = sorted(self.chapters.keys() - set(order))
        for name in dict.fromkeys((*order, *unlisted)):
            if name in self.chapters:
                yield from _walk_headings(("chapters", name), self.chapters[name])
        for name, measure in self.measures.items():
            for index, section in enumerate(measure.sections):
                yield from _walk_headings(("measures", name, "sections", index), section)

    def placements(self) -> Iterator[tuple[PlanPath, Id | Reprint]]:
        """Every measure or reprint in a list of a heading, in order of print."""
        for path, heading in self.headings:
            for index, placement in enumerate(heading.measures):
                yield (*path, "measures", index), placement

    @cached_property
    def body_lines(self) -> tuple[BodyLine, ...]:
        """All lines of the bodies of headings and measures: paragraphs, rows, items …."""
        return tuple(self._walk_body_lines())

    def _walk_body_lines(self) -> Iterator[BodyLine]:
        for path, heading in self.headings:
            yield from body_lines(heading, path)
        for name, measure in self.measures.items():
            yield from body_lines(measure, ("measures", name))

    def texts(self) -> Iterator[tuple[PlanPath, Runs]]:
        """All texts that may hold references and footnotes."""
        for line in self.body_lines:
            if line.cell_paths:
                yield from zip(line.cell_paths, split_cells(line.text), strict=True)
            else:
                yield line.text_path, line.text
        for name, measure in self.measures.items():
            if measure.text is not None:
                yield ("measures", name, "text"), measure.text
            for index, clause in enumerate(measure.clauses):
                yield ("measures", name, "clauses", index, "text"), clause.text

    @cached_property
    def prose(self) -> tuple[tuple[PlanPath, str], ...]:
        """Every string that is printed as part of the plan, footnotes and headings too.

        A text that was written as one string has the path of its value, one that was written as
        a list those of its runs; ``PositionMap`` finds either by the path given here.
        """
        return tuple(self._walk_prose())

    def _walk_prose(self) -> Iterator[tuple[PlanPath, str]]:
        if self.head:
            yield ("plan", "title"), self.head.title
            if self.head.subtitle:
                yield ("plan", "subtitle"), self.head.subtitle
        for path, heading in self.headings:
            yield (*path, "title"), heading.title
            if heading.measures_label:
                yield (*path, "measures_label"), heading.measures_label
        for name, measure in self.measures.items():
            if measure.title:
                yield ("measures", name, "title"), measure.title
        for path, runs in self.texts():
            for index, run in enumerate(runs):
                if isinstance(run, str):
                    yield (*path, index), run
                elif not isinstance(run, Ref):
                    yield (*path, index, *_WORDS_OF_RUN[type(run)]), run.words

    def printed_strings(self) -> Iterator[tuple[PlanPath, str]]:
        """Every string that an edition or a comparison prints: the prose, and what is said of it.

        Identifiers and addresses are not among them: they are ASCII.
        """
        yield from self.prose
        for name, fields in _PRINTED_FIELDS.items():
            if self.head and (part := getattr(self.head, name)):
                yield from _named_strings(("plan", name), part, *fields)
        for path, basis in self.bases():
            yield from _named_strings(path, basis, "law", "number", "article")
        for index, ministry in enumerate(self.ministries):
            yield from _named_strings(("ministries", index), ministry, "name", "full_name")
        for name, disposition in self.revision.items():
            yield from _named_strings(("revision", name), disposition, "reason")
        for line in self.body_lines:
            if line.deadline:
                yield (*line.path, "deadline", "text"), line.deadline.text
            if line.figure:
                yield line.path, line.figure[1]
        for name, measure in self.measures.items():
            if measure.deadline:
                yield ("measures", name, "deadline", "text"), measure.deadline.text

    def shown_figures(self) -> dict[str, PlanPath]:
        """Returns the paths of the pictures that bodies show, and where each is shown first."""
        found: dict[str, PlanPath] = {}
        for line in self.body_lines:
            if line.figure:
                found.setdefault(line.figure[0], (*line.path[:-1], "file"))
        return found

    def bases(self) -> Iterator[tuple[PlanPath, Basis]]:
        """The laws that the plan rests on."""
        bases = self.head.basis if self.head else ()
        for index, basis in enumerate(bases):  # one alone is written without a list
            yield ("plan", "basis", *((index,) if len(bases) > 1 else ())), basis

    @cached_property
    def assignment_lists(self) -> tuple[tuple[PlanPath, tuple[Assignment, ...]], ...]:
        """Every 【】, also where it is empty."""
        return tuple(self._walk_assignment_lists())

    def _walk_assignment_lists(self) -> Iterator[tuple[PlanPath, tuple[Assignment, ...]]]:
        for name, measure in self.measures.items():
            if not measure.clauses:
                yield ("measures", name, "assignments"), measure.assignments
            for index, clause in enumerate(measure.clauses):
                yield ("measures", name, "clauses", index, "assignments"), clause.assignments
        for line in self.body_lines:
            if line.marker == "item" and line.assignments:
                yield (*line.path, "assignments"), line.assignments

    def identified(self) -> Iterator[tuple[PlanPath, Id, str]]:
        """Whatever has an identifier: its path, the identifier, and what messages call it."""
        for path, heading in self.headings:
            yield path, heading.id, "章" if isinstance(heading, Chapter) else "見出し"
        for name, measure in self.measures.items():
            yield ("measures", name), measure.id, "取組"
        for line in self.body_lines:
            if line.id:
                yield line.path, line.id, "項目" if line.marker == "item" else "段落"

    def ids(self) -> Iterator[Id]:
        """Everything that a reference can point at, measures that could not be read among it."""
        yield from (heading.id for _, heading in self.headings)
        yield from (line.id for line in self.body_lines if line.id)
        yield from self.measures
        yield from (str(path[1]) for path in self.unreadable if path[:1] == ("measures",))

    def plan(self) -> Plan:
        """The whole plan, of a draft without errors, measures in the order of their ids.

        Where it is hosted is no part of it.
        """
        assert self.head is not None, "a draft without errors has its plan.yaml"
        publication = self.head.publication
        if publication:
            publication = publication.model_copy(update={"base_url": None})
        return Plan(
            head=self.head.model_copy(update={"format": FORMAT, "publication": publication}),
            ministries=self.ministries,
            chapters=tuple(self.chapters_in_order()),
            measures=tuple(self.measures[name] for name in sorted(self.measures)),
            revision=tuple(self.revision[name] for name in sorted(self.revision)),
            figures=tuple(self.figures[name] for name in sorted(self.shown_figures())),
        )


def draft_from_plan(plan: Plan, adopted: Mapping[str, Plan] | None = None) -> Draft:
    """Returns a whole plan in the form that rules look at, with the editions of its chain."""
    return Draft(
        head=plan.head,
        register=Register(ministries=plan.ministries),
        revision={disposition.id: disposition for disposition in plan.revision},
        chapters={chapter.id: chapter for chapter in plan.chapters},
        measures={measure.id: measure for measure in plan.measures},
        figures={figure.file: figure for figure in plan.figures},
        adopted=adopted or {},
        is_frozen=True,
    )


def _named_strings(path: PlanPath, model: Model, *fields: str) -> Iterator[tuple[PlanPath, str]]:
    for field_name in fields:
        if text := getattr(model, field_name):
            yield (*path, field_name), text


def _walk_headings(path: PlanPath, heading: Heading) -> Iterator[tuple[PlanPath, Heading]]:
    yield path, heading
    for index, section in enumerate(heading.sections):
        yield from _walk_headings((*path, "sections", index), section)
