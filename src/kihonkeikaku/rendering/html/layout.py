"""What all pages share: the ``Page`` interface, the frame around their content, and assets."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Final

from kihonkeikaku import __version__
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.plan_head import PlanHead, Publication
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.templates import fill

NAVIGATION: Final = (
    (urls.PLAN, "全文"),
    (urls.OVERVIEW, "概要"),
    (urls.MEASURES, "取組"),
    (urls.MINISTRIES, "府省庁"),
    (urls.MATRIX, "分担表"),
    (urls.SEARCH, "検索"),
)
"""The pages that every page leads to, and what they are called."""

ASSETS: Final = (
    "style.css",
    "icon.svg",
    "filter.js",
    "search.js",
    "minisearch.js",
    "minisearch.txt",  # its licence, which goes wherever it goes
)
"""The assets of every edition, by their names in ``templates/web/``."""

STYLES: Final = ("tokens", "ground", "frame", "plan", "pages", "tables", "search", "paper")
"""The parts of ``style.css`` in ``templates/web/styles/``, in order."""


class Page(ABC):
    """A file of the HTML edition, rendered on demand: a page, a script, or data for download.

    Each kind of page is a frozen dataclass. Its fields are all that it is rendered from, so that a
    page whose fields have not changed need not be rendered again: tuples and dataclasses, and at
    their ends values whose ``repr`` shows their whole content. Apart from these, rendering reads
    only templates.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def path(self) -> str:
        """The path below ``html/``."""

    @abstractmethod
    def render_text(self) -> str:
        """Renders the file as text.

        Raises:
            MachineError: the text of the page differs from the plan.
        """

    def render(self) -> bytes:
        """Renders the file.

        Raises:
            MachineError: the text of the page differs from the plan.
        """
        return self.render_text().encode()


@dataclass(frozen=True, slots=True)
class Companion:
    """A file beside ``html/`` in an edition's folder: its path there, and the text of a link."""

    path: str
    media_type: str
    title: str

    @property
    def is_comparison(self) -> bool:
        """Whether this is the page of a comparison with another edition."""
        return self.path.startswith("comparison/")


@dataclass(frozen=True, slots=True)
class Frame:
    """The edition that a page belongs to, and what stands beside the page.

    ``companions`` are those that are made with the edition, ``assets`` the paths of styles and
    other assets below ``html/`` by their names. ``base_url`` is the public address of ``html/``, if
    it is known and is one that a page may link to.
    """

    head: PlanHead
    book_title: str
    date_line: str | None
    companions: tuple[Companion, ...]
    assets: tuple[tuple[str, str], ...]
    base_url: str | None

    @property
    def comparisons(self) -> tuple[Companion, ...]:
        """The comparisons that are made with the edition."""
        return tuple(one for one in self.companions if one.is_comparison)

    @property
    def publication(self) -> Publication | None:
        """The publication of the plan, if it has one."""
        return self.head.publication


def make_frame(
    document: Document, companions: tuple[Companion, ...] = (), base_url: str | None = None
) -> Frame:
    """Returns the frame of an edition's pages; an address that is none of the web is left out."""
    is_public = base_url and base_url.startswith(("https://", "http://"))
    return Frame(
        head=document.head,
        book_title=document.book_title,
        date_line=document.date_line,
        companions=companions,
        assets=tuple((name, read_asset(name)[0]) for name in ASSETS),
        base_url=base_url if is_public else None,
    )


def fill_page(template: str, frame: Frame, path: str, **values: object) -> str:
    """Returns a page: a template that extends ``web/base.html.j2``, filled.

    Args:
        template: its path below ``templates/``.
        frame: what stands around the page's own content.
        path: the page's path below ``html/``; of another folder's page, such as the comparison,
            the way there from ``html/``.
        values: the page's own, which override those of the frame.
    """
    outside = path.startswith("../")
    shared: dict[str, object] = {
        "frame": frame,
        "head": frame.head,
        "publication": frame.publication,
        "assets": dict(frame.assets),
        "root": urls.root_from(path.removeprefix("../")) + "html/"
        if outside
        else urls.root_from(path),
        "path": path,
        "canonical": None
        if outside or not frame.base_url
        else urls.public_address(frame.base_url, path),
        "navigation": _navigation(frame),
        "terms": frame.head.terms,
        "lead_mark": frame.head.assignments.lead,
        "tool_version": __version__,
    }
    return fill(template, **shared | values)


def _navigation(frame: Frame) -> tuple[tuple[str, str], ...]:
    """Returns the pages that every page leads to, in the plan's own words."""
    terms = frame.head.terms
    own = {urls.MEASURES: terms.measure, urls.MINISTRIES: terms.ministry}
    return tuple((path, own.get(path, name)) for path, name in NAVIGATION)


@cache
def read_asset(name: str) -> tuple[str, bytes]:
    """Returns the path below ``html/`` and the content of an asset in ``templates/web/``.

    The path holds a hash of the content, so that no cache serves styles of an earlier edition.
    """
    content = read_style_sheet() if name == "style.css" else (TEMPLATES / "web" / name).read_bytes()
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}-{sha256(content).hexdigest()[:8]}.{ending}", content


def read_style_sheet() -> bytes:
    """Returns the style sheet of all pages: one file, so that a browser waits for one only."""
    parts = (TEMPLATES / "web" / "styles" / f"{name}.css" for name in STYLES)
    return b"\n".join(part.read_bytes() for part in parts)
