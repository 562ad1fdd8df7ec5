"""The HTML edition: the list of all its pages, each rendered on demand."""

from collections.abc import Iterator
from dataclasses import dataclass

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.catalogue import Catalogue
from kihonkeikaku.rendering.html.history import EditionRecord, History, retired_pages
from kihonkeikaku.rendering.html.layout import (
    ASSETS,
    Companion,
    Frame,
    Page,
    fill_page,
    make_frame,
    read_asset,
)
from kihonkeikaku.rendering.html.measure_pages import matrix_page, measure_list_page, measure_pages
from kihonkeikaku.rendering.html.ministry_pages import ministry_list_page, ministry_pages
from kihonkeikaku.rendering.html.open_data import data_files
from kihonkeikaku.rendering.html.plan_pages import PlanPage, overview_page
from kihonkeikaku.rendering.html.search import search_pages
from kihonkeikaku.rendering.templates import fill


@dataclass(frozen=True, slots=True)
class Sitemap(Page):
    """sitemap.xml: public addresses of pages (sitemaps.org, protocol 0.9), in order."""

    addresses: tuple[str, ...]

    path = urls.SITEMAP

    def render_text(self) -> str:
        """Renders the file."""
        return fill("web/sitemap.xml.j2", addresses=self.addresses)


@dataclass(frozen=True, slots=True)
class NotFoundPage(Page):
    """The page that a server shows for an address without a page.

    Shown at any address, it can't use links relative to its own; if the public address is known,
    they start from there.
    """

    frame: Frame

    path = urls.NOT_FOUND

    def render_text(self) -> str:
        """Renders the page."""
        base = self.frame.base_url
        root = {"root": urls.public_address(base, "")} if base else {}
        return fill_page("web/404.html.j2", self.frame, self.path, **root)


def site_pages(
    present: EditionRecord,
    earlier: tuple[EditionRecord, ...] = (),
    companions: tuple[Companion, ...] = (),
    base_url: str | None = None,
) -> Iterator[Page]:
    """Yields the pages of the HTML edition, none of them rendered yet.

    Args:
        present: the edition.
        earlier: the editions before it, oldest first.
        companions: what is made beside ``html/``, for the pages to link to.
        base_url: the public address of ``html/``.
    """
    frame = make_frame(present.document, companions, base_url)
    catalogue = Catalogue(present.document)
    history = History(earlier, present)
    search_page, search_script = search_pages(frame, catalogue)
    pages: list[Page] = [
        PlanPage(frame, present.document),
        overview_page(frame, catalogue),
        measure_list_page(frame, catalogue),
        *measure_pages(frame, catalogue, history),
        ministry_list_page(frame, catalogue),
        *ministry_pages(frame, catalogue),
        matrix_page(frame, catalogue),
        search_page,
    ]
    yield from pages
    yield search_script
    if frame.base_url:
        base = frame.base_url
        yield Sitemap(tuple(urls.public_address(base, page.path) for page in pages))
    yield from retired_pages(frame, history)
    yield NotFoundPage(frame)
    yield from data_files(frame, catalogue)


def asset_files() -> Iterator[tuple[str, bytes]]:
    """Yields the styles, scripts and icon of all pages, by path in the edition's folder."""
    for name in ASSETS:
        path, content = read_asset(name)
        yield f"html/{path}", content
