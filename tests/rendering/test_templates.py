"""How values get into templates."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

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


def test_a_condition_without_else_puts_out_nothing() -> None:
    assert filled("[{{ 'x' if value }}]", value=False) == "[]"


def test_a_value_that_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'value' is undefined"):
        filled("{{ value }}")
