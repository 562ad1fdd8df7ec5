"""How templates are filled with values."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from kihonkeikaku.rendering.templates import _environment


def fill_template(template: str, **values: object) -> str:
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
def test_every_value_but_markup_is_escaped(value: object, put_out: str) -> None:
    assert fill_template("{{ value }}", value=value) == put_out


def test_a_condition_without_else_is_empty() -> None:
    assert fill_template("[{{ 'x' if value }}]", value=False) == "[]"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="'value' is undefined"):
        fill_template("{{ value }}")
