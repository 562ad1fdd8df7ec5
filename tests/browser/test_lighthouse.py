"""Lighthouse gives full scores for accessibility, best practices and SEO."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.browser.browser_tools import (
    FLAGS,
    LIGHTHOUSE,
    require_browser,
    require_npm_file,
    require_program,
)
from tests.browser.site import BAD_PAGE, Site

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).with_name("lighthouse.mjs")
PAGES = (
    "plan/html/index.html",
    "plan/html/overview/index.html",
    "plan/html/measures/ai-chips.html",
    "next/comparison/index.html",
)
ALL = {"accessibility": 100, "best-practices": 100, "seo": 100}

Report = Mapping[str, Any]


@pytest.fixture(scope="module")
def reports(site: Site) -> dict[str, Report]:
    """What Lighthouse says of each page, and of the bad one: scores, failing audits, an error."""
    node, script = require_program("node", "nodejs"), require_npm_file(LIGHTHOUSE) and SCRIPT
    flags = json.dumps(["--headless", *FLAGS])
    addresses = {site.url(page): page for page in (*PAGES, str(BAD_PAGE))}
    done = subprocess.run(
        [node, script, require_browser(), flags, *addresses],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {addresses[url]: report for url, report in json.loads(done.stdout).items()}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_full_scores(page: str, reports: dict[str, Report]) -> None:
    report = reports[page]
    assert report["error"] is None
    assert report["scores"] == ALL, report["failing"]


@pytest.mark.parametrize("category", ["accessibility", "best-practices", "seo"])
def test_the_bad_page_has_lower_scores(category: str, reports: dict[str, Report]) -> None:
    assert reports[str(BAD_PAGE)]["scores"][category] < 100
