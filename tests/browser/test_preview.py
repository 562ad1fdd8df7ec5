"""The preview in a browser: an edit is shown where it is, and an error beside what it is about."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.conftest import REPOSITORY
from tests.editor.preview_process import running_preview

pytestmark = pytest.mark.slow


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    shutil.copytree(REPOSITORY / "examples" / "next-edition", folder)
    return folder


@contextmanager
def previewing(browser: Browser, plan: Path) -> Iterator[Visitor]:
    """Opens pages of the plan's preview; at the end, nothing may have gone wrong in them."""
    with running_preview(plan) as preview:
        visitor = Visitor(browser, Site(plan, f"http://{preview.host}"))
        with visitor.visiting():
            yield visitor
    # A page that isn't there yet is answered with 404, which the browser notes.
    assert [error for error in visitor.errors if "404 (Not Found)" not in error] == []


@pytest.fixture
def previewer(browser: Browser, plan: Path) -> Iterator[Visitor]:
    with previewing(browser, plan) as visitor:
        yield visitor


def last_measure(plan: Path) -> Path:
    """The file of a measure near the end of the print: out of sight when the page is opened."""
    paths = [path for path in sorted((plan / "measures").iterdir()) if is_simple(path)]
    chapters = [path.read_text("utf-8") for path in sorted((plan / "chapters").iterdir())]
    chapter = max(chapters, key=lambda text: "measures:" in text and len(text))
    listed = re.findall(r"^ +- ([a-z][\w-]+)$", chapter, re.MULTILINE)
    return max((path for path in paths if path.stem in listed), key=lambda p: listed.index(p.stem))


def is_simple(path: Path) -> bool:
    return bool(re.search(r"^text: ", path.read_text("utf-8"), re.MULTILINE))


def is_in_view(page: Page, id: str) -> bool:
    code = """id => {
      const { top, bottom } = document.getElementById(id).getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }"""
    return bool(page.evaluate(code, id))


def test_a_change_is_scrolled_to_and_an_error_stands_beside_its_measure(
    plan: Path, previewer: Visitor
) -> None:
    path = last_measure(plan)
    sound = path.read_text("utf-8")
    page = previewer.open("html/index.html")
    measure, bar = page.locator(f"[id='{path.stem}']"), page.get_by_label("プレビュー", exact=True)
    expect(bar).to_contain_text("誤り 0")
    assert not is_in_view(page, path.stem)

    edited = re.sub(r"^text: .*$", "text: 新しい文の推進", sound, flags=re.MULTILINE)
    path.write_text(edited, "utf-8")
    expect(measure).to_contain_text("新しい文の推進")
    expect(measure).to_have_class(re.compile("preview--changed"))
    assert is_in_view(page, path.stem)

    path.write_text(edited + "memo: あとで\n", "utf-8")
    note = page.locator("main .preview--finding.preview--error")
    expect(note).to_contain_text(f"{path}:{edited.count(chr(10)) + 1}:1")
    expect(note).to_contain_text("（unknown-key）")
    expect(bar).to_contain_text("ページは、誤りのない最後のものです。")
    expect(measure).to_contain_text("新しい文の推進")

    path.write_text(edited, "utf-8")
    expect(note).to_have_count(0)
    expect(bar).to_contain_text("誤り 0")

    bar.get_by_role("link", name="新旧対照表").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text("新しい文の推進")
    path.write_text(edited.replace("新しい文", "もっと新しい文"), "utf-8")
    expect(page.locator("main")).to_contain_text("もっと新しい文の推進")


def test_a_plan_that_was_never_sound_gets_its_page_once_it_is(browser: Browser, plan: Path) -> None:
    path = last_measure(plan)
    path.rename(plan.parent / path.name)
    with previewing(browser, plan) as previewer:
        page = previewer.open("html/index.html")
        bar = page.get_by_label("プレビュー", exact=True)
        expect(bar).to_contain_text("（unknown-measure）")
        expect(page.locator("main")).to_contain_text("まだページがありません")
        (plan.parent / path.name).rename(path)
        expect(bar).to_contain_text("誤り 0")
        expect(page.locator(f"[id='{path.stem}']")).to_be_visible()
