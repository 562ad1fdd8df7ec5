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

from kihonkeikaku.model.document import NumberedParagraph
from kihonkeikaku.model.inlines import text_without_notes
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue, CatalogueEntry
from kihonkeikaku.rendering.html.layout import Frame, Page, fill_page

SearchTextKind = Literal["ministry", "measure", "heading", "paragraph"]


@dataclass(frozen=True, slots=True)
class SearchText:
    """A text that can be found: where it is, and for a measure its ministries.

    ``path`` is below ``html/``, ``place`` the number or heading that a hit shows before the text,
    ``duties`` pairs of a ministry's index in ``SearchTexts.ministries`` and whether it leads.
    """

    kind: SearchTextKind
    path: str
    place: str
    text: str
    duties: tuple[tuple[int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchTexts:
    """All that can be found; of each ministry the name as printed, and the full one or ""."""

    ministries: tuple[tuple[str, str], ...]
    texts: tuple[SearchText, ...]


@dataclass(frozen=True, slots=True)
class SearchScript(Page):
    """The script that holds the texts; its path changes with its content."""

    script: str

    @property
    def path(self) -> str:
        """The path below ``html/``."""
        return f"assets/search-texts-{sha256(self.script.encode()).hexdigest()[:8]}.js"

    def render_text(self) -> str:
        """Renders the script."""
        return self.script


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """The search page; ``script`` is the path of the texts below ``html/``."""

    frame: Frame
    script: str

    path = urls.SEARCH

    def render_text(self) -> str:
        """Renders the page."""
        return fill_page("web/search.html.j2", self.frame, self.path, script=self.script)


def search_pages(frame: Frame, catalogue: Catalogue) -> tuple[SearchPage, SearchScript]:
    """Returns the search page, and the script with its texts."""
    script = SearchScript(_write_script(collect_search_texts(catalogue)))
    return SearchPage(frame, script.path), script


def collect_search_texts(catalogue: Catalogue) -> SearchTexts:
    """Returns all that can be found: ministries, measures and prose, each in order of print."""
    ministries = catalogue.document.ministries
    indexes = {ministry.id: index for index, ministry in enumerate(ministries)}
    return SearchTexts(
        ministries=tuple((m.name, m.full_name or "") for m in ministries),
        texts=(
            *(SearchText("ministry", urls.ministry_page(m.id), "", m.name) for m in ministries),
            *(_measure_text(entry, indexes) for entry in catalogue.entries),
            *_prose_texts(catalogue),
        ),
    )


def _measure_text(entry: CatalogueEntry, indexes: dict[str, int]) -> SearchText:
    duties = tuple((indexes[duty.ministry.id], duty.lead) for duty in entry.duties)
    path = urls.measure_page(entry.id)
    return SearchText("measure", path, entry.number, entry.text, duties)


def _prose_texts(catalogue: Catalogue) -> Iterator[SearchText]:
    """Yields headings, paragraphs, those of measures too, and footnotes."""
    for heading in catalogue.document.headings():
        above = heading.number.removesuffix(heading.label) if heading.label else ""
        yield SearchText("heading", _place_in_plan(heading.id), above, heading.text)
        for paragraph in heading.body:
            path = _place_in_plan(paragraph.id or heading.id)
            yield _paragraph_text(paragraph, path, heading.citation)
        for measure in heading.measures:
            for paragraph in measure.body:
                path = urls.measure_page(measure.measure)
                yield _paragraph_text(paragraph, path, measure.number)
        for note in heading.notes:
            path, place = _place_in_plan(note.anchor), f"{heading.citation}{note.text}"
            yield SearchText("paragraph", path, place, note.body)


def _paragraph_text(paragraph: NumberedParagraph, path: str, place: str) -> SearchText:
    return SearchText("paragraph", path, place, text_without_notes(paragraph.inlines))


def _place_in_plan(anchor: str) -> str:
    return f"{urls.PLAN}#{anchor}"


def _write_script(texts: SearchTexts) -> str:
    """Returns a script that only defines a constant: for each text a list of its fields."""
    data = {
        "ministries": texts.ministries,
        "texts": [
            (text.kind, text.path, text.place, text.text, *([text.duties] if text.duties else []))
            for text in texts.texts
        ],
    }
    json_text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\nconst kihonkeikakuTexts = {json_text};\n'
