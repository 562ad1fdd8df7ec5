"""Templates filled with values: the only module that imports jinja2.

Text of the plan reaches a template as a value, never as a template, and every value is escaped:
``select_autoescape`` would leave files named ``*.html.j2`` out.
"""

from collections.abc import Iterable
from functools import cache
from itertools import groupby

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kihonkeikaku.model.document import (
    LEAD_MARK,
    REPRINT_MARK,
    FootnoteRun,
    Inline,
    NumberedParagraph,
    ReferenceRun,
)
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.text.dates import format_wareki


def fill(template: str, **values: object) -> str:
    """Returns the text of ``template``, a path below ``templates/``, filled with ``values``.

    Raises:
        jinja2.TemplateError: the template is wrong, or names a value that it was not given.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["link"] = _is_link
    environment.tests["note"] = _is_note
    environment.filters["by_marker"] = _by_marker
    environment.filters["format_wareki"] = format_wareki
    environment.globals |= {"lead_mark": LEAD_MARK, "reprint_mark": REPRINT_MARK}
    return environment


def _is_link(inline: Inline) -> bool:
    return isinstance(inline, ReferenceRun)


def _is_note(inline: Inline) -> bool:
    return isinstance(inline, FootnoteRun)


def _by_marker(body: Iterable[NumberedParagraph]) -> list[tuple[str, list[NumberedParagraph]]]:
    """Groups consecutive paragraphs of one kind: they make one list."""
    return [(marker, list(run)) for marker, run in groupby(body, lambda p: p.marker)]
