"""The whole plan on one page: ``<main>`` says what the document says, and nothing else."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.plan import Ministry
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.fidelity import refuse_unfaithful_html
from kihonkeikaku.rendering.html.json_ld import edition_data
from kihonkeikaku.rendering.html.layout import Companion, Frame, fill_page
from kihonkeikaku.rendering.html.page import Page
from kihonkeikaku.rendering.template_values import contents_title

_ALTERNATES: Final[dict[Companion, tuple[str, str]]] = {
    "pdf/plan.pdf": ("application/pdf", "PDF"),
    "plan.json": ("application/json", "データ（JSON）"),
    "comparison/index.html": ("text/html", "新旧対照表"),
}
"""What stands beside ``html/``: its media type, and what it is called."""


@dataclass(frozen=True, slots=True)
class WholePlan:
    """What the page is made from."""

    frame: Frame
    document: Document


class PlanLinks:
    """Within the plan by anchors; from ① and from ministries to pages of their own."""

    def to(self, anchor: str) -> str:
        """Leads to a place on this page."""
        return f"#{anchor}"

    def of_label(self, item: NumberedMeasure) -> str | None:
        """Leads to the measure's page."""
        return urls.measure_page(item.measure)

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's page."""
        return urls.ministry_page(ministry.id)


def whole_plan_page(frame: Frame, document: Document) -> Page[WholePlan]:
    """Returns the page of the whole plan."""
    return Page(urls.PLAN, WholePlan(frame, document), _write)


def _write(plan: WholePlan) -> str:
    page = fill_page(
        "web/plan.html.j2",
        plan.frame,
        urls.PLAN,
        document=plan.document,
        contents_title=contents_title(plan.frame.publication),
        originals=plan.document.originals(),
        links=PlanLinks(),
        structured=edition_data(plan.frame),
        alternates=[(name, *_ALTERNATES[name]) for name in plan.frame.companions],
    )
    refuse_unfaithful_html(page, plan.document)
    return page
