"""The figures of the code are of what is there, and of what really runs."""

import ast
from pathlib import Path

import pytest

from scripts.measure_code import WALKS, Module, repeated, silencing_comments, trace, type_names
from tests.conftest import REPOSITORY

SOURCE = '''\
"""A module."""

class Row:
    def cells(self):
        return [cell for cell in self]

Cells = tuple[str, ...]
'''


def test_a_module_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text(SOURCE, "utf-8")
    assert Module.read(file) == Module(file, lines=7, functions=1, type_names=("Row", "Cells"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class _Entry: ...\nclass Row(_Entry): ...", ["Entry", "Row"]),
        ("Place = tuple[int, int]\nStep = A | B", ["Place", "Step"]),
        ("Text: TypeAlias = str\nId = NewType('Id', str)", ["Text", "Id"]),
        ("LIMIT = sizes[0]\nValue = TypeVar('Value')\nplace = a[0]", []),
        ("def f():\n    class Local: ...", []),
    ],
)
def test_types_are_found(source: str, found: list[str]) -> None:
    assert list(type_names(ast.parse(source))) == found


def test_names_that_are_repeated_are_found() -> None:
    assert repeated(iter(["b", "a", "c", "a", "b"])) == ["a", "b"]


@pytest.mark.parametrize(
    ("comment", "has_reason"),
    [
        ("# noqa: F401", [False]),
        ("# noqa: F401 # re-exported", [True]),
        ("# noqa: PLC0415, N818 - seldom needed", [True]),
        ("# type: ignore[misc]", [False]),
        ("# type: ignore[misc] # no type information is published", [True]),
        ("# ruff: noqa: E501", [False]),
        ("# a comment on noqa", []),
    ],
)
def test_a_reason_is_found(comment: str, has_reason: list[bool]) -> None:
    assert list(silencing_comments(f"x = 1  {comment}\n")) == has_reason


@pytest.mark.slow
def test_a_walk_goes_through_the_modules_whose_functions_run() -> None:
    walk = trace(REPOSITORY, WALKS["validate"])
    files = {callee for _, callee in walk.calls}
    assert any(file.endswith("/loading/loader.py") for file in files)
    assert not any("/rendering/" in file for file in files)
    assert 10 < walk.modules() < 100
    assert walk.rules() > 30
    assert walk.calls_between_modules() > walk.modules()
