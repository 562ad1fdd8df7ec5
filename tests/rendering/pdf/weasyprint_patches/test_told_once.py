"""What is computed once for all that is alike is what WeasyPrint computes for each alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from typing import Final

import pytest
from weasyprint import CSS, HTML, css
from weasyprint.css.counters import CounterStyle

from kihonkeikaku.diff.comparison import compared
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.assets import TEMPLATES
from kihonkeikaku.rendering.comparison.options import Remarks, TableForm
from kihonkeikaku.rendering.comparison.pdf import comparison_pdf
from kihonkeikaku.rendering.comparison.report import sheet
from kihonkeikaku.rendering.pdf.plan import plan_pdf, set_pages
from kihonkeikaku.rendering.pdf.renderer import set_book
from kihonkeikaku.rendering.pdf.weasyprint_patches import patches
from kihonkeikaku.rendering.pdf.weasyprint_patches.flow import flow_told_at_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.plain_boxes import plain_boxes_passed_over
from kihonkeikaku.rendering.pdf.weasyprint_patches.shaping import texts_shaped_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.sizes import sizes_told_once
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import styles_computed_once
from kihonkeikaku.validation.linter import sound_plan
from tests.conftest import REPOSITORY
from tests.rendering.plan_data import document

EXAMPLE: Final = REPOSITORY / "examples" / "next-edition"


OF_WEASYPRINT: Final = (files(css) / "html5_ua.css").read_text("utf-8")
OURS: Final = (TEMPLATES / "print" / "elements.css").read_text("utf-8")


@contextmanager
def elements_by(text: str) -> Iterator[None]:
    """With this style sheet for all elements, whoever imported WeasyPrint first, and how."""
    counters = CounterStyle()
    elements = CSS(string=text, counter_style=counters)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HTML, "_ua_stylesheets", lambda _page, _forms=False: [elements])
        patch.setattr(HTML, "_ua_counter_style", lambda _page: [counters.copy()])
        yield


@contextmanager
def each_alone() -> Iterator[None]:
    """Without what is told once for all that is alike."""
    told_once = (
        flow_told_at_once,
        plain_boxes_passed_over,
        sizes_told_once,
        styles_computed_once,
        texts_shaped_once,
    )
    others = tuple(each for each in patches._IMPROVEMENTS if each not in told_once)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patches, "_IMPROVEMENTS", others)
        yield


def same_either_way(made: Callable[[], bytes]) -> bool:
    with elements_by(OF_WEASYPRINT), each_alone():
        expected = made()
    with elements_by(OURS):
        return made() == expected


INLINE: Final = {"a", "span", "ins", "del"}
"""Elements that there is nothing to say of."""


def test_all_elements_of_printed_templates_are_known() -> None:
    templates = (TEMPLATES.glob("print/*.j2"), TEMPLATES.glob("*.j2"))
    texts = [path.read_text("utf-8") for paths in templates for path in paths]
    used = {tag for text in texts for tag in re.findall("<([a-z]+[1-6]?)", text)}
    known = set(re.findall(r"^([a-z]+[1-6]?)(?:,| {)$", OURS, re.M))
    assert used - INLINE - {"h"} <= known  # h{{ rank }}
    assert {f"h{rank}" for rank in range(1, 7)} <= known


def test_a_plan_is_the_same_byte_for_byte() -> None:
    plan = number(sound_plan(str(EXAMPLE)))
    assert same_either_way(lambda: plan_pdf(plan, "0" * 64))


def test_a_plan_with_all_there_is_is_the_same() -> None:
    assert same_either_way(lambda: plan_pdf(document(), "0" * 64))


def test_a_comparison_is_the_same_byte_for_byte() -> None:
    old = sound_plan(str(EXAMPLE / "editions" / "outline.json"))
    both = sheet(compared(old, sound_plan(str(EXAMPLE))), TableForm(remarks=Remarks.KINDS))
    assert same_either_way(lambda: comparison_pdf(both, set_book))


PAGE: Final = """<!DOCTYPE html><html lang="ja"><head><title>見本</title>
<link rel="stylesheet" href="asset:print/style.css"/><style>{style}</style></head><body>
<p id="a">一<span>二</span></p><p id="b">三<span>四</span></p><p id="c" class="c">五<b>六</b></p>
<table><tr><td id="d">七</td><td id="e">八</td></tr></table><p id="f">九<a href="#a">十</a></p>
</body></html>"""

STYLES: Final[Mapping[str, str]] = {
    "an element is unlike by its id": "#b { margin-left: 3em } #c b { color: red }",
    "by its place": "p:nth-child(2) { padding: 1em; font-size: 20pt }",
    "by its class": ".c { width: 50%; border: 1pt solid; display: inline-block }",
    "by what is before it": "p + p { height: 3em; box-sizing: border-box; padding: 1em }",
    "by the other's importance": "p { margin: 1em !important } #b { margin: 3em }",
    "by what stands around it": "p { width: 50%; min-width: 5% } #c { width: 20em }",
    "by a variable": "p { --x: 1em; margin: var(--x) } #b { --x: 3em } span { padding: var(--x) }",
    "by a counter": "p { counter-increment: n } p::before { content: counter(n) }"
    "#b { counter-reset: n }",
    "by what is said after it": "a::after { content: target-counter(attr(href), page) }",
    "in a table": "table { border-collapse: collapse } td { border: 2pt solid }"
    "#e { border-width: 5pt }",
    "in a float": "#b { float: right; width: 30% } #b span { position: absolute; left: 10% }",
    "in a float that lines run round": "#a { float: left; width: 10% } #b { width: 90% }",
    "from right to left": "#b { direction: rtl; margin: 1em } #b span { float: left }",
    "by where it is moved to": "#b { position: relative; top: 1em } #c { position: fixed }",
    "by its background": "#b { background: red } #c { visibility: hidden; background: blue }",
    "by its shadow": "#b { box-shadow: 1pt 1pt red } #d { outline: 2pt dotted green }",
    "by its border": "#b { border-left: 1pt solid } #c { border: 3pt double; border-radius: 1em }",
    "by its columns": "#b { columns: 2; column-rule: 2pt solid } #b span { display: block }",
    "by its font": "#b { font-size: 20pt } #b span { font-weight: bold; font-style: italic }",
    "by its language": "#b { -weasy-lang: 'en' } #c { font-language-override: 'ENG' }",
    "by its glyphs": "#b { font-feature-settings: 'palt' } #c { font-kerning: none }",
    "by a line under it": "#b { text-decoration: underline } #c b { text-decoration: overline }",
    "by its spacing": "#b { letter-spacing: 1em } #c { text-align: justify; width: 1.5em }",
    "by its line height": "#b { line-height: 3 } #b span { line-height: 1; font-size: 50% }",
    "by its lines": "#b { white-space: pre-line } #b span::after { content: 'い\\A ろ' }",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_what_is_unlike_stays_so(style: str) -> None:
    page = PAGE.replace("{style}", style)
    assert same_either_way(lambda: set_pages(page, {}))
    assert set_pages(page, {}) != set_pages(PAGE.replace("{style}", ""), {})
