"""The tables of measures can be filtered, and the filter is part of the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow

TABLES = ("plan/html/matrix/index.html", "plan/html/measures/index.html")
ALL = 58


def shown(page: Page) -> list[dict[str, str]]:
    """What the rows that can be seen say they are about."""
    code = "rows => rows.filter(row => row.checkVisibility()).map(row => ({...row.dataset}))"
    rows: list[dict[str, str]] = page.locator("tr[data-ministries]").evaluate_all(code)
    return rows


def status(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.evaluate("location.href")).query)


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
@pytest.mark.parametrize("table", TABLES)
def test_by_ministry_lead_and_section(table: str, *, from_disk: bool, visitor: Visitor) -> None:
    page = visitor.open(table, from_disk=from_disk)
    assert (len(shown(page)), status(page)) == (ALL, f"全 {ALL} 件")

    page.get_by_label("府省庁", exact=True).select_option(label="経産省")
    done = shown(page)
    assert 0 < len(done) < ALL
    assert all("meti" in row["ministries"].split() for row in done)
    assert status(page) == f"{ALL} 件のうち {len(done)} 件"

    page.get_by_label("主な府省庁（◎）であるものだけ").check()
    led = shown(page)
    assert 0 < len(led) < len(done)
    assert all("meti" in row["lead"].split() for row in led)
    assert asked(page) == {"ministry": ["meti"], "lead": ["1"]}

    page.get_by_label("見出し").select_option("society")
    assert {row["section"] for row in shown(page)} == {"society"}

    page.get_by_role("button", name="条件を消す").click()
    assert (len(shown(page)), status(page), asked(page)) == (ALL, f"全 {ALL} 件", {})


def test_an_address_filters_by_ministry_and_lead(visitor: Visitor) -> None:
    page = visitor.open(f"{TABLES[0]}?ministry=meti&lead=1")
    assert all("meti" in row["lead"].split() for row in shown(page))
    assert page.get_by_label("府省庁", exact=True).input_value() == "meti"
    assert page.get_by_label("主な府省庁").is_checked()


def test_headings_without_rows_are_hidden(visitor: Visitor) -> None:
    page = visitor.open(f"{TABLES[0]}?ministry=moj")
    sections = {row["section"] for row in shown(page)}
    assert page.locator("tbody:visible").count() == len(sections) > 0


def test_an_empty_result_is_announced(visitor: Visitor) -> None:
    page = visitor.open(TABLES[0])
    page.get_by_label("主な府省庁").check()
    leads = {id for row in shown(page) for id in row["lead"].split()}
    ministries = page.get_by_label("府省庁", exact=True)
    offered = ministries.locator("option").evaluate_all("options => options.map(o => o.value)")
    ministries.select_option(next(id for id in offered if id and id not in leads))
    assert (shown(page), status(page)) == ([], "当てはまる取組はありません。")


@pytest.mark.parametrize("query", ["ministry=nobody", "section=%3Cscript%3E", "ministry=", "x=1"])
def test_an_address_with_unknown_values_shows_all(query: str, visitor: Visitor) -> None:
    page = visitor.open(f"{TABLES[1]}?{query}")
    assert (len(shown(page)), asked(page)) == (ALL, {})


@pytest.mark.parametrize("table", TABLES)
def test_without_javascript_the_table_is_whole(table: str, visitor: Visitor) -> None:
    page = visitor.open(table, javascript=False)
    assert page.locator("tr[data-ministries]:visible").count() == ALL
    assert page.locator("form:visible").count() == 0
