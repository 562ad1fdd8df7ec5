"""An edition whose text differs from the plan is not made."""

from dataclasses import replace
from typing import Final

import pytest
from fontTools.ttLib import TTFont

from kihonkeikaku.errors import MachineError
from kihonkeikaku.model.document import Document
from kihonkeikaku.rendering.fidelity import first_difference
from kihonkeikaku.rendering.html.fidelity import require_faithful_plan_page
from kihonkeikaku.rendering.pdf import fidelity
from kihonkeikaku.rendering.pdf.fidelity import require_faithful_body
from kihonkeikaku.rendering.pdf.glyph_coverage import FONTS, unify_glyphs
from kihonkeikaku.rendering.pdf.job import ExpectedBody
from kihonkeikaku.rendering.pdf.plan_pdf import expected_body
from tests.rendering.html.pages import index_page
from tests.rendering.pdf.rendering import render_plan
from tests.rendering.plan_data import HEAD, HOSTILE, document, plan_saying

Rendered = tuple[bytes, ExpectedBody]


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    """The sample as a PDF, and the text that its body must show."""
    return render_plan(document()), expected_body(document())


def error_message(rendered: Rendered, old: str, new: str) -> str:
    """Returns the message for a plan with ``new`` and a PDF with ``old``."""
    pdf, body = rendered
    text = "\n".join(body.blocks)
    assert old in text
    other = replace(body, blocks=tuple(text.replace(old, new, 1).split("\n")))
    with pytest.raises(MachineError) as refused:
        require_faithful_body(pdf, other)
    assert refused.value.exit_code == 3
    return str(refused.value)


def test_the_expected_body_passes(rendered: Rendered) -> None:
    require_faithful_body(*rendered)


def test_one_different_character_is_reported_with_its_page(rendered: Rendered) -> None:
    assert error_message(rendered, "政府によるAIの", "政府によるＡIの") == (
        "PDF の本文が計画と違うため、中止しました（ページ 4、"
        "「トAIの推進、政府による」のあとに「ＡIの適正か」があるはずが、「AIの適正か」がある）。"
    )


def test_text_missing_at_the_end_is_reported(rendered: Rendered) -> None:
    assert error_message(rendered, "AI　人工知能", "AI　人工知能。") == (
        "PDF の本文が計画と違うため、中止しました（ページ 5、"
        "「省】別紙用語AI人工知能」のあとに「。」があるはずが、何もない）。"
    )


def test_additional_text_is_reported(rendered: Rendered) -> None:
    assert "があるはずが、" in error_message(rendered, "◎は主な", "は主な")
    assert error_message(rendered, "AI　人工知能", "AI　人工知").endswith(
        "のあとに何もないはずが、「能」がある）。"
    )


def test_another_order_is_an_error(rendered: Rendered) -> None:
    pdf, body = rendered
    with pytest.raises(MachineError):
        require_faithful_body(pdf, replace(body, blocks=tuple(reversed(body.blocks))))


def test_a_missing_body_is_an_error(rendered: Rendered) -> None:
    pdf, body = rendered
    with pytest.raises(MachineError, match=r"（ページ －、「」のあとに"):
        require_faithful_body(pdf, replace(body, first_id="page--elsewhere"))


def test_text_outside_of_the_body_is_not_compared(rendered: Rendered) -> None:
    pdf, body = rendered
    with pytest.raises(MachineError, match="何もないはずが、「府省庁別索引」がある"):
        require_faithful_body(pdf, replace(body, end_ids=()))


def test_each_rendered_pdf_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fidelity, "squeezed", lambda texts: "".join(texts).replace("第", ""))
    with pytest.raises(MachineError, match="PDF の本文が計画と違う"):
        render_plan(document(), None)


UNUSUAL = (
    "AI-based and well-known " * 8,
    "A–B—C‐D―E…F‥G－H−I～J〜K" * 6,
    "神﨑髙德葛\U000e0100葛城ｶﾞ①㉑㊿ⅢⅣ㎡℃™®€£½",
    "「」『』【】〔〕（）〈〉《》、。，．・：；？！" * 3,
    "office ﬁnance",
    "Россия και Ελλάδα à la carte naïve Å Å",
    "\\(){}<>[]%/#&;'\"`~^|*?",
    "𩿎と𩿗",
    "1\u00a02\u30003",
    "CO₂の10⁻⁶、𠮷野町、Việt Nam、☑確認、₩100、〱",
    "e\u0301tude、か\u3099、A\u0323\u0302、か\u309a、ㇷ\u309a、e\u0323\u0302",
    "神\U000e0100と神、葛\U000e0101と葛",
)


@pytest.mark.parametrize("text", UNUSUAL)
def test_unusual_characters_are_read_back(text: str) -> None:
    render_plan(plan_with_text(text), None)


