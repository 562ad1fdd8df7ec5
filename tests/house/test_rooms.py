"""The rooms of the program: which imports which, and that nothing lies beside them."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import REPOSITORY

PACKAGE: Final = REPOSITORY / "src" / "kihonkeikaku"

FLOORS: Final = (
    ("errors", "text"),
    ("system",),
    ("model",),
    ("office",),
    ("loading", "diff", "importing"),
    ("validation", "amendment", "rendering"),
    ("reports",),
    ("publishing",),
    ("verification",),
    ("drafting",),
    ("consultation",),
    ("editor",),
    ("cli",),
)
"""From the ground up: a room imports only rooms of lower floors."""

FLOOR: Final = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

LOOSE: Final = {"__init__.py", "__main__.py", "errors.py"}


def imported_modules(source: str) -> Iterator[str]:
    """Yields the modules of the program that a source file imports, wherever in the file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def upward_imports(room: str, source: str) -> list[str]:
    """The rooms that a module of ``room`` imports and must not."""
    found = []
    for module in imported_modules(source):
        package, _, rest = module.partition(".")
        other = rest.partition(".")[0]
        if package != "kihonkeikaku" or other not in FLOOR or other == room:
            continue
        if FLOOR[other] >= FLOOR[room]:
            found.append(other)
    return found


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    ("room", "source", "found"),
    [
        ("system", "from kihonkeikaku.errors import CommandError", []),
        ("text", "from kihonkeikaku.errors import CommandError", ["errors"]),
        ("model", "def f():\n    from kihonkeikaku.diff import change", ["diff"]),
        ("diff", "if TYPE_CHECKING:\n    import kihonkeikaku.loading.loader", ["loading"]),
        ("diff", "from kihonkeikaku import __version__", []),
        ("publishing", "from kihonkeikaku import cli", ["cli"]),
    ],
)
def test_an_import_that_runs_up_would_be_found(room: str, source: str, found: list[str]) -> None:
    assert upward_imports(room, source) == found


def test_a_room_imports_only_rooms_of_lower_floors() -> None:
    found = {
        str(path.relative_to(PACKAGE)): upward
        for path in PACKAGE.rglob("*.py")
        if path.name not in {"__init__.py", "__main__.py"} or path.parent != PACKAGE
        if (upward := upward_imports(room_of(path), path.read_text("utf-8")))
    }
    assert found == {}


def test_no_module_lies_beside_the_rooms() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == LOOSE
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(FLOOR) - {"errors"}
