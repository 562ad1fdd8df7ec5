"""How values get into templates."""

import re
from dataclasses import dataclass

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.compiled import CompiledTemplates
from kihonkeikaku.rendering.templates import _environment


def filled(template: str, **values: object) -> str:
    return _environment().from_string(template).render(values)


@pytest.mark.parametrize(
    ("value", "put_out"),
    [
        ("<b> & '\"", "&lt;b&gt; &amp; &#39;&#34;"),
        (Markup("<b>"), "<b>"),
        (1, "1"),
        (True, "True"),
        (None, "None"),
        (["<"], "[&#39;&lt;&#39;]"),
    ],
)
def test_every_value_is_escaped_but_what_is_markup(value: object, put_out: str) -> None:
    assert filled("{{ value }}", value=value) == put_out
    assert filled("{{ value }}", value=value) == put_out  # remembered


def test_a_condition_without_else_puts_out_nothing() -> None:
    assert filled("[{{ 'x' if value }}]", value=False) == "[]"


def test_a_value_that_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'value' is undefined"):
        filled("{{ value }}")


def test_values_are_put_out_by_a_way_of_our_own() -> None:
    """Else pages take half as much time again."""
    source = (TEMPLATES / "web" / "sitemap.xml.j2").read_text("utf-8")
    compiled = str(_environment().compile(source, raw=True))
    assert "environment.put_out(" in compiled
    assert not re.search(r"\bescape\(", compiled)


@pytest.mark.parametrize("name", ["web/measure.html.j2", "print/plan.html.j2"])
def test_templates_are_compiled_by_the_environment_that_fills_them(name: str) -> None:
    assert isinstance(_environment().bytecode_cache, CompiledTemplates)
    assert _environment().get_template(name).environment is _environment()


@dataclass(frozen=True)
class Named:
    """Something to be printed, which counts how often that is asked for."""

    text: str
    asked: list[int]

    @property
    def name(self) -> str:
        """Its name."""
        self.asked.append(1)
        return self.text


def test_what_a_macro_makes_of_a_value_is_made_once_a_page() -> None:
    template = (
        "{% macro one(value) %}<{{ value.name }}>{% endmacro %}"
        "{% for value in values %}{{ once(one, value) }}{% endfor %}"
    )
    first, second = Named("a&", []), Named("a&", [])
    values = [first, second, first, first]
    assert filled(template, values=values) == "<a&amp;>" * 4
    assert (len(first.asked), len(second.asked)) == (1, 1)
    filled(template, values=values)
    assert (len(first.asked), len(second.asked)) == (2, 2)
