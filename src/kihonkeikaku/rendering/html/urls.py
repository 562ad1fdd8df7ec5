"""Paths of pages below ``html/``, and the way from one page to another.

An address holds an identifier, which never changes, and no number, which may: it means the same
measure in every edition.
"""

from typing import Final

PLAN: Final = "index.html"
OVERVIEW: Final = "overview/index.html"
MEASURES: Final = "measures/index.html"
MINISTRIES: Final = "ministries/index.html"
MATRIX: Final = "matrix/index.html"
SEARCH: Final = "search/index.html"
NOT_FOUND: Final = "404.html"
SITEMAP: Final = "sitemap.xml"
ASSIGNMENTS_CSV: Final = "data/assignments.csv"
DEADLINES_CSV: Final = "data/deadlines.csv"
ASSIGNMENTS_JSON: Final = "data/assignments.json"


def measure_page(id: str) -> str:
    """Returns the path of a measure's page."""
    return f"measures/{id}.html"


def ministry_page(id: str) -> str:
    """Returns the path of a ministry's page."""
    return f"ministries/{id}.html"


def root_from(path: str) -> str:
    """Returns the way from a page up to ``html/``: "" or "../"."""
    return "../" * path.count("/")


def public_address(base: str, path: str) -> str:
    """Returns a page's address at the publisher's, without the 「index.html」 that servers add.

    Args:
        base: the address of the folder ``html/``.
        path: the page's path in it.
    """
    folder, slash, name = path.rpartition("/")
    return base.rstrip("/") + "/" + folder + slash + ("" if name == "index.html" else name)
