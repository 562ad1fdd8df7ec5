"""The editions that the tests visit, and the browser that they visit them with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kihonkeikaku.model.document import Document
from tests.browser.browser_tools import FLAGS, require_browser
from tests.browser.site import BAD_PAGE, Site, put, served
from tests.browser.visitor import Visitor
from tests.conftest import REPOSITORY
from tests.rendering.html.pages import files_of
from tests.rendering.plan_data import HOSTILE, document, plan_saying

WORDS = {
    "latin": "ChatGPT、Beyond5G、ISO42001とＷｅｂ３.0の活用",
    "variants": "葛\U000e0100飾区と神\ufe00戸市での実証",
    "plain": "葛城市と神田での実証",
    "marks": "か\u3099ん対策とか\u309aの調査、𠮷野家",
}
"""Measures whose words are parts of words, or are written with variation selectors and marks."""


def plan_of_words() -> Document:
    """A plan whose measures say ``WORDS``."""
    return document(
        chapters=[{"id": "vision", "title": "章", "measures": list(WORDS)}],
        measures=[{"id": id, "text": text} for id, text in WORDS.items()],
    )


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
    """The plan, the next edition, its comparison twice, a plan that attacks, and one of words."""
    folder = tmp_path_factory.mktemp("site")
    example = REPOSITORY / "examples" / "next-edition"
    build(REPOSITORY / "plan", folder / "plan")
    build(example, folder / "next", "--against", str(example / "editions" / "outline.json"))
    compare(example / "editions" / "outline.json", example, folder / "sent" / "comparison.html")
    put(folder / "hostile", files_of(plan_saying(" ".join(HOSTILE))) | {"plan.json": b"{}"})
    put(folder / "words", files_of(plan_of_words()) | {"plan.json": b"{}"})
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
