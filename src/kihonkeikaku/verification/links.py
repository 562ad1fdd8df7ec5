"""Where the pages of an edition lead: to what is there, fetching nothing from elsewhere."""

import posixpath
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urlsplit

from kihonkeikaku.verification.problem import Kind, Problem

_ADDRESSES: Final = frozenset({"href", "src", "action", "data", "poster", "srcset", "formaction"})
_ELSEWHERE: Final = frozenset({"https", "http", "mailto"})
"""Schemes that a reader may be sent to; nothing is fetched by them."""
_FETCHING: Final = frozenset({"stylesheet", "icon", "preload", "modulepreload", "prefetch"})
_SHOWN: Final = 80
_OPEN_TAG: Final = re.compile(r"<[^<>]*+(?:<|\Z)")
_DECLARATIONS: Final = 100
"""So many declarations and comments may be in a page; ours have one."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that stands in a page, and whether a browser fetches it unasked."""

    address: str
    fetched: bool


@dataclass(slots=True)
class Ends:
    """What a page leads to, and what in it can be led to."""

    links: dict[Link, None] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ends = Ends()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ends.anchors.add(value)
            elif name in _ADDRESSES:
                self.ends.links[Link(value or "", _is_fetched(tag, attrs))] = None


def is_well_formed(page: str) -> bool:
    """Whether every tag of a page is closed before the next one begins, as in all pages of ours.

    What is open for ever, Python's reader looks for the end of again and again: it would take
    hours over a page that was made for that.
    """
    return not _OPEN_TAG.search(page) and page.count("<!") + page.count("<?") <= _DECLARATIONS


def ends(page: str) -> Ends:
    """Returns what a page leads to, and its anchors."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.ends


def dead_links(
    pages: dict[str, Ends], files: Set[str], base_url: str | None = None
) -> Iterator[Problem]:
    """Yields the addresses that lead nowhere.

    Args:
        pages: what each page leads to, by its path within the edition.
        files: the paths of all files of the edition.
        base_url: the public address of ``html/``, where the plan says it.
    """
    base = base_url.rstrip("/") + "/" if base_url else None
    for page, found in pages.items():
        for link in found.links:
            wrong = _wrong(page, _within(base, page, link), pages, files)
            if wrong:
                yield Problem(page, Kind.DEAD_LINK, f"リンク「{_brief(link.address)}」{wrong}。")


def _within(base: str | None, page: str, link: Link) -> Link:
    """Returns a link into the edition by its public address as one from its page."""
    if base is None or not link.address.startswith(base):
        return link
    way = posixpath.relpath("html", posixpath.dirname(page) or ".")
    return replace(link, address=f"{way}/{link.address.removeprefix(base)}")


def _wrong(page: str, link: Link, pages: dict[str, Ends], files: Set[str]) -> str:
    try:
        address = urlsplit(link.address)
    except ValueError:
        return "を読めません"
    if address.scheme or address.netloc:
        if link.fetched:
            return "は、版の外から取り寄せます"
        return "" if address.scheme in _ELSEWHERE else "は、使えない種類のアドレスです"
    return _wrong_within(_target(page, address.path), unquote(address.fragment), pages, files)


def _target(page: str, path: str) -> str:
    """Returns what a relative address in a page stands for; the page itself if it is empty."""
    if not path:
        return page
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))


def _wrong_within(target: str, anchor: str, pages: dict[str, Ends], files: Set[str]) -> str:
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
        return bool(_FETCHING & set((dict(attributes).get("rel") or "").lower().split()))
    return True


def _brief(address: str) -> str:
    return address if len(address) <= _SHOWN else address[:_SHOWN] + "…"
