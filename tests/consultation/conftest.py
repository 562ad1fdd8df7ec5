"""LibreOffice, started once for all tests that edit files in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consultation.libreoffice import LibreOffice, missing, start


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    lacking = missing()
    if lacking:
        pytest.skip(f"{lacking} is not installed")
    with start(Path(tmp_path_factory.mktemp("libreoffice"))) as running:
        yield running
