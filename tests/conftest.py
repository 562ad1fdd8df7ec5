"""Options and fixtures that all tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kihonkeikaku.publishing.build_record import CACHE_VARIABLE
from tests.office.libreoffice import LibreOffice, missing, start

REPOSITORY = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write golden files anew")
    parser.addoption("--kills", type=int, default=1000, help="torture: how many builds are killed")
    parser.addoption(
        "--every",
        type=int,
        default=1,
        help="torture: every n-th of the calls that can fail does, of the kinds of things grows",
    )
    parser.addoption("--pairs", type=int, default=1000, help="torture: how many pairs of plans")


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fixtures that many tests share don't use the user's cache either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a test keeps its cache: not where the user's is, and not another test's."""
    folder = tmp_path_factory.mktemp("cache") / "kihonkeikaku"
    monkeypatch.setenv(CACHE_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    """LibreOffice, started once for all tests of a process that use it."""
    lacking = missing()
    if lacking:
        pytest.skip(f"{lacking} is not installed")
    with start(tmp_path_factory.mktemp("libreoffice")) as running:
        yield running


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--every"))


@pytest.fixture
def pairs(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--pairs"))
