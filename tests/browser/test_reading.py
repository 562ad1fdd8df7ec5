"""The pages can be read and used by keyboard alone, magnified, and on paper."""

import io
import unicodedata

import pypdfium2
import pytest
from playwright.sync_api import Page

from kihonkeikaku.check import sound_plan
from kihonkeikaku.numbering import number
from tests.browser.site import Site
from tests.browser.test_accessibility import KINDS, overflow
from tests.browser.visit import Visitor
from tests.conftest import REPOSITORY

PLAN = "plan/html/index.html"
FOCUSED = """() => {
    const style = getComputedStyle(document.activeElement);
    return [document.activeElement.tagName, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def active(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_first_key_leads_past_the_frame(visitor: Visitor) -> None:
    page = visitor.open(PLAN)
    page.keyboard.press("Tab")
    assert active(page) == "本文へ"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page--main"


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_can_be_seen(kind: str, visitor: Visitor, site: Site) -> None:
    page = visitor.open(site.kinds()[kind])
    for _ in range(12):
        page.keyboard.press("Tab")
        tag, style, width = page.evaluate(FOCUSED)
        if tag == "BODY":  # past the last
            break
        assert (style, width) >= ("solid", 2), active(page)


def test_searching_takes_no_mouse(visitor: Visitor) -> None:
    page = visitor.open("plan/html/search/index.html")
    while page.evaluate("document.activeElement.name") != "q":
        page.keyboard.press("Tab")
    page.keyboard.insert_text("半導体")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")
    assert "半導体" in active(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/measures/*/index.html")


def test_filtering_takes_no_mouse(visitor: Visitor) -> None:
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


@pytest.mark.parametrize("kind", KINDS)
def test_at_four_times_the_size_nothing_is_cut_off(kind: str, visitor: Visitor, site: Site) -> None:
    """400 % of a window of 1280 × 1024 leaves 320 × 256 CSS pixels (WCAG 2.2, 1.4.10)."""
    page = visitor.open(site.kinds()[kind], width=320, height=256)
    assert overflow(page) == 0
    covering = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((element) =>
        ["fixed", "sticky"].includes(getComputedStyle(element).position)
        && element.getBoundingClientRect().height > innerHeight / 2
        && !element.closest("table")).length""")
    assert covering == 0


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_twice_the_size_fits(kind: str, visitor: Visitor, site: Site) -> None:
    page = visitor.open(site.kinds()[kind], width=1280)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == 0


def printed(page: Page) -> str:
    """What a page says on paper, without white space; its fonts may name radicals for words."""
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf())) as pdf:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_on_paper_the_plan_is_whole_and_the_frame_gone(visitor: Visitor) -> None:
    page = visitor.open(PLAN)
    text = printed(page)
    document = number(sound_plan(str(REPOSITORY / "plan")))
    missing = [
        heading.title
        for heading in document.headings()
        if "".join(unicodedata.normalize("NFKC", heading.title).split()) not in text
    ]
    assert missing == []
    page.emulate_media(media="print")
    for furniture in (".skip", ".navigation"):
        assert not page.locator(furniture).is_visible()


def test_on_paper_a_filtered_table_says_what_it_shows(visitor: Visitor) -> None:
    page = visitor.open("plan/html/measures/index.html?ministry=meti&lead=1")
    page.emulate_media(media="print")
    assert page.locator("tr[data-ministries]:visible").count() < 58
    assert not page.get_by_role("button", name="条件を消す").is_visible()
