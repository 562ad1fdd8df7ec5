"""Whether the text of a finished HTML page is the text of the plan."""

from html.parser import HTMLParser

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.rendering.fidelity import first_difference, squeezed


def require_faithful_plan_page(page: str, document: Document) -> None:
    """Checks that the text in ``<main>`` of an HTML page is the document's.

    Raises:
        MachineError: it isn't; the message names the first difference.
    """
    difference = first_difference(squeezed(document.blocks()), squeezed(_read_text(page, "main")))
    if difference:
        raise MachineError(f"HTML の本文が計画と違うため、中止しました（{difference}）。")


def require_faithful_measure_page(page: str, measure: NumberedMeasure) -> None:
    """Checks that the text in the one ``<blockquote>`` of a measure's page is the plan's.

    Raises:
        MachineError: it isn't; the message names the first difference.
    """
    fault = _compare_measure_page(page, measure)
    if fault:
        raise MachineError(
            f"取組「{measure.measure}」のページの本文が計画と違うため、中止しました（{fault}）。"
        )


def _compare_measure_page(page: str, measure: NumberedMeasure) -> str | None:
    """Returns how the text of a measure's page differs from the plan's, in Japanese, if at all.

    Only the ``<blockquote>`` is parsed, since there are thousands of such pages. Text of the plan
    can't hold its tags, as it is escaped.
    """
    _, opening, rest = page.partition("<blockquote>")
    quotation, closing, after = rest.partition("</blockquote>")
    if not opening or not closing or opening in after:
        return "本文がちょうど一つありません"
    difference = first_difference(squeezed(measure.lines_text), squeezed(_read_text(quotation)))
    return str(difference) if difference else None


def _read_text(markup: str, within: str | None = None) -> list[str]:
    """Returns the text of some markup, or only that within its elements of one name."""
    reader = _TextReader(within)
    reader.feed(markup)
    reader.close()
    return reader.texts


class _TextReader(HTMLParser):
    """Gathers all text, or only that within elements of one name."""

    def __init__(self, within: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._within = within
        self._depth = 0 if within else 1

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag == self._within

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == self._within

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts.append(data)
