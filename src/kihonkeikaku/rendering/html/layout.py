"""What every page of an edition has around its own content."""

from dataclasses import dataclass
from typing import Final, Literal

from kihonkeikaku import __version__
from kihonkeikaku.model.document import Document
from kihonkeikaku.model.plan import PlanHead, Publication
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.assets import asset_paths
from kihonkeikaku.rendering.templates import fill

Companion = Literal["plan.json", "pdf/plan.pdf", "comparison/index.html"]
"""What may stand beside ``html/`` in an edition's folder."""

NAVIGATION: Final = (
    (urls.PLAN, "全文"),
    (urls.OVERVIEW, "概要"),
    (urls.MEASURES, "取組"),
    (urls.MINISTRIES, "府省庁"),
    (urls.MATRIX, "分担表"),
    (urls.SEARCH, "検索"),
)
"""The pages that every page leads to, and what they are called."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The edition that a page belongs to, and what stands beside the page.

    ``companions`` are those that were made with the edition, ``assets`` the paths of styles and
    the like below ``html/`` by their names.
    """

    head: PlanHead
    book_title: str
    date_line: str | None
    companions: tuple[Companion, ...]
    assets: tuple[tuple[str, str], ...]

    @property
    def publication(self) -> Publication | None:
        """Who publishes the plan, if that is said."""
        return self.head.publication

    @property
    def base_url(self) -> str | None:
        """The public address of ``html/``, if it is known, and one that a page may lead to."""
        address = self.publication.base_url if self.publication else None
        return address if address and address.startswith(("https://", "http://")) else None


def frame_of(document: Document, companions: tuple[Companion, ...] = ()) -> Frame:
    """Returns the frame of an edition's pages."""
    return Frame(
        head=document.head,
        book_title=document.book_title,
        date_line=document.date_line,
        companions=companions,
        assets=tuple(asset_paths().items()),
    )


def fill_page(template: str, frame: Frame, path: str, **values: object) -> str:
    """Returns a page: a template that extends ``web/base.html.j2``, filled.

    Args:
        template: its path below ``templates/``.
        frame: what stands around the page's own content.
        path: the page's path below ``html/``; of another folder's page, such as the comparison,
            from there.
        values: the page's own.
    """
    return fill(template, **frame_values(frame, path), **values)


def frame_values(frame: Frame, path: str) -> dict[str, object]:
    """Returns what ``web/base.html.j2`` needs for the page at ``path``."""
    beside = path.startswith("../")  # a page of another folder, beside html/
    return {
        "frame": frame,
        "head": frame.head,
        "publication": frame.publication,
        "assets": dict(frame.assets),
        "root": "../html/" if beside else urls.root_from(path),
        "path": path,
        "canonical": None if beside else _canonical(frame, path),
        "navigation": NAVIGATION,
        "tool_version": __version__,
    }


def _canonical(frame: Frame, path: str) -> str | None:
    return urls.public_address(frame.base_url, path) if frame.base_url else None
