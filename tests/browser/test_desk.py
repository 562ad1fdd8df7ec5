"""The reviewer's desk: choose a ministry, tick off, comment, save; by keyboard alone as well."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow

DESK = "next/comparison/desk.html"
MINISTRY = "経産省"


def shown(page: Page, part: str) -> list[str]:
    """The addresses of the changes that can be seen in a part of the page."""
    code = "found => found.filter(one => one.checkVisibility()).map(one => one.id)"
    ids: list[str] = page.locator(f"[data-part={part}] li.entry").evaluate_all(code)
    return ids


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def saved(page: Page, format: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=f"{format} で保存").click()
    return Path(download.value.path()).read_text("utf-8")


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_a_ministry_sees_what_it_leads_apart_from_the_rest(
    *, from_disk: bool, visitor: Visitor
) -> None:
    page = visitor.open(DESK, from_disk=from_disk)
    everything = len(shown(page, "all"))
    assert shown(page, "leads") == []
    page.get_by_label(MINISTRY, exact=True).check()
    led, others = shown(page, "leads"), shown(page, "all")
    assert "change-lead-changed-digital-skills" in led
    assert 0 < len(led) + len(others) < everything
    assert set(led).isdisjoint(others)
    assert "?for=meti" in page.url
    page.get_by_label("総務省", exact=True).check()
    assert set(shown(page, "leads")) > set(led)
    page.get_by_role("button", name="条件を消す").click()
    assert len(shown(page, "all")) == everything


def test_the_address_holds_a_reviewers_list(visitor: Visitor) -> None:
    page = visitor.open(f"{DESK}?for=meti&for=mic")
    assert page.get_by_label(MINISTRY, exact=True).is_checked()
    assert page.get_by_label("総務省", exact=True).is_checked()


def test_ticks_and_comments_stay_in_the_browser(visitor: Visitor) -> None:
    page = visitor.open(f"{DESK}?for=meti")
    entry = page.locator("#change-lead-changed-digital-skills")
    entry.get_by_label("了承").check()
    entry.get_by_label("意見").fill("承知しました")
    assert "了承 1" in status(page)
    page.reload()
    assert entry.get_by_label("了承").is_checked()
    assert entry.get_by_label("意見").input_value() == "承知しました"
    page.get_by_label("了承していないものだけ").check()
    assert "change-lead-changed-digital-skills" not in shown(page, "leads")


def test_a_tick_lapses_when_the_change_says_something_else(visitor: Visitor) -> None:
    page = visitor.open(DESK)
    entry = page.locator("#change-lead-changed-digital-skills")
    entry.get_by_label("了承").check()
    page.evaluate(
        "() => { for (const key of Object.keys(localStorage)) localStorage.setItem(key,"
        " localStorage.getItem(key).replace(/[0-9a-f]{12}/, '0123456789ab')); }"
    )
    page.reload()
    assert not entry.get_by_label("了承").is_checked()
    assert entry.get_by_text("この変更の内容が変わりました").is_visible()


def test_it_comes_out_as_csv_and_markdown(visitor: Visitor) -> None:
    page = visitor.open(f"{DESK}?for=meti")
    entry = page.locator("#change-lead-changed-digital-skills")
    entry.get_by_label("了承").check()
    entry.get_by_label("意見").fill('=1+1、"了解"\n次の行')
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV").removeprefix("\ufeff"))))
    assert len(rows) == len(shown(page, "leads")) + len(shown(page, "all"))
    [row] = [row for row in rows if row["state"] == "approved"]
    assert row["id"] == "digital-skills"
    assert row["comment"] == '\'=1+1、"了解"\n次の行'
    assert {row["state"] for row in rows} == {"approved", "open"}
    markdown = saved(page, "Markdown")
    assert "（outline） → " in markdown.replace("\\", "")
    assert markdown.count("- [x]") == 1
    assert markdown.count("- [ ]") == len(rows) - 1
    assert "意見：\\=1\\+1" not in markdown  # the sign of a formula is none of Markdown's
    assert '  - 意見：=1\\+1、"了解" 次の行' in markdown
    assert "{\\+" in markdown


def test_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.open(DESK)
    box = page.get_by_label(MINISTRY, exact=True)
    for _ in range(80):
        page.keyboard.press("Tab")
        if box.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Space")
    assert box.is_checked()
    first = page.locator("[data-part=leads] li.entry .verdict input").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Space")
    assert first.is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("了解")
    assert page.locator("[data-part=leads] li.entry textarea").first.input_value() == "了解"


def test_without_javascript_all_changes_are_there(visitor: Visitor) -> None:
    page = visitor.open(DESK, javascript=False)
    assert page.locator("li.entry").count() > 40
    assert not page.locator("form.desk").is_visible()
    assert page.locator(".verdict:visible").count() == 0
