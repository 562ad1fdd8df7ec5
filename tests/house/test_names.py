"""Names of the code: each type and each module has one meaning, and no name is a riddle."""

import ast
from collections.abc import Iterator
from pathlib import Path

from scripts.measure_code import CHECKED, repeated, silencing_comments, type_names
from tests.conftest import REPOSITORY

SOURCE = REPOSITORY / "src"
MODULES = sorted(SOURCE.rglob("*.py"))

SHARED_FILE_NAMES = {"__init__.py", "fidelity.py"}
"""The same part in two rooms: what links where, and that an output says what the plan says."""

RIDDLES = {"told", "telling", "became", "ended", "standing", "things", "read_before", "meanwhile"}
"""Names of modules and functions that say nothing to somebody new here."""

OUR_WORDS = {
    "nearest": "suggestions",
    "check": "linter",
    "allowances": "overrides",
    "structured_data": "json_ld",
    "workplace": "staging",
    "place": "output_folder",
    "ledger": "build_record",
    "recipe": "cache_key",
    "child": "worker",
    "frames": "protocol",
    "judge": "classifier",
    "carrying_out": "interpreter",
    "order": "request",
}
"""Names of modules that other tools call otherwise, and what they call them."""


def functions(path: Path) -> Iterator[str]:
    """Yields the names of a module's functions and methods, without the ``_`` before them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name.lstrip("_")


def test_a_type_name_has_one_meaning() -> None:
    named = (name for path in MODULES for name in type_names(ast.parse(path.read_text("utf-8"))))
    assert repeated(named) == []


def test_a_file_name_has_one_meaning() -> None:
    names = (path.name for path in MODULES if path.name not in SHARED_FILE_NAMES)
    assert repeated(names) == []


def test_no_module_or_function_has_a_riddle_for_a_name() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in MODULES
        for name in [path.stem, path.parent.name, *functions(path)]
        if name in RIDDLES
    }
    assert found == set()


def test_modules_are_called_what_other_tools_call_them() -> None:
    found = {str(path.relative_to(SOURCE)) for path in MODULES if path.stem in OUR_WORDS}
    assert found == set()


def test_what_silences_a_checker_says_why() -> None:
    without = [
        str(path.relative_to(REPOSITORY))
        for folder in CHECKED
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        if "node_modules" not in path.parts
        if not all(silencing_comments(path.read_text("utf-8")))
    ]
    assert without == []
