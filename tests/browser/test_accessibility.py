"""No page has a barrier by axe-core, or overflows a phone; the bad page does."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.browser_tools import AXE, require_npm_file
from tests.browser.site import BAD_PAGE, Site
from tests.browser.visitor import Scheme, Visitor

pytestmark = pytest.mark.slow

KINDS = (
    "html",
    "html/overview",
    "html/measures",
    "html/measures/*.html",
    "html/ministries",
    "html/ministries/*.html",
    "html/matrix",
    "html/search",
    "html/404.html",
    "comparison",
    "comparison/desk.html",
    "comparison.html",
)
PHONE: ViewportSize = {"width": 320, "height": 640}
"""What WCAG 2.2 (1.4.10) wants to hold without scrolling sideways, in CSS pixels."""

CALL = """() => axe.run(document, {
    resultTypes: ['violations'],
    rules: {'target-size': {enabled: true}},
})"""
"""With the one rule that WCAG 2.2 adds and that axe-core leaves off unless asked (2.5.8)."""

Violations = dict[str, list[Any]]


def violations(page: Page) -> Violations:
    """Returns the rules that a page breaks, each with the places."""
    page.evaluate(require_npm_file(AXE).read_text("utf-8"))
    found = page.evaluate(CALL)["violations"]
    return {rule["id"]: [node["target"] for node in rule["nodes"]] for rule in found}


def overflow(page: Page) -> int:
    """Returns by how many CSS pixels a page is wider than its window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth"))


def test_every_kind_of_page_is_tested(site: Site) -> None:
    assert sorted(site.kinds()) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_a_barrier(kind: str, visitor: Visitor, site: Site) -> None:
    page = visitor.open(site.kinds()[kind])
    assert violations(page) == {}
    page.emulate_media(color_scheme="dark")
    assert violations(page) == {}
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    assert violations(page) == {}
    assert overflow(page) == 0


@pytest.mark.parametrize("question", ["半導体", "半導体研究の開発"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_results_have_no_barrier(scheme: Scheme, question: str, visitor: Visitor) -> None:
    page = visitor.open(f"plan/html/search/index.html?q={question}", scheme=scheme, width=320)
    assert page.locator("mark").count() > 0
    assert violations(page) == {}
    assert overflow(page) == 0


@pytest.fixture(scope="module")
def bad(browser: Any, site: Site) -> tuple[Violations, int]:
    """What the bad page is found to break, and how far it runs over the edge."""
    with Visitor(browser, site).visiting() as visitor:
        page = visitor.open(BAD_PAGE, width=320)
        return violations(page), overflow(page)


@pytest.mark.parametrize(
    "rule", ["html-has-lang", "document-title", "image-alt", "color-contrast", "button-name"]
)
def test_the_bad_page_has_barriers(rule: str, bad: tuple[Violations, int]) -> None:
    assert rule in bad[0]


def test_the_bad_page_overflows_a_phone(bad: tuple[Violations, int]) -> None:
    assert bad[1] > 0
