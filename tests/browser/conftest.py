"""The editions that the tests visit, and the browser that they visit them with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browser_tools import FLAGS, require_browser
from tests.browser.site import BAD_PAGE, Site, put, served
from tests.browser.visitor import Visitor
from tests.conftest import REPOSITORY
from tests.rendering.html.pages import files_of
from tests.rendering.plan_data import HOSTILE, plan_saying


def build(plan: Path, out: Path, *options: str) -> None:
    """Builds an edition as a publisher does."""
    command = [sys.executable, "-m", "kihonkeikaku", "build", "--only", "html", "--out"]
    done = subprocess.run([*command, out, *options, plan], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def compare(old: Path, new: Path, out: Path) -> None:
    """Makes the comparison that is sent about: one file, which brings all that it needs."""
    out.parent.mkdir(parents=True)
    command = [sys.executable, "-m", "kihonkeikaku", "diff", "--format", "html", "--out"]
    done = subprocess.run([*command, out, old, new], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The plan, the example of a next edition, its comparison twice, and a plan that attacks."""
    folder = tmp_path_factory.mktemp("site")
    example = REPOSITORY / "examples" / "next-edition"
    build(REPOSITORY / "plan", folder / "plan")
    build(example, folder / "next", "--against", str(example / "editions" / "outline.json"))
    compare(example / "editions" / "outline.json", example, folder / "sent" / "comparison.html")
    put(folder / "hostile", files_of(plan_saying(" ".join(HOSTILE))) | {"plan.json": b"{}"})
    put(folder, {str(BAD_PAGE): (Path(__file__).parent / "bad.html").read_bytes()})
    with served(folder) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = require_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Opens pages; at the end, nothing may have gone wrong in them or been asked of others."""
    with Visitor(browser, site).visiting() as visitor:
        yield visitor
    assert visitor.errors == [], json.dumps(visitor.errors, ensure_ascii=False, indent=1)
