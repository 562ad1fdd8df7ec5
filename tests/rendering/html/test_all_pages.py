"""What holds for every page, of the plan and of an edition with a history."""

import json
import posixpath
import re
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest

from kihonkeikaku.model.frozen import freeze_plan
from kihonkeikaku.publishing.edition import edition_parts
from kihonkeikaku.rendering.html import urls
from kihonkeikaku.rendering.html.cache_keys import CacheKeys
from kihonkeikaku.rendering.html.history import EditionRecord
from kihonkeikaku.rendering.html.site import site_pages
from kihonkeikaku.validation.linter import load_valid
from tests.conftest import REPOSITORY
from tests.rendering.html.pages import ParsedPage, files_of, site_files, squeezed
from tests.rendering.plan_data import HOSTILE, document, plan_saying

PLANS = ("plan", "examples/next-edition")
KILOBYTE = 1000

NASTY = (
    *HOSTILE,
    "=1+1",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "'; DROP TABLE measures;--",
    "../../../etc/passwd",
    "$HOME ${7*7} #{7*7} %s %x {0}",
    "ﷺ 𠜎𠜱𠝹 ÅÍÎÏ˝ÓÔ ̡͓̞ͅI̗̘̦͝n͇͇͙v̮̫ok̲̫̙͈",
    "😍👩🏽‍💻🇯🇵",
    "ما هي الترجمة العربية",
    '<a href="\\x0Bjavascript:alert(1)">`"\'><img src=x onerror=alert(1)>',
    "\\",
    "null",
    "　",
)
"""In the spirit of the Big List of Naughty Strings: each must come out as text."""


@cache
def edition(name: str) -> dict[str, bytes]:
    """The files of an edition, without its PDF."""
    loaded = load_valid(str(REPOSITORY / name))
    draft = loaded.draft
    olds = (draft.superseded,) if draft.superseded else ()
    parts = edition_parts(draft, freeze_plan(draft.plan()), frozenset({"html"}), olds)
    return {path: content for part in parts for path, content in part.render()}


@cache
def pages_of(name: str) -> dict[str, ParsedPage]:
    return {
        path: ParsedPage(content.decode())
        for path, content in edition(name).items()
        if path.endswith(".html") and path.startswith("html/")
    }


@pytest.mark.parametrize("plan", PLANS)
def test_every_measure_and_ministry_has_its_page(plan: str) -> None:
    pages = pages_of(plan)
    draft = load_valid(str(REPOSITORY / plan)).draft
    for measure in draft.measures:
        assert f"html/measures/{measure}.html" in pages
    for ministry in draft.ministries:
        assert f"html/ministries/{ministry.id}.html" in pages
    for name in ("index", "overview/index", "measures/index", "ministries/index", "matrix/index"):
        assert f"html/{name}.html" in pages
    assert "html/404.html" in pages


@pytest.mark.parametrize("plan", PLANS)
def test_each_page_has_one_h1_and_skips_no_level(plan: str) -> None:
    for path, page in pages_of(plan).items():
        levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1 or "contents" in page.classes(), path
        assert all(below - above <= 1 for above, below in pairwise(levels)), path


@pytest.mark.parametrize("plan", PLANS)
def test_each_page_has_its_landmarks_title_and_description(plan: str) -> None:
    titles = set()
    for path, page in pages_of(plan).items():
        for landmark in ("header", "main", "footer"):
            assert len(page.all(landmark)) == 1, path
        assert next(attrs["href"] for attrs, _ in page.all("a")) == "#page--main", path
        assert page.meta("description"), path
        [(_, title)] = page.all("title")
        assert page.meta("og:title") == title, path
        titles.add(title)
    assert len(titles) == len(pages_of(plan))


@pytest.mark.parametrize("plan", PLANS)
def test_every_link_and_anchor_resolves(plan: str) -> None:
    files, pages = edition(plan), pages_of(plan)
    ids = {path: set(page.attributes("id")) for path, page in pages.items()}
    for path, page in pages.items():
        assert len(list(page.attributes("id"))) == len(ids[path]), f"{path}: ids are not unique"
        for address in (*page.attributes("href"), *page.attributes("src")):
            if address.startswith("https://"):
                continue
            target, _, fragment = unquote(address).partition("#")
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            found = found if target else path
            assert found in files, f"{path} leads to {address}"
            assert not fragment or found not in ids or fragment in ids[found], f"{path}: {address}"


