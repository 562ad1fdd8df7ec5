"""Pages taken apart, for tests to look at."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.html.history import EditionRecord
from kihonkeikaku.rendering.html.site import asset_files, site_pages
from tests.rendering.plan_data import document

VOID = {"meta", "link", "br", "img", "hr", "input", "rect"}


class ParsedPage(HTMLParser):
    """A page taken apart: its elements, and the text within each."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[list[str]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text: list[str] = []
        self.elements.append((tag, dict(attrs), text))
        if tag not in VOID:
            self._open.append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for text in self._open:
            text.append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attrs, "".join(text)) for name, attrs, text in self.elements if name == tag]

    def text_of_class(self, name: str) -> str:
        """The text of the one element of a class."""
        [text] = [
            "".join(text)
            for _, attrs, text in self.elements
            if name in (attrs.get("class") or "").split()
        ]
        return text

    @property
    def text(self) -> str:
        """All text of the page."""
        [(_, text)] = self.all("html")
        return text

    def classes(self) -> set[str]:
        return {name for names in self.attributes("class") for name in names.split()}

    def meta(self, name: str) -> str | None:
        """What a meta element says; None where there is none."""
        found = [
            attrs["content"]
            for attrs, _ in self.all("meta")
            if name in (attrs.get("name"), attrs.get("property"))
        ]
        return found[0] if found else None

    def attributes(self, name: str) -> Iterator[str]:
        return (attrs[name] or "" for _, attrs, _ in self.elements if name in attrs)


def squeezed(text: str) -> str:
    return "".join(text.split())


def site_files(
    present: EditionRecord,
    earlier: tuple[EditionRecord, ...] = (),
    base_url: str | None = None,
) -> Iterator[tuple[str, bytes]]:
    """All files of the HTML edition, by their paths in the edition's folder."""
    for page in site_pages(present, earlier, base_url=base_url):
        yield f"html/{page.path}", page.render()
    yield from asset_files()


def files_of(plan: Document, base_url: str | None = None) -> dict[str, bytes]:
    return dict(site_files(EditionRecord(plan), base_url=base_url))


def index_page(plan: Document) -> str:
    return files_of(plan)["html/index.html"].decode()


def index(**changes: Any) -> ParsedPage:
    return ParsedPage(index_page(document(**changes)))
