"""The pages can be read and used by keyboard alone, magnified, and on paper."""

import io
import unicodedata

import pypdfium2
import pytest
from playwright.sync_api import Page

from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import load_valid_plan
from tests.browser.site import Site
from tests.browser.test_accessibility import KINDS, overflow
from tests.browser.visitor import Visitor
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

PLAN = "plan/html/index.html"
FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    return [document.activeElement.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def active(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_first_tab_skips_the_frame(visitor: Visitor) -> None:
    page = visitor.open(PLAN)
    page.keyboard.press("Tab")
    assert active(page) == "本文へ"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index] # it is visible, so it has a box
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page--main"


def test_searching_needs_no_mouse(visitor: Visitor) -> None:
    page = visitor.open("plan/html/search/index.html")
    while page.evaluate("document.activeElement.name") != "q":
        page.keyboard.press("Tab")
    page.keyboard.insert_text("半導体")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    assert "半導体" in active(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/*.html")


def test_filtering_needs_no_mouse(visitor: Visitor) -> None:
    page = visitor.open("plan/html/measures/index.html")
    while page.evaluate("document.activeElement.name") != "ministry":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    address = page.evaluate("location.search")
    assert address.startswith("?ministry=")
    assert address.endswith("&lead=1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.search") == ""


def covering(page: Page) -> int:
    """How many parts of a page stand still over more than half of the window."""
    found = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((element) =>
        ["fixed", "sticky"].includes(getComputedStyle(element).position)
        && element.getBoundingClientRect().height > innerHeight / 2
        && !element.closest("table")).length""")
    return int(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_can_be_read_magnified_and_by_keyboard(
    kind: str, visitor: Visitor, site: Site
) -> None:
    page = visitor.open(site.kinds()[kind])
    for _ in range(12):  # the frame, and the first of what is the page's own
        page.keyboard.press("Tab")
        tag, style, width = page.evaluate(FOCUSED)
        assert tag == "BODY" or (style, width) >= ("solid", 2), active(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0, "with text of twice the size (WCAG 2.2, 1.4.4)"
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 256})
    assert (overflow(page), covering(page)) == (0, 0), "at 400 % of 1280 by 1024 (1.4.10)"


def printed(page: Page) -> str:
    """What a page says on paper, without white space; its fonts may name radicals for words."""
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf())) as pdf:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_print_has_the_whole_plan_without_the_frame(visitor: Visitor) -> None:
    page = visitor.open(PLAN)
    text = printed(page)
    document = number(load_valid_plan(str(REPOSITORY / "plan")))
    missing = [
        heading.title
        for heading in document.headings()
        if "".join(unicodedata.normalize("NFKC", heading.title).split()) not in text
    ]
    assert missing == []
    page.emulate_media(media="print")
    for furniture in (".skip", ".navigation"):
        assert not page.locator(furniture).is_visible()


def test_print_of_a_filtered_table_shows_the_filter(visitor: Visitor) -> None:
    page = visitor.open("plan/html/measures/index.html?ministry=meti&lead=1")
    page.emulate_media(media="print")
    assert page.locator("tr[data-ministries]:visible").count() < 58
    assert not page.get_by_role("button", name="条件を消す").is_visible()