@pytest.mark.parametrize("plan", PLANS)
def test_no_page_has_inline_styles_inline_scripts_or_foreign_resources(plan: str) -> None:
    for path, page in pages_of(plan).items():
        assert not list(page.attributes("style")), path
        assert "style" not in {tag for tag, _, _ in page.elements}, path
        assert not [name for _, attrs, _ in page.elements for name in attrs if name[:2] == "on"]
        assert not [a for a in page.attributes("src") if ":" in a], path
        for attrs, _ in page.all("link"):
            assert ":" not in (attrs["href"] or ""), path
        for attrs, text in page.all("script"):
            assert attrs.get("src") or json.loads(text), path


def test_pages_are_light() -> None:
    for path, content in edition("plan").items():
        if path.endswith(".html"):
            limit = 150 if path == "html/index.html" else 60
            assert len(content) < limit * KILOBYTE, path


@pytest.mark.parametrize("text", NASTY)
def test_text_of_the_plan_is_text_on_every_page(text: str) -> None:
    tame, nasty = plan_saying("文"), plan_saying(text)
    expected = {
        path: ParsedPage(page.decode()) for path, page in files_of(tame).items() if is_page(path)
    }
    for path, content in files_of(nasty).items():
        if is_page(path):
            page = ParsedPage(content.decode())
            tags = [tag for tag, _, _ in page.elements]
            assert tags == [tag for tag, _, _ in expected[path].elements], path
            assert squeezed(text) in squeezed(page.text), path
            for attrs, script in page.all("script"):
                assert attrs.get("src") or json.loads(script), path


def is_page(path: str) -> bool:
    return path.endswith(".html")


BASE = "https://plan.example.go.jp/ai/"


def test_with_a_public_address_pages_have_it_and_a_sitemap_lists_them() -> None:
    files = files_of(document(), BASE)
    page = ParsedPage(files["html/measures/ai-chips.html"].decode())
    canonical = [attrs["href"] for attrs, _ in page.all("link") if attrs["rel"] == "canonical"]
    assert canonical == [BASE + "measures/ai-chips.html"]
    assert page.meta("og:url") == BASE + "measures/ai-chips.html"
    listed = re.findall(r"<loc>(.*?)</loc>", files["html/sitemap.xml"].decode())
    assert listed[0] == BASE
    assert BASE + "ministries/mext.html" in listed
    assert not [address for address in listed if "404" in address]
    lost = ParsedPage(files["html/404.html"].decode())
    assert all(href.startswith((BASE, "#")) for href in lost.attributes("href"))


def test_the_name_of_the_list_page_at_the_end_of_an_identifier_stays_in_the_address() -> None:
    assert (
        urls.public_address(BASE, urls.measure_page("price-index"))
        == BASE + "measures/price-index.html"
    )
    assert urls.public_address(BASE, urls.MEASURES) == BASE + "measures/"


def test_without_a_public_address_there_is_no_sitemap_or_canonical_link() -> None:
    files = files_of(document())
    assert "html/sitemap.xml" not in files
    assert b'rel="canonical"' not in files["html/index.html"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere"])
def test_a_public_address_that_is_no_web_address_is_ignored(address: str) -> None:
    assert files_of(document(), address) == files_of(document())


def cache_keys(**changes: Any) -> dict[str, str]:
    present = EditionRecord(document(**changes))
    keys = CacheKeys()
    return {page.path: keys.key(page) for page in site_pages(present)}


def test_a_page_with_the_same_cache_key_is_the_same() -> None:
    """Keys differ wherever content does: a build may skip only pages that have not changed."""
    before = [{"id": "mext", "name": "文科省"}, {"id": "mic", "name": "総務省"}]
    chapter = {"id": "vision", "title": "章", "measures": ["alpha", "beta", "gamma", "delta"]}
    measures = [
        {"id": "alpha", "text": "甲", "assignments": [{"ministry": "文科省"}]},
        {"id": "beta", "text": "乙", "assignments": [{"ministry": "文科省"}]},
        {"id": "gamma", "text": "丙", "assignments": [{"ministry": "総務省"}]},
        {"id": "delta", "text": "丁", "assignments": [{"ministry": "総務省"}]},
    ]
    old = {"ministries": before, "chapters": [chapter], "measures": measures}
    edited = [measures[0] | {"text": "甲改"}, *measures[1:]]
    assert cache_keys(**old) == cache_keys(**old)
    changed = {
        path
        for path, key in cache_keys(**old | {"measures": edited}).items()
        if key != cache_keys(**old).get(path)
    }
    files = dict(site_files(EditionRecord(document(**old))))
    new = dict(site_files(EditionRecord(document(**old | {"measures": edited}))))
    assert {f"html/{path}" for path in changed} >= {p for p in new if files.get(p) != new[p]}
    assert "ministries/mic.html" not in changed
