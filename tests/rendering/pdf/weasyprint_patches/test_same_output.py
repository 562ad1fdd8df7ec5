"""The patches that only save time change no byte of a PDF."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from kihonkeikaku.diff.comparison import compare_editions
from kihonkeikaku.model.numbering import number
from kihonkeikaku.rendering.comparison.pdf import comparison_pdf
from kihonkeikaku.rendering.comparison.report import comparison_report
from kihonkeikaku.rendering.comparison.table_options import Remarks, TableOptions
from kihonkeikaku.rendering.pdf import weasyprint_patches
from kihonkeikaku.rendering.pdf.weasyprint_patches.pdf_writing import cached_page_references
from kihonkeikaku.rendering.pdf.weasyprint_patches.shaping import shared_text_shaping
from kihonkeikaku.rendering.pdf.weasyprint_patches.style_sharing import shared_styles
from kihonkeikaku.rendering.pdf.worker import render_pdfs
from kihonkeikaku.validation.linter import load_valid_plan
from tests.conftest import REPOSITORY
from tests.rendering.pdf.rendering import render_page, render_plan
from tests.rendering.plan_data import document

pytestmark = pytest.mark.slow

EXAMPLE: Final = REPOSITORY / "examples" / "next-edition"

TIME_SAVING: Final = {cached_page_references, shared_styles, shared_text_shaping}


def is_unchanged_by_patches(render: Callable[[], bytes]) -> bool:
    others = tuple(each for each in weasyprint_patches._PATCHES if each not in TIME_SAVING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weasyprint_patches, "_PATCHES", others)
        expected = render()
    return render() == expected


def test_a_plan_is_the_same_byte_for_byte() -> None:
    plan = number(load_valid_plan(str(EXAMPLE)))
    assert is_unchanged_by_patches(lambda: render_plan(plan, "0" * 64))


def test_a_plan_with_every_kind_of_element_is_the_same() -> None:
    assert is_unchanged_by_patches(lambda: render_plan(document(), "0" * 64))


def test_a_comparison_is_the_same_byte_for_byte() -> None:
    old = load_valid_plan(str(EXAMPLE / "editions" / "outline.json"))
    both = comparison_report(
        compare_editions(old, load_valid_plan(str(EXAMPLE))), TableOptions(remarks=Remarks.KINDS)
    )
    assert is_unchanged_by_patches(lambda: comparison_pdf(both, render_pdfs))


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
def test_elements_with_different_styles_stay_different(style: str) -> None:
    page = PAGE.replace("{style}", style)
    assert is_unchanged_by_patches(lambda: render_page(page))
    assert render_page(page) != render_page(PAGE.replace("{style}", ""))
