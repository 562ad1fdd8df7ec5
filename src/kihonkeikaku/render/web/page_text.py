"""What a finished HTML page says."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.numbering import Document, Item
from kihonkeikaku.render.faithfulness import first_difference, squeezed

PRINTED: Final = "blockquote"
"""The one element of a measure's page that says what the plan prints, and nothing else."""


def refuse_unfaithful_html(page: str, document: Document) -> None:
    """Returns if ``<main>`` of an HTML page says what the document says.

    Raises:
        MachineTrouble: it doesn't; the message names the first difference.
    """
    difference = first_difference(squeezed(document.blocks()), squeezed(_texts_in("main", page)))
    if difference:
        raise MachineTrouble(f"HTML の本文が計画と違うため、中止しました（{difference}）。")


def refuse_unfaithful_measure(page: str, item: Item) -> None:
    """Returns if the ``<blockquote>`` of a measure's page says what the plan prints there.

    Raises:
        MachineTrouble: it doesn't; the message names the first difference.
    """
    printed = squeezed((item.text, *(paragraph.text for paragraph in item.body)))
    difference = first_difference(printed, squeezed(_texts_in(PRINTED, page)))
    if difference:
        raise MachineTrouble(
            f"取組「{item.measure}」のページの本文が計画と違うため、中止しました（{difference}）。"
        )


def _texts_in(tag: str, page: str) -> Iterator[str]:
    """Yields the text within all elements of that name."""
    reader = _Reader(tag)
    reader.feed(page)
    reader.close()
    yield from reader.texts


class _Reader(HTMLParser):
    """Gathers what stands inside of elements of one name."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._tag = tag
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag == self._tag

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == self._tag

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts.append(data)
