"""The page of a measure: its text as printed, its ministries, and what stands around it."""

import json

import pytest

from kihonkeikaku.errors import MachineError
from kihonkeikaku.rendering.html.fidelity import require_faithful_measure_page
from tests.rendering.html.pages import ParsedPage, files_of, squeezed
from tests.rendering.plan_data import CHAPTERS, MEASURES, document


def markup(measure: str) -> str:
    return files_of(document())[f"html/measures/{measure}.html"].decode()


@pytest.fixture(scope="module")
def chips() -> ParsedPage:
    """Two clauses, a reprint, and a paragraph that refers to it."""
    return ParsedPage(markup("ai-chips"))


def test_heading_is_the_number_and_the_text_without_ministries(chips: ParsedPage) -> None:
    [(_, heading)] = chips.all("h1")
    assert heading == "第2章第1節(1)②高性能AI半導体等の研究及び開発、富岳NEXTの開発"
    [(_, title)] = chips.all("title")
    assert title == (
        "高性能AI半導体等の研究及び開発、富岳NEXTの開発（第2章第1節(1)②）　人工知能基本計画（案）"
    )


def test_text_stands_as_printed_with_its_citation(chips: ParsedPage) -> None:
    [(_, quote)] = chips.all("blockquote")
    printed = "②高性能AI半導体等の研究及び開発【総務省】、富岳NEXTの開発【◎文科省】"
    assert squeezed(quote) == printed
    [(_, caption)] = chips.all("figcaption")
    assert caption == "人工知能基本計画（案） 第2章第1節(1)②"


def test_paragraphs_and_notes_of_the_measure_are_there() -> None:
    page = ParsedPage(markup("government-ai"))
    [(_, quote)] = page.all("blockquote")
    assert squeezed(quote).endswith(
        "【内閣府（AI室）、◎内閣府（知財事務局）、関係省庁】"
        "・関係省庁の連携の下で進める。（※令和8年度から）"
    )


def test_footnotes_of_the_text_stand_on_the_page() -> None:
    noted = MEASURES[0] | {"text": ["推進", {"footnote": "令和8年度から"}]}
    files = files_of(document(measures=[noted, *MEASURES[1:]]))
    page = ParsedPage(files["html/measures/government-ai.html"].decode())
    assert page.text_of_class("notes").split() == ["（注2）", "令和8年度から"]
    assert {"note--2", "note--2--mark"} <= set(page.attributes("id"))


def test_ministries_are_named_in_full_with_role_and_part(chips: ParsedPage) -> None:
    duties = squeezed(chips.text_of_class("duties"))
    assert duties == (
        "担当総務省高性能AI半導体等の研究及び開発◎主な府省庁文科省文部科学省富岳NEXTの開発"
    )


def test_other_places_lead_back_to_the_plan(chips: ParsedPage) -> None:
    links = {(text, attrs["href"]) for attrs, text in chips.all("a")}
    reprint = "../index.html#utilization-frameworks--ai-chips"
    assert ("第2章第1節(2)②", reprint) in links
    assert ("第1章（国際競争と我が国の現状）1.", "../index.html#vision-direction") in links


def test_neighbours_and_what_stands_under_the_same_heading(chips: ParsedPage) -> None:
    links = [(attrs["rel"], attrs["href"]) for attrs, _ in chips.all("link")]
    assert ("prev", "../measures/government-ai.html") in links
    assert ("next", "../measures/unassigned.html") in links
    assert [text for attrs, text in chips.all("b") if "aria-current" in attrs] == [
        "高性能AI半導体等の研究及び開発、富岳NEXTの開発"
    ]
    startups = squeezed(ParsedPage(markup("ai-startups")).text_of_class("measures"))
    assert "②高性能AI半導体等の研究及び開発、富岳NEXTの開発（再掲）" in startups


def page_of_one_among(count: int) -> ParsedPage:
    """The page of the twentieth of so many measures, or of the last, under one heading."""
    ids = [f"many-{number}" for number in range(1, count + 1)]
    chapter = {"id": "vision", "title": "章", "measures": ids}
    many = document(chapters=[chapter], measures=[{"id": id, "text": id} for id in ids])
    return ParsedPage(files_of(many)[f"html/measures/many-{min(20, count)}.html"].decode())


def test_of_many_under_a_heading_the_nearest_are_shown() -> None:
    page = page_of_one_among(40)
    shown = page.text_of_class("measures").split()
    assert shown == [f"{label}many-{17 + n}" for n, label in enumerate("⑰⑱⑲⑳㉑㉒㉓")]
    assert "の 40 件のうち、前後の 7 件" in page.text


def test_of_a_dozen_under_a_heading_all_are_shown() -> None:
    page = page_of_one_among(12)
    shown = page.text_of_class("measures").split()
    assert (len(shown), shown[0], shown[-1]) == (12, "①many-1", "⑫many-12")
    assert "件のうち" not in page.text


def test_a_reference_leads_to_the_measure_it_names() -> None:
    text = ["次と連携：", {"ref": "ai-chips"}, {"ref": "vision-decade"}]
    measures = [MEASURES[0] | {"text": text}, *MEASURES[1:]]
    page = ParsedPage(
        files_of(document(measures=measures))["html/measures/government-ai.html"].decode()
    )
    links = {text: attrs["href"] for attrs, text in page.all("a")}
    assert links["第2章第1節(1)②"] == "../measures/ai-chips.html"
    assert links["第1章（国際競争と我が国の現状）の第2項目"] == "../index.html#vision-decade"


def test_json_ld_has_leading_and_other_ministries(chips: ParsedPage) -> None:
    [(attrs, script)] = chips.all("script")
    assert attrs == {"type": "application/ld+json"}
    data = json.loads(script)
    assert data["identifier"] == "ai-chips"
    assert (data["@id"], data["url"]) == ("../measures/ai-chips.html",) * 2
    part = {"@type": "Report", "@id": "../index.html", "name": "人工知能基本計画（案）"}
    assert data["isPartOf"] == part
    assert [agent["name"] for agent in data["about"]["agent"]] == ["文部科学省"]
    assert [one["name"] for one in data["about"]["participant"]] == ["総務省"]


def test_a_page_with_another_text_is_refused() -> None:
    item = next(item for item in document().measures() if item.measure == "ai-chips")
    page = markup("ai-chips")
    require_faithful_measure_page(page, item)
    with pytest.raises(MachineError) as refused:
        require_faithful_measure_page(page.replace("富岳NEXTの開発【", "富岳NEXＴの開発【"), item)
    assert str(refused.value) == (
        "取組「ai-chips」のページの本文が計画と違うため、中止しました（「発【総務省】、富岳NEX」の"
        "あとに「Tの開発【◎」があるはずが、「Ｔの開発【◎」がある）。"
    )
    for broken in (page.replace("<blockquote>", "<q>"), page + "<blockquote>"):
        with pytest.raises(MachineError, match="本文がちょうど一つありません"):
            require_faithful_measure_page(broken, item)


def test_a_plan_without_measures_has_no_pages_of_them() -> None:
    chapters = [CHAPTERS[0]]
    files = files_of(document(chapters=chapters, measures=[]))
    assert [path for path in files if path.startswith("html/measures/")] == [
        "html/measures/index.html"
    ]
