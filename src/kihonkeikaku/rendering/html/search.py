"""The search page, and the texts that it searches.

The texts come as a script of their own, since a page opened from disk may fetch nothing. They hold
each text of the plan once, and the ministries' names once. The index is made from them by the
reader's browser: 0.3 s for 2,000 measures, once. See docs/decisions/0012.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from kihonkeikaku.model.document import NumberedHeading, NumberedParagraph, inline_text
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, Entry
from kihonkeikaku.rendering.html.layout import Frame, fill_page
from kihonkeikaku.rendering.html.page import Page

Kind = Literal["ministry", "measure", "heading", "paragraph"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that can be found: where it is, and for a measure who does it.

    ``path`` is below ``html/``, ``place`` the number or heading that a hit names before the text,
    ``duties`` pairs of a ministry's place in ``Texts.ministries`` and whether it leads.
    """

    kind: Kind
    path: str
    place: str
    text: str
    duties: tuple[tuple[int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """All that can be found; of each ministry the name as printed, and the full one or nothing."""

    ministries: tuple[tuple[str, str], ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What the page is made from; ``texts`` is the path of their script below ``html/``."""

    frame: Frame
    texts: str


def search_files(frame: Frame, catalogue: Catalogue) -> tuple[Page[Search], Page[str]]:
    """Returns the search page, and the script with its texts, named for its content."""
    script = _script(searchable_texts(catalogue))
    path = f"assets/search-texts-{sha256(script.encode()).hexdigest()[:8]}.js"
    return Page(urls.SEARCH, Search(frame, path), _write_page), Page(path, script, str)


def searchable_texts(catalogue: Catalogue) -> Texts:
    """Returns all that can be found, in order of print, the ministries first."""
    ministries = catalogue.document.ministries
    order = {ministry.id: place for place, ministry in enumerate(ministries)}
    return Texts(
        ministries=tuple((m.name, m.full_name or "") for m in ministries),
        texts=(
            *(Text("ministry", urls.ministry_page(m.id), "", m.name) for m in ministries),
            *(_measure(entry, order) for entry in catalogue.entries),
            *_prose(catalogue),
        ),
    )


def _measure(entry: Entry, order: dict[str, int]) -> Text:
    duties = tuple((order[duty.ministry.id], duty.lead) for duty in entry.duties)
    path = urls.measure_page(entry.id)
    return Text("measure", path, entry.number, entry.text, duties)


def _prose(catalogue: Catalogue) -> Iterator[Text]:
    """The headings and paragraphs, those of measures too, and the footnotes."""
    for heading in catalogue.document.headings():
        yield Text("heading", _in_plan(heading.id), _above(heading), heading.text)
        for paragraph in heading.body:
            yield _paragraph(paragraph, _in_plan(paragraph.id or heading.id), heading.citation)
        for item in heading.measures:
            for paragraph in item.body:
                yield _paragraph(paragraph, urls.measure_page(item.measure), item.number)
        for note in heading.notes:
            place = f"{heading.citation}{note.text}"
            yield Text("paragraph", _in_plan(note.anchor), place, note.body)


def _paragraph(paragraph: NumberedParagraph, path: str, place: str) -> Text:
    return Text("paragraph", path, place, inline_text(paragraph.inlines))


def _in_plan(anchor: str) -> str:
    return f"{urls.PLAN}#{anchor}"


def _above(heading: NumberedHeading) -> str:
    """The number of what a heading stands in, where its own number tells."""
    return heading.number.removesuffix(heading.label) if heading.label else ""


def _script(texts: Texts) -> str:
    """Returns a script that does nothing but to name the texts: for each a list of its facts."""
    said = {
        "ministries": texts.ministries,
        "texts": [
            (text.kind, text.path, text.place, text.text, *([text.duties] if text.duties else []))
            for text in texts.texts
        ],
    }
    facts = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=list)
    return f'"use strict";\nconst kihonkeikakuTexts = {facts};\n'


def _write_page(search: Search) -> str:
    return fill_page("web/search.html.j2", search.frame, urls.SEARCH, texts=search.texts)
