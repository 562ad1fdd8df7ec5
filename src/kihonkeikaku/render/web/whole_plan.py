"""The whole plan on one page: ``<main>`` says what the document says, and nothing else."""

from dataclasses import dataclass
from typing import Final

from kihonkeikaku.model import Ministry
from kihonkeikaku.numbering import Document, Item
from kihonkeikaku.render.edition import contents_title, originals
from kihonkeikaku.render.web import addresses
from kihonkeikaku.render.web.frame import Companion, Frame, fill_page
from kihonkeikaku.render.web.page import Page
from kihonkeikaku.render.web.page_text import refuse_unfaithful_html
from kihonkeikaku.render.web.structured_data import edition_data

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

    def of_label(self, item: Item) -> str | None:
        """Leads to the measure's page."""
        return addresses.measure_page(item.measure)

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's page."""
        return addresses.ministry_page(ministry.id)


def whole_plan_page(frame: Frame, document: Document) -> Page[WholePlan]:
    """Returns the page of the whole plan."""
    return Page(addresses.PLAN, WholePlan(frame, document), _write)


def _write(plan: WholePlan) -> str:
    page = fill_page(
        "web/plan.html.j2",
        plan.frame,
        addresses.PLAN,
        document=plan.document,
        contents_title=contents_title(plan.frame.publication),
        originals=originals(plan.document),
        links=PlanLinks(),
        structured=edition_data(plan.frame),
        alternates=[(name, *_ALTERNATES[name]) for name in plan.frame.companions],
    )
    refuse_unfaithful_html(page, plan.document)
    return page
