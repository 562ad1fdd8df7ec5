"""Documents for tests: texts as sources, and what an import of them gives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from kihonkeikaku.importing.importer import ImportResult, import_source
from kihonkeikaku.importing.text_source import read_text
from kihonkeikaku.model.plan import Plan
from tests.conftest import REPOSITORY

SHARED: Final = REPOSITORY.parent / "shared"
OUTLINE: Final = SHARED / "source" / "outline.txt"
DIGITAL_PLAN: Final = SHARED / "texts" / "digital-priority-plan-2023.pdf"


def needs(path: Path) -> pytest.MarkDecorator:
    """Skips a test where a text that is not part of the repository is absent."""
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not at hand")


def import_lines(*lines: str, like: Plan | None = None) -> ImportResult:
    """Imports a text of the lines given."""
    content = "\n".join(lines).encode()
    return import_source(read_text("plan.txt", content, is_markdown=False), like)


def data_of(result: ImportResult, name: str) -> Mapping[str, Any]:
    """Returns what a file of an imported plan holds."""
    found: Mapping[str, Any] = yaml.safe_load(result.files[name])
    return found


def doubts(result: ImportResult) -> list[tuple[int, str]]:
    """Returns the doubts of an import: line and reason."""
    return [(doubt.line.number, doubt.reason) for doubt in result.doubts]


def reasons(result: ImportResult) -> dict[str, int]:
    """Returns how many lines were dropped for each reason."""
    counts: dict[str, int] = {}
    for dropped in result.dropped:
        counts[dropped.reason] = counts.get(dropped.reason, 0) + 1
    return counts


def plant_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes files below a folder, and returns it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
