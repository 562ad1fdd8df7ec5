"""docs/architecture.md agrees with the tree: the rooms, their one line, the modules it names."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import REPOSITORY
from tests.house.test_rooms import FLOOR, FLOORS, PACKAGE

PAGE: Final = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
ROW: Final = re.compile(r"^\| `(?P<room>[\w.]+)/?` \| [^|]+ \| (?P<line>[^|]+) \|$", re.MULTILINE)
MOST_MODULES: Final = 12
"""So many modules may the walk of one measure name."""


def rooms_in_page() -> dict[str, str]:
    return {row["room"].removesuffix(".py"): row["line"] for row in ROW.finditer(PAGE)}


def first_line(room: str) -> str:
    """The first line of a room's docstring."""
    file = PACKAGE / room / "__init__.py" if room != "errors" else PACKAGE / "errors.py"
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    return (docstring or "").partition("\n")[0]


def test_the_page_lists_each_room_with_its_own_line() -> None:
    assert rooms_in_page() == {room: first_line(room) for room in FLOOR}


def test_the_english_page_lists_each_room() -> None:
    page = (REPOSITORY / "docs" / "english.md").read_text("utf-8")
    rooms = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    assert set(rooms) == set(FLOOR) - {"errors"}


def test_the_page_lists_the_rooms_from_the_top_down() -> None:
    floors = [FLOOR[room] for room in rooms_in_page()]
    assert floors == sorted(floors, reverse=True)
    assert len(FLOORS) == len(set(floors))


def test_each_module_that_the_page_names_exists() -> None:
    named = {Path(name) for name in re.findall(r"`((?:\w+/)+\w+\.py)`", PAGE)}
    inside = {name for name in named if name.parts[0] in FLOOR}
    assert len(inside) > 30
    assert {str(name) for name in inside if not (PACKAGE / name).is_file()} == set()


@pytest.mark.parametrize(
    "heading", ["ファイルから、そのページへ", "ファイルから、新旧対照表の一行へ"]
)
def test_a_walk_is_told_in_a_dozen_modules(heading: str) -> None:
    walk = PAGE.partition(f"**{heading}**")[2].partition("\n\n**")[0]
    steps = re.findall(r"^\d+\. ", walk, re.MULTILINE)
    assert 5 < len(steps) <= MOST_MODULES
