"""No page of an edition has a dead link."""

from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser.site import BAD_PAGE, Site

pytestmark = pytest.mark.slow

ADDRESSES = {"href", "src", "action", "data"}


class _LinkReader(HTMLParser):
    """Collects the addresses and the anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in ADDRESSES and not (tag == "link" and ("rel", "canonical") in attrs):
                self.links.append(value or "")


@cache
def _read_links(page: Path) -> _LinkReader:
    reader = _LinkReader()
    reader.feed(page.read_text("utf-8"))
    return reader


def dead_links(page: Path) -> Iterator[str]:
    """Yields what a page links to that isn't there: files, and anchors within pages."""
    for link in _read_links(page).links:
        address = urlsplit(link)
        if address.scheme in ("https", "mailto") or link in ("", "#"):
            continue
        target = page.parent / unquote(address.path) if address.path else page
        if (
            address.scheme
            or not target.is_file()
            or (address.fragment and unquote(address.fragment) not in _read_links(target).anchors)
        ):
            yield link


def test_no_page_has_a_dead_link(site: Site) -> None:
    dead = {page: found for page in site.pages() if (found := list(dead_links(site.folder / page)))}
    assert dead == {}


def test_no_link_leads_out_of_an_edition(site: Site) -> None:
    for page in site.pages():
        edition = site.folder / page.parts[0]
        for link in _read_links(site.folder / page).links:
            if path := urlsplit(link).path:
                target = (site.folder / page).parent / unquote(path)
                assert urlsplit(link).scheme or target.resolve().is_relative_to(edition), link


def test_links_are_found(site: Site) -> None:
    for page in site.pages():
        assert _read_links(site.folder / page).links, page


@pytest.mark.parametrize(
    "link", ["missing.png", "nowhere/index.html", "#nowhere", "javascript:void(0)", "missing.js"]
)
def test_the_bad_pages_links_are_dead(link: str, site: Site) -> None:
    assert link in list(dead_links(site.folder / BAD_PAGE))
