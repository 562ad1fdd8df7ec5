"""Options and fixtures that all tests share."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write golden files anew")
    parser.addoption("--kills", type=int, default=1000, help="torture: how many builds are killed")
    parser.addoption(
        "--every", type=int, default=1, help="torture: of the calls that can fail, every n-th does"
    )


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))


@pytest.fixture
def every(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--every"))