RUNS = {
    "leaders": "（注）" + "・" * 120,
    "ellipses": "…" * 200,
    "long vowels": "ー" * 200,
    "full stops": "。" * 200,
    "commas": "、" * 200,
    "iteration marks": "々" * 200,
    "small kana, then commas": "ぃ" * 100 + "、" * 100,
    "hyphens": "---" * 100,
    "slashes": "///" * 100,
    "full stops of Latin": "." * 300,
    "exclamation marks": "！" * 200,
    "quotation marks": '"' * 200,
    "kana and apostrophes": "ヶ'" * 40,
    "brackets and quotation marks": '(1)"' * 40,
    "opening brackets": "「" * 150,
    "Latin letters": "A" * 300,
    "no-break spaces": "a" + "\u00a0" * 100 + "a",
    "letters in two pieces": "か\u309a" * 120,
    "variants": "葛\U000e0100" * 120,
    "an address": "https://www.example.jp/" + "a-b/c" * 60,
}


@pytest.mark.slow
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS.keys())
def test_a_run_without_a_place_to_break_is_broken(run: str) -> None:
    body = [{"plain": run}, run, {"note": run}, {"legend": run}]
    body += [{"plain": ["前", {"footnote": run}]}, "前" * 30 + run]
    sections = [
        {"id": kind, "kind": kind, "title": run, "measures_label": run, "body": [run]}
        for kind in ("section", "topic", "policy", "group")
    ]
    sections[0]["measures"] = ["one"]
    chapter = {"id": "vision", "title": run, "body": body, "sections": sections}
    ministry = {"id": "x", "name": run[:89]}
    assignments = [{"ministry": run[:89], "role": "lead"}]
    measure = {"id": "one", "text": run, "assignments": assignments, "body": [run]}
    head = HEAD | {"title": run[:60], "subtitle": run, "publication": None}
    plan = document(head=head, ministries=[ministry], chapters=[chapter], measures=[measure])
    render_plan(plan, None)


@pytest.mark.parametrize("length", [16, 17, 89])
@pytest.mark.parametrize("character", "A府・ー")
def test_the_name_of_a_ministry_is_broken(character: str, length: int) -> None:
    name = character * length
    text = "前" * 36
    assignments = [{"ministry": name, "role": "lead"}, {"ministry": name}]
    measure = {"id": "one", "text": text, "assignments": assignments}
    chapter = {"id": "vision", "title": "章", "measures": ["one"]}
    head = HEAD | {"publication": None}
    ministries = [{"id": "x", "name": name}]
    render_plan(
        document(head=head, ministries=ministries, chapters=[chapter], measures=[measure]), None
    )


def plan_with_text(text: str) -> Document:
    chapter = {"id": "vision", "title": "章", "body": [{"plain": text}, "前" * 30 + text]}
    return document(head=HEAD | {"publication": None}, chapters=[chapter], measures=[])


def test_hardly_any_two_characters_share_a_glyph() -> None:
    """Only these are indistinguishable in a PDF."""
    with TTFont(FONTS[0], lazy=True) as font:
        characters = [chr(code) for code in font.getBestCmap()]
    assert [c for c in characters if unify_glyphs(c) != c] == ["\u0303", "𩿗"]
    assert unify_glyphs("葛\U000e0101") != unify_glyphs("葛\U000e0100")


def test_the_text_of_the_html_passes() -> None:
    for plan in (document(), plan_saying("".join(HOSTILE))):
        page = index_page(plan)
        require_faithful_plan_page(page, plan)


def test_a_different_character_in_html_is_reported() -> None:
    plan = document()
    page = index_page(plan)
    with pytest.raises(MachineError) as refused:
        require_faithful_plan_page(page.replace("富岳NEXT", "富岳NEXＴ", 1), plan)
    assert refused.value.exit_code == 3
    assert str(refused.value) == (
        "HTML の本文が計画と違うため、中止しました（「発【総務省】、富岳NEX」のあとに"
        "「Tの開発【◎」があるはずが、「Ｔの開発【◎」がある）。"
    )


HIDING: Final = {
    "an attribute": '<i title=">富岳NEXT<">',
    "an attribute in the other quotes": "<i title='>富岳NEXT<'>",
    "a comment": "<!-- >富岳NEXT< -->",
    "a tag with a slash": '<i/title=">富岳NEXT<">',
}


@pytest.mark.parametrize("hiding", HIDING.values(), ids=HIDING.keys())
def test_hidden_text_in_html_does_not_count(hiding: str) -> None:
    plan = document()
    page = index_page(plan).replace("富岳NEXT", hiding, 1)
    with pytest.raises(MachineError, match="「富岳NEXT」があるはずが"):
        require_faithful_plan_page(page, plan)


def test_a_main_element_in_a_comment_does_not_count() -> None:
    plan = document()
    page = index_page(plan)
    commented = page.replace("<main ", "<!--<main ").replace("</main>", "</main>-->")
    with pytest.raises(MachineError, match="があるはずが、何もない"):
        require_faithful_plan_page(commented, plan)
    require_faithful_plan_page(page.replace("<main ", "<!-- <main>…</main> --><main "), plan)


def test_first_difference() -> None:
    assert first_difference("同じ", "同じ") is None
    difference = first_difference("前の文。後の文。", "前の文、後の文。")
    assert difference
    assert (difference.at, difference.after) == (3, "前の文")
    assert (difference.expected, difference.found) == ("。後の文。", "、後の文。")
