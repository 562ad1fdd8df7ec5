"""The search page finds what readers ask for, from a server and from disk."""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.browser_tools import NODE_MODULES, require_npm_file, require_program
from tests.browser.visitor import Visitor
from tests.conftest import REPOSITORY
from tests.rendering.plan_data import HOSTILE

pytestmark = pytest.mark.slow

SEARCH = "plan/html/search/index.html"


def said(page: Page) -> str:
    return page.locator("[data-search-status]").inner_text()


def hits(page: Page, kind: str) -> list[str]:
    """The ids of the measures or ministries, or the anchors, that hits of a kind lead to."""
    links = page.locator(f'[data-kind="{kind}"] .hits a').all()
    addresses = [link.get_attribute("href") or "" for link in links]
    return [address.rpartition("/")[2].removesuffix(".html") for address in addresses]


def marks(page: Page) -> set[str]:
    return set(page.locator("[data-search-results] mark").all_inner_texts())


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("生成AI", "government-operations"),
        ("半導体", "ai-chips"),
        ("リスキリング", "worker-reskilling"),
    ],
)
def test_words_are_found_and_marked(
    question: str, measure: str, *, from_disk: bool, visitor: Visitor
) -> None:
    page = visitor.open(f"{SEARCH}?q={question}", from_disk=from_disk)
    assert said(page).startswith(f"「{question}」は ")
    assert measure in hits(page, "measure")
    assert marks(page) == {question}


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("経産省", {"経産省"}),
        ("経済産業省", {"経済産業省"}),
        ("内閣府（AI室）", {"内閣府（AI室）"}),
        ("人工知能政策推進室", {"人工知能政策推進室"}),
    ],
)
def test_a_ministry_is_found_by_short_and_by_full_name(
    question: str, marked: set[str], visitor: Visitor
) -> None:
    page = visitor.open(f"{SEARCH}?q={question}")
    assert hits(page, "ministry") == ["cao-ai" if "室" in question else "meti"]
    assert len(hits(page, "measure")) > 10
    assert marks(page) == marked


@pytest.mark.parametrize(
    ("question", "same"),
    [
        ("ＡＩ半導体", "AI半導体"),
        ("ai半導体", "AI半導体"),
        ("りすきりんぐ", "リスキリング"),
        ("ﾘｽｷﾘﾝｸﾞ", "リスキリング"),
    ],
)
def test_width_case_and_kana_make_no_difference(question: str, same: str, visitor: Visitor) -> None:
    asked, printed = (visitor.open(f"{SEARCH}?q={q}") for q in (question, same))
    assert hits(asked, "measure") == hits(printed, "measure") != []
    assert marks(asked) == marks(printed) == {same}


@pytest.mark.parametrize(
    ("question", "measure", "marked"),
    [
        ("GPT", "latin", "GPT"),
        ("chat", "latin", "Chat"),
        ("t、b", "latin", "T、B"),
        ("5G", "latin", "5G"),
        ("yond5", "latin", "yond5"),
        ("42001", "latin", "42001"),
        ("o420", "latin", "O420"),
        ("eb3", "latin", "ｅｂ３"),
        ("3.0", "latin", "３.0"),
        ("葛飾", "variants", "葛\U000e0100飾"),
        ("葛\U000e0100飾", "variants", "葛\U000e0100飾"),
        ("神戸市", "variants", "神\ufe00戸市"),
        ("葛\U000e0101城", "plain", "葛城"),
        ("神\ufe00田", "plain", "神田"),
        ("がん", "marks", "か\u3099ん"),
        ("ｶﾞん", "marks", "か\u3099ん"),
        ("か\u309aの", "marks", "か\u309aの"),
        ("𠮷", "marks", "𠮷"),
    ],
)
def test_words_within_words_and_variants_are_found(
    question: str, measure: str, marked: str, visitor: Visitor
) -> None:
    page = visitor.open(f"words/html/search/index.html?q={question}")
    assert hits(page, "measure") == [measure]
    assert marks(page) == {marked}


def test_hits_have_every_word(visitor: Visitor) -> None:
    page = visitor.open(f"{SEARCH}?q=リスキリング　創出")
    assert "essential-workers" in hits(page, "measure")
    assert marks(page) == {"リスキリング", "創出"}


