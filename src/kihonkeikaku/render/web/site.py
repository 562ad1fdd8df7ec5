"""The HTML edition."""

from hashlib import sha256

from kihonkeikaku.numbering import Document
from kihonkeikaku.render.edition import edition_values
from kihonkeikaku.render.environment import fill
from kihonkeikaku.render.packaged import TEMPLATES
from kihonkeikaku.render.web.page_text import refuse_unfaithful_html


def pages(document: Document) -> dict[str, bytes]:
    """Returns the files of the HTML edition by their path in the edition's folder.

    The same document gives the same bytes.

    Raises:
        MachineTrouble: the page says something else than the document.
    """
    name, style = stylesheet("style")
    plan = fill("web/plan.html.j2", root="", stylesheet=name, **edition_values(document))
    refuse_unfaithful_html(plan, document)
    return {"html/index.html": plan.encode(), f"html/{name}": style}


def stylesheet(name: str) -> tuple[str, bytes]:
    """Returns a style sheet's path below ``html/`` and its content.

    The path changes with the content, so that no cache hands out yesterday's styles.
    """
    style = (TEMPLATES / "web" / f"{name}.css").read_bytes()
    return f"assets/{name}-{sha256(style).hexdigest()[:8]}.css", style
