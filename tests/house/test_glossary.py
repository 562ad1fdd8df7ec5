"""docs/glossary.md: each word stands once, and what it is called in the code is there."""

import ast
import re
from collections.abc import Iterator

from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "glossary.md"
PACKAGE = REPOSITORY / "src" / "kihonkeikaku"


def rows() -> Iterator[list[str]]:
    """Yields the Japanese, the English and the code of each word."""
    for line in PAGE.read_text("utf-8").splitlines():
        cells = line.strip("| ").split(" | ")
        if line.startswith("| ") and cells[0] != "日本語":
            yield cells


def names_in_the_code() -> set[str]:
    """The names of modules and packages, and what modules define at their top."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        found |= {path.stem, path.parent.name}
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found.add(node.name)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_each_word_stands_once() -> None:
    for column in (0, 1):
        words = [cells[column] for cells in rows()]
        assert len(words) > 25
        assert len(set(words)) == len(words)


def test_each_name_is_in_the_code() -> None:
    named = [name for cells in rows() for name in re.findall(r"`(\w+)`", cells[2])]
    known = names_in_the_code()
    assert [name for name in named if name not in known] == []
