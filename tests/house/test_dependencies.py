"""docs/dependencies.md has a line for each dependency, and the licence is what its author says."""

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "dependencies.md"

LICENCE_WORDS = {"MIT": "MIT", "BSD-3-Clause": "BSD", "Apache-2.0": "Apache"}
"""What a licence's metadata says, in whichever of its forms, by the name on the page."""


def dependencies() -> Iterator[str]:
    """Yields the names of what the program needs to run, as pyproject.toml asks for them."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project.get("optional-dependencies", {}).values()
    for line in [*project["dependencies"], *(line for group in optional for line in group)]:
        yield re.split(r"[^\w.-]", line, maxsplit=1)[0]


def rows() -> dict[str, list[str]]:
    """The cells of the table of dependencies by the name in the first."""
    section = PAGE.read_text("utf-8").partition("\n## 実行に使う部品\n")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line[:1] == "|"]
    return {cells[0]: cells[1:] for cells in lines[2:]}


def stated_licence(name: str) -> str:
    """What a dependency's metadata says of its licence, in all the places it may stand in."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [line for line in metadata.get_all("Classifier", []) if "License" in line]
    fields = metadata.get_all("License-Expression", []) + metadata.get_all("License", [])
    return " ".join([*fields, *classifiers])


def test_the_page_has_a_row_for_each_dependency_and_no_other() -> None:
    assert sorted(rows()) == sorted(dependencies())


def test_each_row_is_filled_in() -> None:
    for name, (purpose, compared, licence, own, brought) in rows().items():
        assert purpose, name
        assert compared, name
        assert licence, name
        assert float(own) >= 0, name
        assert float(brought) >= 0, name


@pytest.mark.parametrize("name", sorted(dependencies()))
def test_the_licence_is_the_one_that_the_metadata_states(name: str) -> None:
    for licence in rows()[name][2].split(", "):
        assert LICENCE_WORDS[licence] in stated_licence(name)
