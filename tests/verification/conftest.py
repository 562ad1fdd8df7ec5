"""One edition, built once for all tests of this folder."""

from pathlib import Path

import pytest

from tests.verification.published import build_edition, copy_edition


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition that no test may change."""
    return build_edition(tmp_path_factory.mktemp("published"))


@pytest.fixture
def edition(original: Path, tmp_path: Path) -> Path:
    """A copy of it, to tamper with."""
    return copy_edition(original, tmp_path)
