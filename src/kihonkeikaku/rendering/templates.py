"""Templates filled with values: the only module that imports jinja2.

Text of the plan reaches a template as a value, never as a template, and every value is escaped:
``select_autoescape`` would leave files named ``*.html.j2`` out.
"""

from collections.abc import Mapping
from functools import cache, partial
from math import ceil
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kihonkeikaku.model.inlines import (
    REPRINT_MARK,
    EmphasisRun,
    FootnoteRun,
    Inline,
    LinkRun,
    ReferenceRun,
    RubyRun,
)
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.block_groups import group_blocks
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
    for name, run in _RUNS.items():
        environment.tests[name] = partial(_is_run, run)  # type: ignore[assignment] # any callable
    environment.filters["group_blocks"] = group_blocks
    environment.filters["count_ems"] = count_ems
    environment.filters["format_wareki"] = format_wareki
    environment.globals["reprint_mark"] = REPRINT_MARK
    return environment


def count_ems(label: str) -> int:
    """Returns how far the lines of a heading hang behind its label and the gap, in em."""
    width = sum(0.5 if character < "\u0100" else 1 for character in label)
    return ceil(width) + 1 if label else 0


_RUNS: Final[Mapping[str, type[Inline]]] = {
    "link": ReferenceRun,
    "note": FootnoteRun,
    "emphasis": EmphasisRun,
    "ruby": RubyRun,
    "web_link": LinkRun,
}
"""The runs that templates tell apart, by what they call them."""


def _is_run(run: type[Inline], inline: Inline) -> bool:
    return isinstance(inline, run)