def test_a_single_character_is_found_wherever_it_stands(visitor: Visitor) -> None:
    page = visitor.open(f"{SEARCH}?q=化")  # often the last of a run
    assert len(hits(page, "measure")) > 5


def test_sections_and_paragraphs_are_found_by_anchor(visitor: Visitor) -> None:
    page = visitor.open(f"{SEARCH}?q=AI利活用の加速的推進")
    assert "index.html#utilization" in hits(page, "heading")
    page = visitor.open(f"{SEARCH}?q=生成AIをはじめとする")
    assert hits(page, "paragraph") == ["index.html#vision-competition"]


def test_without_a_hit_the_nearest_texts_are_shown(visitor: Visitor) -> None:
    page = visitor.open(f"{SEARCH}?q=半導体研究の開発")
    assert said(page) == "「半導体研究の開発」はありません。近いものを示します。"
    assert "ai-chips" in hits(page, "measure")
    page = visitor.open(f"{SEARCH}?q=鸚鵡鸚鵡")
    assert said(page).endswith("言葉を短くするか、別の言葉でお試しください。")
    assert page.locator("[data-search-results] a").count() == 0


def test_typing_searches_and_keeps_the_question_in_the_address(visitor: Visitor) -> None:
    page = visitor.open(SEARCH)
    assert said(page) == ""
    page.get_by_role("searchbox").press_sequentially("半導体")
    page.get_by_role("heading", name="取組").wait_for()
    assert "ai-chips" in hits(page, "measure")
    page.reload()
    assert page.get_by_role("searchbox").input_value() == "半導体"
    assert "ai-chips" in hits(page, "measure")


def test_further_hits_are_shown_on_request(visitor: Visitor) -> None:
    page = visitor.open(f"{SEARCH}?q=の")
    group = page.locator('[data-kind="measure"]')
    shown = group.locator("li").count()
    button = group.get_by_role("button")
    if shown == 50:
        button.click()
        assert group.locator("li").count() > 50
        assert page.evaluate("document.activeElement.tagName") == "A"
    assert button.count() == 0


def test_text_of_the_plan_and_of_the_question_stays_text(visitor: Visitor) -> None:
    for question in ("script", "onerror", "{{", '"><svg onload=alert(1)>', "</script><img src=x>"):
        page = visitor.open(f"hostile/html/search/index.html?q={question.replace('&', '%26')}")
        results = page.locator("[data-search-results]")
        assert results.locator("script, img, svg, title").count() == 0
    page = visitor.open("hostile/html/search/index.html?q=onerror")
    assert marks(page) == {"onerror"}
    assert any(text in page.locator("main").inner_text() for text in HOSTILE)


def test_without_javascript_there_is_a_link_to_the_whole_plan(visitor: Visitor) -> None:
    page = visitor.open(SEARCH, javascript=False)
    assert "検索には JavaScript が要ります。" in page.locator("main").inner_text()
    assert not page.get_by_role("searchbox").is_visible()
    page.get_by_role("link", name="計画の全文").click()
    assert page.url.endswith("/plan/html/index.html")


def test_the_scripts_stay_small(visitor: Visitor) -> None:
    assets = visitor.site.folder / "plan" / "html" / "assets"
    scripts = {path.name: path.stat().st_size for path in assets.glob("*.js")}
    texts = [name for name in scripts if name.startswith("search-texts-")]
    assert len(texts) == 1
    assert sum(size for name, size in scripts.items() if name not in texts) < 30 * 1024


def test_the_library_is_the_one_of_npm_and_nothing_else(tmp_path: Path) -> None:
    require_program("node", "nodejs")
    require_npm_file(NODE_MODULES / "terser" / "bin" / "terser")
    require_npm_file(NODE_MODULES / "minisearch" / "LICENSE.txt")
    code = "import sys, vendor_minisearch; sys.stdout.write(vendor_minisearch.minified())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY / "scripts", capture_output=True, check=True
    )
    web = REPOSITORY / "templates" / "web"
    assert done.stdout == (web / "minisearch.js").read_bytes()
    licence = NODE_MODULES / "minisearch" / "LICENSE.txt"
    assert licence.read_bytes() == (web / "minisearch.txt").read_bytes()
