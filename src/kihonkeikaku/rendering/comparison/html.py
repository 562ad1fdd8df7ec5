"""The comparison of two editions as a page: in an edition's folder, or alone in one file."""

from base64 import b64encode
from hashlib import sha256

from kihonkeikaku import __version__
from kihonkeikaku.rendering.comparison.report import ComparisonReport
from kihonkeikaku.rendering.html.layout import fill_page, make_frame, read_asset, read_style_sheet
from kihonkeikaku.rendering.templates import fill


def comparison_pages(report: ComparisonReport) -> dict[str, bytes]:
    """Returns the files of the comparison by their path in the new edition's folder.

    The page leads to the new edition's own pages, which stand beside it.
    """
    style_name, content = read_asset("comparison.css")
    page = fill_page(
        "web/comparison.html.j2",
        make_frame(report.result.new),
        "../comparison/index.html",
        comparison_style=style_name,
        **report.template_values(),
    )
    return {"comparison/index.html": page.encode(), f"html/{style_name}": content}


def comparison_file(report: ComparisonReport) -> bytes:
    """Returns the comparison as one HTML file, which needs no other."""
    inside = read_style_sheet().decode() + read_asset("comparison.css")[1].decode()
    digest = b64encode(sha256(inside.encode()).digest()).decode()
    page = fill(
        "web/comparison-alone.html.j2",
        style=inside,
        style_hash=f"sha256-{digest}",
        tool_version=__version__,
        **report.template_values(),
    )
    return page.encode()
