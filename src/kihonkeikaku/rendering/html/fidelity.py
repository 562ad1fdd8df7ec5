"""What a finished HTML page says."""

import re
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from typing import Final

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document, NumberedMeasure
from kihonkeikaku.rendering.fidelity import Difference, first_difference, squeezed

_PLAIN_TAG: Final = re.compile(r"""</?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"<>]*")?)*>""")
_MAIN_OR_COMMENT: Final = re.compile("</?main|<!-", re.IGNORECASE)
_OPENS, _CLOSES = "<blockquote>", "</blockquote>"
"""What stands around the text that a measure's page prints; text of the plan can't hold them."""


def refuse_unfaithful_html(page: str, document: Document) -> None:
    """Returns if ``<main>`` of an HTML page says what the document says.

    Raises:
        MachineError: it doesn't; the message names the first difference.
    """
    difference = unfaithful_html(page, document)
    if difference:
        raise MachineError(f"HTML の本文が計画と違うため、中止しました（{difference}）。")


def unfaithful_html(page: str, document: Document) -> Difference | None:
    """Returns where ``<main>`` of an HTML page first says something else than the document."""
    return first_difference(squeezed(document.blocks()), squeezed(_texts_of_main(page)))


def refuse_unfaithful_measure(page: str, item: NumberedMeasure) -> None:
    """Returns if the one ``<blockquote>`` of a measure's page says what the plan prints there.

    Only that part of the page is taken apart: there are thousands of such pages.

    Raises:
        MachineError: it doesn't; the message names the first difference.
    """
    wrong = unfaithful_measure(page, item)
    if wrong:
        raise MachineError(
            f"取組「{item.measure}」のページの本文が計画と違うため、中止しました（{wrong}）。"
        )


def unfaithful_measure(page: str, item: NumberedMeasure) -> str | None:
    """Returns how the page of a measure says something else than the plan, if it does."""
    printed = squeezed((item.text, *(paragraph.text for paragraph in item.body)))
    _, opens, rest = page.partition(_OPENS)
    found, closes, after = rest.partition(_CLOSES)
    if not opens or not closes or _OPENS in after:
        return "本文がちょうど一つありません"
    difference = first_difference(printed, squeezed(_texts_of(found)))
    return str(difference) if difference else None


def _texts_of(markup: str) -> Iterable[str]:
    """Returns the text of some markup.

    Where all "<" are those of plain tags, these are taken away, for there are thousands of pages;
    anything else is taken apart by a parser, which needs ten times as long.
    """
    text = _PLAIN_TAG.sub("", markup)
    return _parsed(markup) if "<" in text else [unescape(text)]


def _texts_of_main(page: str) -> Iterable[str]:
    """Returns the text within all ``<main>`` of a page."""
    before, opens, rest = page.partition("<main ")
    main, closes, after = rest.partition("</main>")
    one = opens and closes and not _MAIN_OR_COMMENT.search(before + main + after)
    return _texts_of(opens + main) if one else _parsed(page, "main")


def _parsed(markup: str, within: str | None = None) -> Iterable[str]:
    """Returns the text of some markup, or that within its elements of one name."""
    reader = _Reader(within)
    reader.feed(markup)
    reader.close()
    return reader.texts


class _Reader(HTMLParser):
    """Gathers text: all of it, or what stands inside of elements of one name."""

    def __init__(self, tag: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._tag = tag
        self._depth = 0 if tag else 1

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag == self._tag

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == self._tag

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.texts.append(data)
