"""What a finished HTML page says."""

from collections.abc import Iterator
from html.parser import HTMLParser

from kihonkeikaku.finding import MachineTrouble
from kihonkeikaku.numbering import Document
from kihonkeikaku.render.faithfulness import first_difference, squeezed


def refuse_unfaithful_html(page: str, document: Document) -> None:
    """Returns if ``<main>`` of an HTML page says what the document says.

    Raises:
        MachineTrouble: it doesn't; the message names the first difference.
    """
    difference = first_difference(squeezed(document.blocks()), squeezed(_main_texts(page)))
    if difference:
        raise MachineTrouble(f"HTML の本文が計画と違うため、中止しました（{difference}）。")


def _main_texts(page: str) -> Iterator[str]:
    reader = _MainReader()
    reader.feed(page)
    reader.close()
    yield from reader.texts


class _MainReader(HTMLParser):
    """Gathers what stands inside of ``<main>``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag == "main"

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts.append(data)
