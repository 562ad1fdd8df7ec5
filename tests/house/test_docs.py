"""The pages for people lead somewhere: links to files, paths of the tree and make's targets."""

import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PAGES = sorted(
    [
        *REPOSITORY.glob("*.md"),
        *(REPOSITORY / ".github").glob("*.md"),
        *(REPOSITORY / "docs").rglob("*.md"),
    ]
)


def page_id(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


def without_code(text: str) -> str:
    return re.sub(r"^ *(```|~~~).*?^ *\1", "", text, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", without_code(page.read_text("utf-8")))
    files = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in files if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_path_of_the_code_is_there(page: Path) -> None:
    named = re.findall(
        r"`((?:src|tests|scripts|bench|templates|docs|\.github)/[\w./-]+)`",
        page.read_text("utf-8"),
    )
    assert [path for path in named if not (REPOSITORY / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=page_id)
def test_every_target_of_make_is_there(page: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"`make (\w+)", page.read_text("utf-8")))
    assert [target for target in targets if f"\n.PHONY: {target}\n" not in makefile] == []


def test_help_names_every_target() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^\.PHONY: (\w+)$", makefile, flags=re.MULTILINE))
    named = set(re.findall(r"^\s*'  make (\w+) ", makefile, flags=re.MULTILINE))
    steps = {"checkers", "browser", "machine", "edition", "help"}  # of other targets, or make alone
    assert named == targets - steps - {"FORCE"}
