"""The page of the whole plan: its text is the document's, safe, and accessible."""

import re
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from kihonkeikaku.model.numbering import number
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.html.pages import ParsedPage, files_of, index, index_page, squeezed
from tests.rendering.plan_data import HEAD, HOSTILE, document, plan_saying


@pytest.fixture(scope="module")
def page() -> ParsedPage:
    return index()


def test_the_text_of_main_is_that_of_the_document(page: ParsedPage) -> None:
    [(_, text)] = page.all("main")
    assert squeezed(text) == squeezed("".join(document().blocks()))


def test_files_are_the_page_and_a_style_sheet_named_for_its_content() -> None:
    files = files_of(document())
    [style] = [path for path in files if path.endswith(".css")]
    assert style == f"html/assets/style-{sha256(files[style]).hexdigest()[:8]}.css"
    assert style.removeprefix("html/").encode() in files["html/index.html"]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert files_of(document()) == files_of(document())


def test_cover_names_title_edition_date_and_publisher_outside_main(page: ParsedPage) -> None:
    assert page.text_of_class("cover").split() == [
        "内閣府",
        "人工知能基本計画（案）",
        "すべての形を示す見本",
        "第Ⅱ期",
        "令和8年7月1日",
    ]


def test_absent_fields_print_nothing() -> None:
    head = {key: HEAD[key] for key in ("format", "series", "title", "basis", "chapters")}
    bare = index(head=head | {"edition": {"id": "bare", "stage": "骨子"}})
    assert bare.text_of_class("cover").split() == ["人工知能基本計画骨子"]
    assert bare.text_of_class("contents").split()[0] == "目次"
    assert not [attrs for _, attrs, _ in bare.elements if attrs.get("class") == "notice"]


def test_notice_and_attribution_are_shown(page: ParsedPage) -> None:
    assert [text for attrs, text in page.all("p") if attrs.get("class") == "notice"] == ["例示"]
    [(_, footer)] = page.all("footer")
    assert HEAD["publication"]["attribution"] in footer


def test_contents_link_to_chapters_and_their_sections(page: ParsedPage) -> None:
    contents = page.text_of_class("contents")
    headings = [heading for heading in document().headings() if heading.level <= 2]
    assert squeezed(contents) == squeezed("全体構成" + "".join(h.text for h in headings))


def test_one_h1_and_no_level_skipped(page: ParsedPage) -> None:
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_headings_below_level_six_are_h6() -> None:
    section: dict[str, Any] = {"id": "deep-8", "kind": "group", "title": "底"}
    for depth in range(7, 0, -1):
        above = {"id": f"deep-{depth}", "kind": "group", "title": f"深さ{depth}"}
        section = above | {"sections": [section]}
    deep = index(chapters=[{"id": "vision", "title": "章", "sections": [section]}], measures=[])
    assert [text for _, text in deep.all("h6")][-1] == "(1)　底"


def test_ids_are_unique_and_every_link_within_the_page_resolves(page: ParsedPage) -> None:
    ids = list(page.attributes("id"))
    assert len(ids) == len(set(ids))
    targets = {href.removeprefix("#") for href in page.attributes("href") if href[0] == "#"}
    assert targets <= set(ids)
    numbered = document()
    assert {heading.id for heading in numbered.headings()} <= set(ids)
    assert {item.anchor for item in numbered.measures()} <= set(ids)
    assert "vision-decade" in ids


def test_reprint_links_to_its_original(page: ParsedPage) -> None:
    reprints = [link for link in page.all("a") if link[0].get("class") == "reprint"]
    attributes = {"class": "reprint", "href": "#ai-chips", "title": "第2章第1節(1)②の再掲"}
    assert reprints == [(attributes, "【再掲】")]


def test_reference_and_footnote_are_links(page: ParsedPage) -> None:
    links = {text: attrs["href"] for attrs, text in page.all("a")}
    assert links["第2章第1節(1)②"] == "#ai-chips"
    assert ("#note--1", "（注1）") in [(attrs["href"], text) for attrs, text in page.all("a")]
    assert ("#note--1--mark", "（注1）") in [(attrs["href"], text) for attrs, text in page.all("a")]


def test_ministries_have_their_full_names_and_leads_a_label(page: ParsedPage) -> None:
    ministries = [
        (text, attrs.get("title"), "lead" in (attrs["class"] or "").split())
        for attrs, text in page.all("a")
        if "ministry" in (attrs.get("class") or "").split()
    ]
    assert ministries[:3] == [
        ("内閣府（AI室）", "内閣府人工知能政策推進室", False),
        ("◎内閣府（知財事務局）", "内閣府知的財産戦略推進事務局", True),
        ("関係省庁", None, False),
    ]
    marks = [attrs for attrs, text in page.all("span") if text == "◎"]
    assert marks
    assert all(mark == {"role": "img", "aria-label": "主な府省庁"} for mark in marks)


def test_no_scripts_and_no_foreign_resources(page: ParsedPage) -> None:
    [policy] = [
        attrs["content"]
        for attrs, _ in page.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; "
        "base-uri 'none'; form-action 'self'"
    )
    assert {attrs.get("type") for attrs, _ in page.all("script")} == {"application/ld+json"}
    assert not {"style", "iframe"} & {tag for tag, _, _ in page.elements}
    assert not list(page.attributes("style"))
    addresses = [*page.attributes("href"), *page.attributes("src")]
    assert all(
        re.match(r"#|[a-z]+/|index\.html$|\.\./plan\.json$", address) for address in addresses
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_plan_is_escaped_everywhere(text: str, page: ParsedPage) -> None:
    hostile = plan_saying(text)
    parsed = ParsedPage(index_page(hostile))
    assert squeezed(parsed.all("main")[0][1]) == squeezed("".join(hostile.blocks()))
    assert [heading for _, heading in parsed.all("h1")] == [text]
    assert text in parsed.attributes("title")
    assert text in parsed.all("footer")[0][1]
    assert {tag for tag, _, _ in parsed.elements} <= {tag for tag, _, _ in page.elements}
    assert not [name for _, attrs, _ in parsed.elements for name in attrs if name[:2] == "on"]


def test_the_page_of_the_real_plan_has_its_whole_text() -> None:
    plan = number(load_valid_plan(str(REPOSITORY / "plan")))
    [(_, text)] = ParsedPage(index_page(plan)).all("main")
    assert squeezed(text) == squeezed("".join(plan.blocks()))
