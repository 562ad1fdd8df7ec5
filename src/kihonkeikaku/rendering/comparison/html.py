"""The comparison of two editions as a page: in an edition's folder, or alone in one file."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

from kihonkeikaku import __version__
from kihonkeikaku.rendering.comparison.report import ComparisonReport
from kihonkeikaku.rendering.comparison.three_columns import ThreeColumnReport
from kihonkeikaku.rendering.html.layout import (
    Companion,
    fill_page,
    make_frame,
    read_asset,
    read_style_sheet,
)
from kihonkeikaku.rendering.templates import fill


def comparison_page(
    report: ComparisonReport, path: str, comparisons: tuple[Companion, ...]
) -> tuple[str, bytes]:
    """Returns the page of a comparison, with its path in the new edition's folder.

    It leads to the new edition's own pages, which stand beside it, and to other comparisons.

    Args:
        report: the comparison.
        path: the page's path in the new edition's folder.
        comparisons: the pages of all comparisons of the edition.
    """
    page = fill_page(
        "web/comparison.html.j2",
        make_frame(report.result.new, comparisons),
        f"../{path}",
        comparison_style=read_asset("comparison.css")[0],
        others=tuple(one for one in comparisons if one.path != path),
        **report.template_values(),
    )
    return path, page.encode()


def comparison_style() -> tuple[str, bytes]:
    """Returns the style sheet of these pages, with its path in the edition's folder."""
    name, content = read_asset("comparison.css")
    return f"html/{name}", content


def comparison_file(report: ComparisonReport) -> bytes:
    """Returns the comparison as one HTML file, which needs no other."""
    return _file("web/comparison-alone.html.j2", report.template_values())


def three_column_file(report: ThreeColumnReport) -> bytes:
    """Returns the table of three editions as one HTML file, which needs no other."""
    return _file("web/three-columns.html.j2", report.template_values())


def _file(template: str, values: Mapping[str, object]) -> bytes:
    inside = read_style_sheet().decode() + read_asset("comparison.css")[1].decode()
    digest = b64encode(sha256(inside.encode()).digest()).decode()
    page = fill(
        template,
        style=inside,
        style_hash=f"sha256-{digest}",
        tool_version=__version__,
        **values,
    )
    return page.encode()
