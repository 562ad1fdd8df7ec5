"""The HTML edition: all of its pages, each made when it is asked for."""

from collections.abc import Iterator
from typing import Any

from kihonkeikaku.rendering.html.assets import ASSETS, asset
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.history import EditionRecord, History
from kihonkeikaku.rendering.html.layout import Companion, frame_of
from kihonkeikaku.rendering.html.measure_list import all_measures, matrix, measure_list
from kihonkeikaku.rendering.html.measure_page import measure_pages
from kihonkeikaku.rendering.html.ministry_list import ministry_list
from kihonkeikaku.rendering.html.ministry_page import ministry_pages
from kihonkeikaku.rendering.html.not_found import not_found_page
from kihonkeikaku.rendering.html.open_data import data_files
from kihonkeikaku.rendering.html.overview import overview
from kihonkeikaku.rendering.html.page import Page
from kihonkeikaku.rendering.html.plan_page import whole_plan_page
from kihonkeikaku.rendering.html.retired_pages import gone_pages
from kihonkeikaku.rendering.html.search import search_files
from kihonkeikaku.rendering.html.sitemap import sitemap


def site(
    present: EditionRecord,
    earlier: tuple[EditionRecord, ...] = (),
    companions: tuple[Companion, ...] = (),
) -> Iterator[Page[Any]]:
    """Yields the pages of the HTML edition, none of them made yet.

    Args:
        present: the edition.
        earlier: the editions before it, oldest first.
        companions: what is made beside ``html/``, for the pages to lead to.
    """
    frame = frame_of(present.document, companions)
    catalogue = Catalogue(present.document)
    history = History(earlier, present)
    measures = all_measures(frame, catalogue)
    search_page, search_texts = search_files(frame, catalogue)
    pages: list[Page[Any]] = [
        whole_plan_page(frame, present.document),
        overview(frame, catalogue),
        measure_list(measures),
        *measure_pages(frame, catalogue, history),
        ministry_list(frame, catalogue),
        *ministry_pages(frame, catalogue),
        matrix(measures),
        search_page,
    ]
    yield from pages
    yield search_texts
    if frame.base_url:
        yield sitemap(frame.base_url, (page.path for page in pages))
    yield from gone_pages(frame, history)
    yield not_found_page(frame)
    yield from data_files(frame, catalogue)


def asset_files() -> Iterator[tuple[str, bytes]]:
    """Yields the styles and the like that all pages share, by path in the edition's folder."""
    for name in ASSETS:
        path, content = asset(name)
        yield f"html/{path}", content
