"""Where the pieces of a printed plan lead: to other pages of the same book."""

from collections.abc import Mapping

from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.model.plan import Ministry


class BookLinks:
    """From a measure to its first reprint, and from its ministries to their index."""

    def __init__(self, document: Document) -> None:
        self._reprints: Mapping[str, NumberedMeasure] = document.first_reprints()

    def to(self, anchor: str) -> str:
        """Leads to a place in the book."""
        return f"#{anchor}"

    def of_label(self, item: NumberedMeasure) -> str | None:
        """Leads to where the measure is printed again, if it is."""
        reprint = None if item.reprint else self._reprints.get(item.measure)
        return self.to(reprint.anchor) if reprint else None

    def of_ministry(self, ministry: Ministry) -> str | None:
        """Leads to the ministry's entry in the index."""
        return f"#page--ministry--{ministry.id}"
