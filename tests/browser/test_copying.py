"""What a reader copies from a comparison is what the page shows, not what it says to ears alone."""

import pytest

from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.slow

SELECTED = """selector => {
    const selection = getSelection();
    selection.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(selector));
    selection.addRange(range);
    return selection.toString();
}"""
"""What is copied: Chromium leaves out of it what can't be selected."""

SPOKEN = ("変更ここから", "変更ここまで", "追加ここから", "追加ここまで", "削除ここから")


@pytest.mark.parametrize(
    ("page", "table"),
    [
        ("sent/comparison.html", "table.comparison"),
        ("next/comparison/index.html", "table.comparison"),
        ("next/html/measures/regulation-review.html", "main"),
        ("next/html/measures/digital-skills.html", "main"),
    ],
)
def test_only_visible_words_are_copied(visitor: Visitor, page: str, table: str) -> None:
    opened = visitor.open(page)
    copied = str(opened.evaluate(SELECTED, table))
    assert len(copied) > 200
    assert not [words for words in SPOKEN if words in copied]


def test_a_changed_line_is_copied_as_it_is_printed(visitor: Visitor, site: Site) -> None:
    opened = visitor.open("sent/comparison.html")
    line = "td.new p.line:has(ins > .unseen)"
    shown = opened.locator(line).first.evaluate(
        "line => [...line.childNodes].map(node => [...(node.childNodes.length ? node.childNodes"
        " : [node])].filter(one => one.className !== 'unseen').map(one => one.textContent)"
        ".join('')).join('')"
    )
    assert opened.evaluate(SELECTED, line) == shown
    spoken = opened.locator(line).first.text_content() or ""
    assert "変更ここから" in spoken  # for screen readers


def test_without_the_rule_the_spoken_words_would_be_copied(visitor: Visitor) -> None:
    opened = visitor.open("sent/comparison.html")
    opened.evaluate(
        "document.querySelectorAll('.unseen').forEach(one => one.style.userSelect = 'text')"
    )
    assert "変更ここから" in str(opened.evaluate(SELECTED, "table.comparison"))
