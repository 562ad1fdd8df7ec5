"""The links of an edition's pages: each leads to something, and none fetches from elsewhere."""

import posixpath
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urlsplit

from kihonkeikaku.verification.problems import Problem, ProblemKind

_ADDRESS_ATTRIBUTES: Final = frozenset(
    {"href", "src", "action", "data", "poster", "srcset", "formaction"}
)
_OUTSIDE_SCHEMES: Final = frozenset({"https", "http", "mailto"})
"""Schemes that a reader may be sent to; nothing is fetched by them."""
_FETCHED_RELATIONS: Final = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch"}
)
_LONGEST_SHOWN: Final = 80
_OPEN_TAG: Final = re.compile(r"<[^<>]*+(?:<|\Z)")
_MOST_DECLARATIONS: Final = 100
"""Most declarations and comments that a page may have; ours have one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """An address in a page, and whether a browser fetches it unasked."""

    address: str
    fetched: bool


@dataclass(slots=True)
class PageLinks:
    """The addresses and the anchors of a page."""

    links: dict[PageLink, None] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = PageLinks()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.found.anchors.add(value)
            elif name in _ADDRESS_ATTRIBUTES:
                self.found.links[PageLink(value or "", _is_fetched(tag, attrs))] = None


def is_well_formed(page: str) -> bool:
    """Whether every tag of a page is closed before the next one begins, as in all pages of ours.

    Python's parser searches for the end of an unclosed tag again and again: a page made for that
    would take hours.
    """
    return not _OPEN_TAG.search(page) and page.count("<!") + page.count("<?") <= _MOST_DECLARATIONS


def read_links(page: str) -> PageLinks:
    """Returns the addresses and the anchors of a page."""
    reader = _LinkReader()
    reader.feed(page)
    reader.close()
    return reader.found


def find_dead_links(
    pages: dict[str, PageLinks], files: Set[str], base_url: str | None = None
) -> Iterator[Problem]:
    """Yields the addresses that lead nowhere.

    Args:
        pages: the links of each page, by its path within the edition.
        files: the paths of all files of the edition.
        base_url: the public address of ``html/``, if the plan has one.
    """
    base = base_url.rstrip("/") + "/" if base_url else None
    for page, found in pages.items():
        for link in found.links:
            fault = _find_fault(page, _make_relative(base, page, link), pages, files)
            if fault:
                yield Problem(
                    page, ProblemKind.DEAD_LINK, f"リンク「{_shorten(link.address)}」{fault}。"
                )


def _make_relative(base: str | None, page: str, link: PageLink) -> PageLink:
    """Returns a link into the edition by its public address as one from its page."""
    if base is None or not link.address.startswith(base):
        return link
    way = posixpath.relpath("html", posixpath.dirname(page) or ".")
    return replace(link, address=f"{way}/{link.address.removeprefix(base)}")


def _find_fault(page: str, link: PageLink, pages: dict[str, PageLinks], files: Set[str]) -> str:
    try:
        address = urlsplit(link.address)
    except ValueError:
        return "を読めません"
    if address.scheme or address.netloc:
        if link.fetched:
            return "は、版の外から取り寄せます"
        return "" if address.scheme in _OUTSIDE_SCHEMES else "は、使えない種類のアドレスです"
    return _find_fault_within(_resolve(page, address.path), unquote(address.fragment), pages, files)


def _resolve(page: str, path: str) -> str:
    """Returns the path that a relative address in a page means; the page itself if it is empty."""
    if not path:
        return page
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _find_fault_within(
    target: str, anchor: str, pages: dict[str, PageLinks], files: Set[str]
) -> str:
    if target.startswith(("../", "/")) or target == "..":
        return "は、版の外を指しています"
    if target not in files:
        target = posixpath.join(target, "index.html")
    if target not in files:
        return "の先に、ファイルがありません"
    if anchor and target in pages and anchor not in pages[target].anchors:
        return "の先に、その場所（id）がありません"
    return ""


def _is_fetched(tag: str, attributes: list[tuple[str, str | None]]) -> bool:
    if tag in ("a", "area"):
        return False
    if tag == "link":
        return bool(_FETCHED_RELATIONS & set((dict(attributes).get("rel") or "").lower().split()))
    return True


def _shorten(address: str) -> str:
    return address if len(address) <= _LONGEST_SHOWN else address[:_LONGEST_SHOWN] + "…"
