"""JSON is laid out to the byte as Python lays it out, only sooner."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kihonkeikaku.system.json_format import laid_out

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda within: (
        st.lists(within) | st.tuples(within, within) | st.dictionaries(st.text(), within)
    ),
)


@given(VALUES)
def test_it_is_what_python_makes(value: object) -> None:
    assert laid_out(value) == json.dumps(value, ensure_ascii=False, indent=1)
    ordered = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    assert laid_out(value, sort_keys=True) == ordered


def test_a_value_a_line() -> None:
    assert laid_out({"b": [1, "経\n済"], "a": {}}) == (
        '{\n "b": [\n  1,\n  "経\\n済"\n ],\n "a": {}\n}'
    )


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(TypeError):
        laid_out({"a": [b"bytes"]})
