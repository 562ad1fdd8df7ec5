"""The comparison of two editions as a page."""

from kihonkeikaku.compare import Comparison
from kihonkeikaku.numbering import Document
from kihonkeikaku.render.comparison.rows import groups
from kihonkeikaku.render.web.assets import asset
from kihonkeikaku.render.web.frame import fill_page, frame_of
from kihonkeikaku.telling import KIND_NAMES, Teller


def comparison_pages(comparison: Comparison, old: Document, new: Document) -> dict[str, bytes]:
    """Returns the files of the comparison by their path in the new edition's folder.

    Args:
        comparison: what changed.
        old: the old edition, numbered.
        new: the new edition, numbered; its HTML edition is linked to.
    """
    style_name, style = asset("comparison.css")
    own = [change for change in comparison.changes if change.kind != "renumbered"]
    numbers = [change for change in comparison.changes if change.kind == "renumbered"]
    page = fill_page(
        "web/comparison.html.j2",
        frame_of(new),
        "../comparison/index.html",
        comparison_style=style_name,
        old=old,
        counts=[(KIND_NAMES[kind], count) for kind, count in comparison.summary.items()],
        groups=groups(own, old, new),
        numbers=numbers,
        teller=Teller(old, new),
        document=new,
    )
    return {"comparison/index.html": page.encode(), f"html/{style_name}": style}
