"""Where the pieces of a plan lead: each kind of page has links of its own."""

from typing import Protocol

from kihonkeikaku.model.document import NumberedMeasure
from kihonkeikaku.model.plan import Ministry


class Links(Protocol):
    """What the templates of a plan's pieces ask for; None where there is nothing to lead to."""

    def to(self, anchor: str) -> str:
        """Leads to what has this anchor in the plan."""

    def of_label(self, item: NumberedMeasure) -> str | None:
        """Leads from a measure's ① to what tells more of it."""

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads from a ministry inside 【】 to what tells more of it."""
