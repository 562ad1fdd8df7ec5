"""Templates: the only module that knows jinja2.

Text of the plan reaches a template as a value, never as a template, and every value is escaped:
``select_autoescape`` would leave files named ``*.html.j2`` out.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from kihonkeikaku.model.document import (
    LEAD_MARK,
    REPRINT_MARK,
    FootnoteRun,
    Inline,
    NumberedParagraph,
    ReferenceRun,
)
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.compiled import CompiledTemplates
from kihonkeikaku.text.era_dates import wareki

_REMEMBERED: Final = 1 << 14
"""So many texts are known escaped: neighbouring pages say much the same."""


def fill(template: str, **values: object) -> str:
    """Returns the text of ``template``, a path below ``templates/``, filled with ``values``.

    Raises:
        jinja2.TemplateError: the template is at fault, such as by naming a value it wasn't given.
    """
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(compiler=Path(__file__)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["link"] = _is_link
    environment.tests["note"] = _is_note
    environment.filters["by_marker"] = _by_marker
    environment.filters["wareki"] = wareki
    environment.globals |= {"lead_mark": LEAD_MARK, "reprint_mark": REPRINT_MARK, "once": _once}
    return environment


class _CodeGenerator(CodeGenerator):
    """Compiles a template so that what it puts out is escaped by ``_Environment.put_out``."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.put_out(")


class _Environment(Environment):
    """Jinja's, but for how values are escaped: that alone took a fifth of the time of a page."""

    code_generator_class = _CodeGenerator

    @staticmethod
    def put_out(value: object) -> str:
        """Escapes a value; what is put out need not be known to be safe as ``Markup`` is."""
        if type(value) is str:
            return _escaped(value)
        if isinstance(value, Undefined):  # of a condition without "else"; others complain
            return str(value)
        return value if isinstance(value, Markup) else escape(value)


@lru_cache(_REMEMBERED)
def _escaped(text: str) -> str:
    return str(escape(text))


def _once(macro: Macro, value: object) -> str:
    """Returns what a macro makes of a value, made once a page: a page lives less long than both.

    Of a plan's thousands of assignments, a few dozen are unlike each other.
    """
    made: dict[int, str] = vars(macro).setdefault("made", {})
    if id(value) not in made:
        made[id(value)] = macro(value)
    return made[id(value)]


def _is_link(inline: Inline) -> bool:
    return isinstance(inline, ReferenceRun)


def _is_note(inline: Inline) -> bool:
    return isinstance(inline, FootnoteRun)


def _by_marker(body: Iterable[NumberedParagraph]) -> list[tuple[str, list[NumberedParagraph]]]:
    """Gathers paragraphs of one kind that follow each other: what makes one list."""
    return [(marker, list(run)) for marker, run in groupby(body, lambda p: p.marker)]
