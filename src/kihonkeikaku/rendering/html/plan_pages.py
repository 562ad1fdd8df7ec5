"""The pages of the plan as a whole: its text, and its overview in figures."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.fidelity import require_faithful_plan_page
from kihonkeikaku.rendering.html.json_ld import edition_json_ld
from kihonkeikaku.rendering.html.layout import Frame, Page, fill_page
from kihonkeikaku.rendering.html.ministry_pages import MinistryCounts, count_measures
from kihonkeikaku.rendering.html.open_data import describe_columns

_BAR_LENGTH: Final = 100
"""The length of the longest bar, in units of its picture."""


class PlanLinks:
    """Within the plan by anchors; from ① and from ministries to pages of their own."""

    def to(self, anchor: str) -> str:
        """Leads to a place on this page."""
        return f"#{anchor}"

    def to_figure(self, file: str) -> str:
        """Leads to the file of a figure."""
        return file

    def of_label(self, measure: NumberedMeasure) -> str | None:
        """Leads to the measure's page."""
        return urls.measure_page(measure.measure)

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's page."""
        return urls.ministry_page(ministry.id)


@dataclass(frozen=True, slots=True)
class PlanPage(Page):
    """The whole plan on one page: the text of ``<main>`` is the document's, and nothing else."""

    frame: Frame
    document: Document

    path = urls.PLAN

    def render_text(self) -> str:
        """Renders the page.

        Raises:
            MachineError: its text differs from the plan.
        """
        page = fill_page(
            "web/plan.html.j2",
            self.frame,
            self.path,
            document=self.document,
            contents_title=self.document.contents_title,
            originals=self.document.originals(),
            links=PlanLinks(),
            json_ld=edition_json_ld(self.frame),
        )
        require_faithful_plan_page(page, self.document)
        return page


@dataclass(frozen=True, slots=True)
class Bar:
    """A count as a bar; ``length`` is at most ``_BAR_LENGTH``."""

    count: int
    length: float


@dataclass(frozen=True, slots=True)
class OverviewPage(Page):
    """The plan in figures: counts by section, and by ministry those that have measures.

    The bars are rows of a table, so that they can be read as well as seen.
    """

    frame: Frame
    chapters: int
    measures: int
    reprints: int
    sections: tuple[tuple[str, str, int], ...]
    ministries: tuple[MinistryCounts, ...]
    has_deadlines: bool

    path = urls.OVERVIEW

    def render_text(self) -> str:
        """Renders the page."""
        most_in_section = max((count for _, _, count in self.sections), default=1)
        most_of_ministry = max((m.led + m.supported for m in self.ministries), default=1)
        return fill_page(
            "web/overview.html.j2",
            self.frame,
            self.path,
            page=self,
            columns=describe_columns(self.frame.head).items(),
            sections=[
                (id, name, _make_bar(count, most_in_section)) for id, name, count in self.sections
            ],
            ministries=[
                (
                    m.ministry,
                    _make_bar(m.led, most_of_ministry),
                    _make_bar(m.supported, most_of_ministry),
                )
                for m in self.ministries
            ],
        )


def overview_page(frame: Frame, catalogue: Catalogue) -> OverviewPage:
    """Returns the overview of the plan."""
    ministries = (count_measures(m, catalogue) for m in catalogue.document.ministries)
    return OverviewPage(
        frame=frame,
        chapters=len(catalogue.document.chapters),
        measures=len(catalogue.entries),
        reprints=sum(map(len, catalogue.reprints.values())),
        sections=tuple(
            (section.id, section.name, len(entries)) for section, entries in catalogue.sections
        ),
        ministries=tuple(m for m in ministries if m.led + m.supported),
        has_deadlines=any(
            clause.deadline
            for entry in catalogue.entries
            for clause in entry.measure.bearing_clauses
        ),
    )


def _make_bar(count: int, most: int) -> Bar:
    """Returns a count as a bar, in proportion to the greatest of all counts."""
    return Bar(count, round(_BAR_LENGTH * count / most, 2))
