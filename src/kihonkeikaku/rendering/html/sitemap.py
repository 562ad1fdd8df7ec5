"""sitemap.xml: the public addresses of all pages (sitemaps.org, protocol 0.9)."""

from collections.abc import Iterable
from dataclasses import dataclass

from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.page import Page
from kihonkeikaku.rendering.templates import fill


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What the file is made from: public urls, in order."""

    addresses: tuple[str, ...]


def sitemap(base: str, paths: Iterable[str]) -> Page[Sitemap]:
    """Returns the sitemap of the pages at some paths below ``html/``.

    Args:
        base: the public address of ``html/``.
        paths: those of pages that search engines should know.
    """
    return Page(urls.SITEMAP, Sitemap(tuple(urls.public_address(base, p) for p in paths)), _write)


def _write(sitemap: Sitemap) -> str:
    return fill("web/sitemap.xml.j2", addresses=sitemap.addresses)
